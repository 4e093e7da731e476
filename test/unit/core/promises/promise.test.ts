import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../../functions/core/journal.ts';
import { foldPromises } from '../../../../functions/core/promises/fold.ts';
import { assignmentOf, isClosed, type OwedPromise } from '../../../../functions/core/promises/promise.ts';
import { at, told } from '../../../fixtures/sales.ts';

const promise = (...since: Entry[]): OwedPromise => {
  const [folded] = foldPromises([told.promised(at(10)), ...since]);
  if (folded === undefined) throw new Error('There is no promise');
  return folded;
};

describe('a promise', () => {
  it('begins open, with its owner', () => {
    expect(promise()).toMatchObject({ status: 'open', owner: 'nora', level: 0, strikes: 0, cycle: 1 });
  });

  it('is taken once per turn, with a new due time', () => {
    const taken = promise(told.taken(at(11)));

    expect(taken).toMatchObject({ status: 'taken', dueAt: at(26, '12:00') });
  });

  it('stays proposed when somebody takes it afterwards', () => {
    expect(promise(told.proposed(at(11)), told.taken(at(12))).status).toBe('proposed');
  });

  it('is open for the next owner once handed over, and they can take it', () => {
    const handed = promise(told.taken(at(11)), told.handedOver(at(12)));

    expect(handed).toMatchObject({ status: 'open', owner: 'lio', dueAt: at(25, '12:00') });
    expect(assignmentOf(handed)).toBe(2);
    expect(promise(told.taken(at(11)), told.handedOver(at(12)), told.taken(at(13), { n: 2 })).status).toBe(
      'taken',
    );
  });

  it('goes up a level with every strike', () => {
    const raised = promise(
      told.escalated(at(12)),
      told.escalated(at(13), { strike: 2, owner: 'urs', level: 2 }),
    );

    expect(raised).toMatchObject({ strikes: 2, owner: 'urs', level: 2, status: 'open' });
    expect(assignmentOf(raised)).toBe(3);
  });

  it('is only proposed when staff say it is done', () => {
    const proposed = promise(told.proposed(at(11)));

    expect(proposed).toMatchObject({ status: 'proposed', what: 'Changed the rear wheel.', proposals: 1 });
    expect(isClosed(proposed)).toBe(false);
  });

  it('is kept when the customer says so', () => {
    expect(promise(told.proposed(at(11)), told.judged(at(12), true))).toMatchObject({
      status: 'kept',
      closedAt: at(12),
    });
  });

  it('is kept when the customer says so before staff do', () => {
    expect(promise(told.judged(at(12), true)).status).toBe('kept');
  });

  it('is refused, not closed, when the customer says not yet', () => {
    const refused = promise(told.proposed(at(11)), told.judged(at(12), false));

    expect(refused).toMatchObject({ isRefused: true, status: 'proposed' });
    expect(isClosed(refused)).toBe(false);
  });

  it('forgets the refusal once it has climbed the ladder for it', () => {
    const back = promise(told.proposed(at(11)), told.judged(at(12), false), told.escalated(at(13)));

    expect(back).toMatchObject({ isRefused: false, status: 'open', owner: 'ines' });
  });

  it('is assumed after silence, which is closed and not kept', () => {
    const assumed = promise(told.proposed(at(11)), told.assumed(at(18)));

    expect(assumed.status).toBe('assumed');
    expect(isClosed(assumed)).toBe(true);
  });

  it.each<[string, Entry]>([
    ['kept', told.judged(at(12), true)],
    ['assumed', told.assumed(at(12))],
    ['waived', told.waived(at(12))],
  ])('opens again in a new cycle after it was %s', (_, closing) => {
    const again = promise(told.proposed(at(11)), closing, told.escalated(at(13)));

    expect(again).toMatchObject({ status: 'open', cycle: 2, closedAt: undefined, strikes: 1 });
  });

  it('counts every reopening', () => {
    const twice = promise(
      told.judged(at(12), true),
      told.escalated(at(13)),
      told.judged(at(14), true, { n: 2 }),
      told.escalated(at(15), { strike: 2 }),
    );

    expect(twice).toMatchObject({ cycle: 3, verdicts: 2 });
  });

  it('takes nothing from entries about a promise nobody made', () => {
    expect(foldPromises([told.taken(at(11)), told.judged(at(12), true)])).toEqual([]);
  });

  it('does not depend on the order of reading', () => {
    const life = [
      told.promised(at(10)),
      told.taken(at(11)),
      told.proposed(at(12)),
      told.judged(at(13), false),
      told.escalated(at(14)),
      told.proposed(at(15), { n: 2 }),
      told.judged(at(16), true, { n: 2 }),
    ];

    fc.assert(
      fc.property(fc.shuffledSubarray(life, { minLength: life.length }), (shuffled) => {
        expect(foldPromises(shuffled)).toEqual(foldPromises(life));
      }),
    );
  });
});
