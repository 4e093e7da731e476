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

describe('a configuration', () => {
  it('is right as it is shipped', () => {
    expect(checkConfiguration(shipped).staff.length).toBeGreaterThan(0);
  });

  it('fills in what may be left out', () => {
    const checked = checkConfiguration(input);

    expect(checked.sources['shop']).toEqual({ kind: 'standard', testOrders: 'ignore' });
    expect(checked.staff[0]?.isActive).toBe(true);
  });

  it.each<[string, Partial<ConfigurationInput> | Record<string, unknown>, string]>([
    [
      'an unknown time zone',
      { shop: { ...input.shop, zone: 'Basel' } },
      'shop.zone: an IANA time zone as Europe/Zurich',
    ],
    ['a sender that is no address', { shop: { ...input.shop, mailFrom: 'hello' } }, 'shop.mailFrom: '],
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
