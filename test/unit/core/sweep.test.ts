import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toInstant } from '../../../functions/core/calendar.ts';
import type { Configuration } from '../../../functions/core/configuration.ts';
import { PromiseRow } from '../../../functions/core/promises/row.ts';
import {
  dailyCounts,
  forThisRun,
  handOverOfLeaver,
  hasLeft,
  isAbandoned,
  isLate,
  isOlderThan,
  lastContact,
  needsLook,
  restsUntil,
} from '../../../functions/core/sweep.ts';
import { configuration, configurationInput, withAbsent } from '../../fixtures/configuration.ts';
import { since } from '../../fixtures/promise-entries.ts';
import { at, begun, SALE, saleOf, told } from '../../fixtures/sales.ts';

const config = configuration();
const NOW = at(17, '14:00');
const HOUR_MS = 3_600_000;

const row = (with_: Partial<PromiseRow> = {}): PromiseRow =>
  PromiseRow.parse({
    saleId: SALE,
    promise: 'call-1',
    kind: 'call',
    because: 'staff',
    status: 'open',
    owner: 'nora',
    level: 0,
    strikes: 0,
    severity: 'normal',
    madeAt: at(16),
    dueAt: at(20, '15:00'),
    nextAt: at(20, '15:00'),
    amount: 100,
    ...with_,
  });

describe('what is overdue', () => {
  it('is so when more than ten minutes have passed', () => {
    expect(isLate(at(17, '13:50'), NOW)).toBe(false);
    expect(isLate(at(17, '13:49:59.999'), NOW)).toBe(true);
  });

  it('needs a look, and nothing that lies ahead does', () => {
    expect(needsLook(config, row({ nextAt: at(17, '13:49') }), NOW)).toBe(true);
    expect(needsLook(config, row({ nextAt: at(17, '13:50') }), NOW)).toBe(false);
    expect(needsLook(config, row(), NOW)).toBe(false);
  });

  it('without a promise is given an hour', () => {
    expect(isAbandoned(row({ madeAt: at(17, '13:00') }), NOW)).toBe(false);
    expect(isAbandoned(row({ madeAt: at(17, '12:59:59.999') }), NOW)).toBe(true);
  });
});

describe('an owner', () => {
  it.each<[string, Configuration, boolean]>([
    ['works here', config, false],
    ['is marked as gone', withAbsent('nora'), true],
    ['is in the configuration no more', configuration({ staff: configurationInput().staff.slice(1) }), true],
  ])('who %s: has left %s', (_, one, expected) => {
    expect(hasLeft(one, 'nora')).toBe(expected);
  });

  it('who has left makes a promise worth a look, unless the customer has the ball', () => {
    const gone = withAbsent('nora');

    expect(needsLook(gone, row(), NOW)).toBe(true);
    expect(needsLook(gone, row({ status: 'taken' }), NOW)).toBe(true);
    expect(needsLook(gone, row({ status: 'offered' }), NOW)).toBe(false);
    expect(needsLook(gone, row({ status: 'proposed', proposedAt: at(17) }), NOW)).toBe(false);
  });

  it('who has left hands over, and the journal says that this is why', () => {
    const sale = saleOf(begun(told.promised(at(16))));
    const [promise] = sale.promises;
    if (promise === undefined) throw new Error('Nothing is owed');

    const entries = handOverOfLeaver(withAbsent('nora'), sale, promise, toInstant(Date.parse(NOW)));

    expect(entries).toMatchObject([{ type: 'handed-over', from: 'nora', to: 'lio', because: 'left' }]);
  });
});

describe('a promise that the customer is asked about', () => {
  const proposed = row({ status: 'proposed', proposedAt: at(16), nextAt: at(17) });

  it.each([
    ['before the first answer is due', at(19, '10:09'), false],
    ['in the hour after it', at(19, '10:11'), true],
    ['when that hour is over', at(19, '11:11'), false],
    ['before the second is due', at(23, '10:09'), false],
    ['after it', at(23, '10:11'), true],
    ['long after it', at(29), true],
  ])('%s is late: %s: %s', (_, now, expected) => {
    expect(needsLook(config, proposed, now)).toBe(expected);
  });
});

describe('a run', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, n) =>
      row({ promise: `call-${n + 1}`, nextAt: toInstant(Date.parse(at(1)) + n * HOUR_MS) }),
    );
  const names = (rows: readonly PromiseRow[]) => rows.map(({ promise }) => promise);

  it('takes all when they fit, the longest overdue first', () => {
    expect(names(forThisRun(many(3).toReversed(), 3, NOW))).toEqual(['call-1', 'call-2', 'call-3']);
  });

  it('takes no more than it can do, and every hour others, so that each has its turn', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 12 }),
        fc.nat(500),
        (n, most, h) => {
          const late = many(n);
          const hours = Math.ceil(n / most) * most + n;
          const seen = new Set<string>();
          for (let hour = h; hour < h + hours; hour += 1) {
            const taken = forThisRun(late, most, toInstant(Date.parse(NOW) + hour * HOUR_MS));
            expect(taken.length).toBe(Math.min(n, most));
            expect(new Set(names(taken)).size).toBe(taken.length);
            for (const name of names(taken)) seen.add(name);
          }
          expect(seen.size).toBe(n);
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('how long the sweeper may rest', () => {
  it('is for ever when nothing is owed', () => {
    expect(restsUntil(config, [], NOW)).toBeUndefined();
  });

  it('is until the next day of work begins, over the weekend as well', () => {
    expect(restsUntil(config, [row({ nextAt: at(27) })], NOW)).toBe(at(18, '08:00'));
    expect(restsUntil(config, [row({ nextAt: at(27) })], at(20, '18:00'))).toBe(at(23, '08:00'));
  });

  it('is until the first of them is late', () => {
    const rows = [row({ nextAt: at(17, '16:00') }), row({ nextAt: at(17, '15:00') })];

    expect(restsUntil(config, rows, NOW)).toBe(at(17, '15:10'));
  });

  it('is not at all when one is late already', () => {
    expect(restsUntil(config, [row({ nextAt: at(17, '09:00') })], NOW)).toBe(NOW);
  });

  const instants = fc.integer({ min: Date.parse(at(10)), max: Date.parse(at(29)) }).map(toInstant);
  const anyRow = fc
    .record({ nextAt: instants, isProposed: fc.boolean(), proposedAt: instants })
    .map(({ nextAt, isProposed, proposedAt }) =>
      row({ nextAt, ...(isProposed ? { status: 'proposed' as const, proposedAt } : {}) }),
    );

  it('is never so long that something needs a look meanwhile that needed none before', () => {
    fc.assert(
      fc.property(
        fc.array(anyRow, { minLength: 1, maxLength: 6 }),
        instants,
        fc.nat(1000),
        (rows, now, part) => {
          const until = restsUntil(config, rows, now) ?? now;
          const [from, to] = [Date.parse(now), Date.parse(until)];
          expect(to).toBeGreaterThanOrEqual(from);
          const between = toInstant(from + Math.floor(((to - from) * part) / 1001));
          for (const one of rows)
            if (!needsLook(config, one, now)) expect(needsLook(config, one, between)).toBe(false);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('how old a promise is', () => {
  it('counts whole days from the last time a person did something about it', () => {
    expect(isOlderThan(at(3), 14, at(17))).toBe(true);
    expect(isOlderThan(at(3, '10:00:00.001'), 14, at(17))).toBe(false);
  });

  it('is what the daily check counts: open, without a next action, silent for two weeks and for a month', () => {
    const rows = [row(), row({ promise: 'call-2' }), row({ promise: 'call-3', nextAt: at(17, '13:30') })];
    const contacts = [at(3), at(3, '14:00:00.001'), '2026-10-18T14:00:00.000Z', '2026-10-18T14:00:01.000Z'];

    expect(dailyCounts(config, rows, contacts, NOW)).toEqual({
      open: 3,
      withoutNextAction: 1,
      silentFor14Days: 3,
      silentFor30Days: 1,
    });
    expect(dailyCounts(config, rows.slice(0, 2), [], NOW).withoutNextAction).toBe(0);
    expect(dailyCounts(config, [], [], NOW)).toEqual({
      open: 0,
      withoutNextAction: 0,
      silentFor14Days: 0,
      silentFor30Days: 0,
    });
  });

  it.each([
    ['took it', told.taken(at(18)), at(18)],
    ['moved it', since.moved(at(18)), at(18)],
    ['said it is done', told.proposed(at(18)), at(18)],
    ['did nothing but let it climb', told.escalated(at(18)), at(16)],
    ['only heard the customer', since.wished(at(18)), at(16)],
  ])('when somebody %s', (_, entry, expected) => {
    const sale = saleOf(begun(told.promised(at(16)), entry));
    const [promise] = sale.promises;
    if (promise === undefined) throw new Error('Nothing is owed');

    expect(lastContact(sale, promise)).toBe(expected);
  });
});
