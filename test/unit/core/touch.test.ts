import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toEpochMs, toInstant } from '../../../functions/core/calendar.ts';
import type { Entry } from '../../../functions/core/journal.ts';
import { decideSend } from '../../../functions/core/touch.ts';
import { at, told } from '../../fixtures/sales.ts';

const NOW = at(9, '10:00');
const decide = (entries: Entry[], retry = 0) => decideSend(entries, 'check-in', NOW, retry);

describe('whether a mail goes out', () => {
  it('says yes the first time', () => {
    expect(decide([])).toEqual({ kind: 'send', attempt: 1 });
  });

  it('looks at this message only', () => {
    expect(decide([told.claimed('reminder', NOW), told.sent('reminder', NOW)])).toMatchObject({
      kind: 'send',
    });
  });

  it('says no once it was sent', () => {
    expect(decide([told.claimed('check-in', NOW), told.sent('check-in', NOW)]).kind).toBe('already-sent');
  });

  it('tries again after the service took nothing', () => {
    expect(decide([told.claimed('check-in', NOW), told.refused('check-in', NOW)])).toEqual({
      kind: 'send',
      attempt: 2,
    });
  });

  it('waits while another run may be sending', () => {
    expect(decide([told.claimed('check-in', at(9, '09:59:30.000'))]).kind).toBe('in-flight');
  });

  it.each([
    ['the run must be dead by now', at(9, '09:59'), 0],
    ['the state was tried again, so the run has ended', at(9, '09:59:59.000'), 1],
  ])('cannot tell any more when %s', (_, claimedAt, retry) => {
    expect(decide([told.claimed('check-in', claimedAt)], retry)).toEqual({
      kind: 'unclear',
      attempt: 1,
      isNews: true,
    });
  });

  it('stays unclear for ever once it was', () => {
    const entries = [told.claimed('check-in', at(8)), told.unclear('check-in', at(8))];

    expect(decide(entries, 3)).toEqual({ kind: 'unclear', attempt: 1, isNews: false });
  });

  it('keeps to what was decided before', () => {
    expect(decide([told.skipped('check-in', at(8), 'the order was refunded')])).toEqual({
      kind: 'skipped',
      reason: 'the order was refunded',
    });
  });
});

/** What the service does with one mail, or when the process dies. */
const FATES = ['sent', 'refused', 'unclear', 'dies before', 'dies after'] as const;
type Fate = (typeof FATES)[number];
type Run = { fate: Fate; gap: number; retry: number };

const runs: fc.Arbitrary<Run[]> = fc.array(
  fc.record({
    fate: fc.constantFrom(...FATES),
    gap: fc.constantFrom(0, 1_000, 59_000, 61_000, 3_600_000),
    retry: fc.integer({ min: 0, max: 2 }),
  }),
  { minLength: 1, maxLength: 12 },
);

/** Plays runs of a handler one after the other: claim, send, record, with the process dying anywhere in between. */
const play = (story: Run[]) => {
  const journal: Entry[] = [];
  const left: number[] = [];
  let hasBeenUnclear = false;
  let now = toEpochMs(NOW);
  for (const { fate, gap, retry } of story) {
    now += gap;
    const moment = toInstant(now);
    const decision = decideSend(journal, 'check-in', moment, retry);
    if (decision.kind === 'unclear') {
      hasBeenUnclear = true;
      if (decision.isNews) journal.push(told.unclear('check-in', moment, decision.attempt));
    }
    if (decision.kind !== 'send') continue;
    const { attempt } = decision;
    journal.push(told.claimed('check-in', moment, attempt));
    if (hasBeenUnclear) throw new Error('sent again after it was unclear');
    if (fate === 'sent' || fate === 'dies after' || fate === 'unclear') left.push(attempt);
    if (fate === 'sent' || fate === 'refused') journal.push(told[fate]('check-in', moment, attempt));
    if (fate === 'unclear') journal.push(told.unclear('check-in', moment, attempt));
    hasBeenUnclear ||= fate === 'unclear';
  }
  return { journal, left };
};

describe('whatever crashes', () => {
  it('a mail leaves at most once, and never after it may have left', () => {
    fc.assert(
      fc.property(runs, (story) => {
        expect(play(story).left.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 2_000 },
    );
  });

  it('every claim is a new attempt', () => {
    fc.assert(
      fc.property(runs, (story) => {
        const attempts = play(story).journal.flatMap((entry) =>
          entry.type === 'claimed' ? [entry.attempt] : [],
        );

        expect(new Set(attempts).size).toBe(attempts.length);
      }),
    );
  });

  it('a mail that was only refused so far can still be sent', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 8 }), (refusals) => {
        const story = Array.from(
          { length: refusals },
          (): Run => ({ fate: 'refused', gap: 1_000, retry: 1 }),
        );

        expect(play([...story, { fate: 'sent', gap: 1_000, retry: 1 }]).left).toEqual([refusals + 1]);
      }),
    );
  });
});
