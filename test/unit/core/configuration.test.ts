import { describe, expect, it } from 'vitest';
import shipped from '../../../aftercare.config.ts';
import {
  type ConfigurationInput,
  ConfigurationMistake,
  checkConfiguration,
} from '../../../functions/core/configuration.ts';
import { configurationInput } from '../../fixtures/configuration.ts';

const input = configurationInput();
const goods = input.journeys['goods'];
const [nora, ...others] = input.staff;

const mistakesOf = (config: unknown): string => {
  try {
    checkConfiguration(config);
  } catch (error) {
    if (error instanceof ConfigurationMistake) return error.message;
    throw error;
  }
  return 'no mistake';
};

describe('the sample shop', () => {
  const sample = checkConfiguration(shipped);

  it('closes on the holidays of Zurich, for staff and customers', () => {
    expect(sample.hours.holidays.staff).toContain('2031-04-11');
    expect(sample.hours.holidays.customers).toEqual(sample.hours.holidays.staff);
  });

  it('publishes a call within a week of a class and the time of a visit within two working days', () => {
    expect(sample.journeys['class']?.promises).toMatchObject([{ kind: 'call', within: { days: 7 } }]);
    expect(sample.journeys['service']?.promises).toMatchObject([
      { kind: 'visit', within: { businessDays: 2 } },
    ]);
  });
});

describe('a configuration', () => {
  it('is right as it is shipped', () => {
    expect(checkConfiguration(shipped).staff.length).toBeGreaterThan(0);
  });

  it('fills in what may be left out', () => {
    const checked = checkConfiguration(input);

    expect(checked.sources['shop']).toEqual({ kind: 'standard', testOrders: 'ignore' });
    expect(checked.staff[0]).toMatchObject({ isActive: true, away: [] });
    expect(checked.hours.holidays).toEqual({ staff: [], customers: [] });
    expect(checked.promises.answer).toEqual({ answerHours: 8, keepHours: 16, urgentHours: 1 });
    expect(checked.promises.visit).toEqual({
      answerHours: 8,
      keepHours: 16,
      urgentHours: 1,
      graceMinutes: 15,
    });
    expect(checked.promises.call.urgentHours).toBe(1);
    expect(checked.desk).toEqual({ callsPerDay: 12, digestAfter: 5 });
    expect(checked.journeys['goods']?.promises).toEqual([]);
  });

  it.each<[string, Partial<ConfigurationInput> | Record<string, unknown>, string]>([
    [
      'an unknown time zone',
      { shop: { ...input.shop, zone: 'Basel' } },
      'shop.zone: an IANA time zone as Europe/Zurich',
    ],
    ['a sender that is no address', { shop: { ...input.shop, mailFrom: 'hello' } }, 'shop.mailFrom: '],
    [
      'a holiday that is no day',
      { hours: { ...input.hours, holidays: { staff: ['24.12.2031'] } } },
      'hours.holidays.staff[0]: ',
    ],
    [
      'an absence that ends before it begins',
      { staff: [{ ...nora, away: [{ from: '2031-07-25', to: '2031-07-14' }] }, ...others] },
      'staff[0].away[0]: the last day must not be before the first',
    ],
    [
      'a backup nobody knows',
      { staff: [{ ...nora, backup: 'otto' }, ...others] },
      'staff[0].backup: expected the id of another member: ',
    ],
    [
      'urgent hours of a week',
      { promises: { ...input.promises, call: { answerHours: 8, keepHours: 16, urgentHours: 168 } } },
      'promises.call.urgentHours: ',
    ],
    [
      'grace for a call',
      { promises: { ...input.promises, call: { answerHours: 8, keepHours: 16, graceMinutes: 15 } } },
      'promises.call: Unrecognized key: "graceMinutes"',
    ],
    [
      'a published promise without its sentence',
      {
        journeys: {
          ...input.journeys,
          goods: { ...goods, promises: [{ kind: 'call', within: { days: 7 } }] },
        },
      },
      'journeys.goods.promises[0].says: ',
    ],
    [
      'a published promise to put something right',
      {
        journeys: {
          ...input.journeys,
          goods: { ...goods, promises: [{ kind: 'resolve', within: { days: 7 }, says: 'All is well.' }] },
        },
      },
      'journeys.goods.promises[0].kind: ',
    ],
    ['nobody to ring', { desk: { callsPerDay: 0 } }, 'desk.callsPerDay: '],
    ['a blank name', { shop: { ...input.shop, name: '  ' } }, 'shop.name: '],
    ['a source nobody knows', { sources: { shop: { kind: 'ebay' } } }, 'sources.shop.kind: '],
    ['a source name in capitals', { sources: { Shop: { kind: 'standard' } } }, 'sources.Shop: '],
    ['no staff', { staff: [] }, 'staff: '],
    [
      'nobody active',
      { staff: [{ ...nora, isActive: false }] },
      'staff: expected at least one active member: promises need an owner',
    ],
    [
      'an id used twice',
      { staff: [nora, nora, ...others] },
      'staff[1].id: "nora" is used twice; every member needs an own id',
    ],
    ['a level above the head', { staff: [{ ...nora, level: 3 }] }, 'staff[0].level: '],
    [
      'closing before opening',
      { hours: { ...input.hours, staff: { mon: [['17:00', '09:00']] } } },
      'hours.staff.mon[0]: the end of opening hours must be after their start',
    ],
    [
      'no opening hours',
      { hours: { ...input.hours, customers: {} } },
      'hours.customers: at least one weekday must have opening hours',
    ],
    [
      'a journey nobody described',
      { choose: [{ when: { tag: 'x' }, journey: 'hire' }] },
      'choose[0].journey: expected one of: goods, class',
    ],
    [
      'a journey named like a part of every object',
      { choose: [{ when: { tag: 'x' }, journey: 'constructor' }] },
      'choose[0].journey: expected one of: goods, class',
    ],
    [
      'an `otherwise` nobody described',
      { otherwise: 'toString' },
      'otherwise: expected one of: goods, class',
    ],
    [
      'a choice without a condition',
      { choose: [{ when: {}, journey: 'goods' }] },
      'choose[0].when: at least one condition',
    ],
    [
      'a journey that needs the shop to tell about delivery',
      { journeys: { goods: { ...goods, checkIn: [{ after: 'delivered', wait: { days: 4 } }] } } },
      'journeys.goods.checkIn: expected a last step `after: "paid"`',
    ],
    [
      'a journey longer than a workflow may run',
      { journeys: { goods: { ...goods, reminder: { days: 140 } } }, choose: [] },
      'journeys.goods: expected check-in, reminder and person to take at most 150 days together',
    ],
    [
      'business days that stretch over a year',
      {
        journeys: { goods: { ...goods, person: { businessDays: 120 } } },
        choose: [],
      },
      'journeys.goods: expected check-in, reminder and person',
    ],
    [
      'promises without hours',
      { promises: { ...input.promises, call: { answerHours: 0 } } },
      'promises.call.',
    ],
    ['a field nobody knows', { colour: 'red' }, '(the whole file): '],
  ])('names %s with its place and what was expected', (_, wrong, line) => {
    expect(mistakesOf({ ...input, ...wrong })).toContain(`\n  ${line}`);
  });

  it('lists every mistake at once, one a line', () => {
    const wrong = { ...input, otherwise: 'hire', staff: [{ ...nora, email: 'x' }] };

    const lines = mistakesOf(wrong)
      .split('\n')
      .filter((line) => line.startsWith('  '));

    expect(lines).toHaveLength(2);
  });
});
