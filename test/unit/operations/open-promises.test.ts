import { describe, expect, it } from 'vitest';
import { saleIdOf } from '../../../functions/core/ids.ts';
import { measureOpen } from '../../../functions/core/operations/open-promises.ts';
import { PromiseRow } from '../../../functions/core/promises/row.ts';
import { at } from '../../fixtures/sales.ts';

const row = (more: Partial<PromiseRow> = {}): PromiseRow =>
  PromiseRow.parse({
    saleId: 'shop/B-204',
    promise: 'resolve-1',
    kind: 'resolve',
    because: 'unhappy',
    status: 'open',
    owner: 'nora',
    level: 0,
    strikes: 0,
    severity: 'normal',
    madeAt: at(14),
    dueAt: at(20),
    nextAt: at(20),
    amount: 0,
    ...more,
  });

describe('open promises', () => {
  it('are told by kind and level, and their sum is the total', () => {
    const rows = [row(), row(), row({ level: 1 }), row({ kind: 'call', promise: 'call-1' })];

    expect(measureOpen(rows, at(16))).toEqual([
      { values: { PromisesOpen: 2 }, details: { kind: 'resolve', level: 0 } },
      { values: { PromisesOpen: 1 }, details: { kind: 'resolve', level: 1 } },
      { values: { PromisesOpen: 1 }, details: { kind: 'call', level: 0 } },
      { values: { EscalationsUnanswered: 0 } },
    ]);
  });

  it('are told as zero when there are none', () => {
    expect(measureOpen([], at(16))).toEqual([{ values: { PromisesOpen: 0, EscalationsUnanswered: 0 } }]);
  });

  it('do not hold the promises of the synthetic sale', () => {
    const canary = row({ saleId: saleIdOf('canary', 'c1') });

    expect(measureOpen([canary], at(16))[0]?.values).toMatchObject({ PromisesOpen: 0 });
  });

  it('are unanswered when they went up and are past their time again, until staff say it is done', () => {
    const unanswered = (more: Partial<PromiseRow>) =>
      measureOpen([row({ strikes: 1, level: 1, ...more })], at(20, '10:01')).at(-1)?.values;

    expect(unanswered({})).toEqual({ EscalationsUnanswered: 1 });
    expect(unanswered({ strikes: 0 })).toEqual({ EscalationsUnanswered: 0 });
    expect(unanswered({ dueAt: at(21) })).toEqual({ EscalationsUnanswered: 0 });
    expect(unanswered({ dueAt: at(19), status: 'taken' })).toEqual({ EscalationsUnanswered: 1 });
    expect(unanswered({ status: 'proposed', proposedAt: at(19) })).toEqual({ EscalationsUnanswered: 0 });
  });

  it('are unanswered with a new time still to come, when they were broken twice and nobody took them since', () => {
    const unanswered = (more: Partial<PromiseRow>) =>
      measureOpen([row({ level: 2, dueAt: at(25), ...more })], at(20)).at(-1)?.values;

    expect(unanswered({ strikes: 2, status: 'open' })).toEqual({ EscalationsUnanswered: 1 });
    expect(unanswered({ strikes: 1, status: 'open' })).toEqual({ EscalationsUnanswered: 0 });
    expect(unanswered({ strikes: 2, status: 'taken' })).toEqual({ EscalationsUnanswered: 0 });
    expect(unanswered({ strikes: 2, status: 'offered' })).toEqual({ EscalationsUnanswered: 0 });
  });
});
