/** What people say and what is owed to them: each law is broken once by hand, and found. */
import { describe, expect, it } from 'vitest';
import {
  act,
  aRun,
  DUE,
  entry,
  execution,
  ITEMS,
  listed,
  mail,
  OWED,
  OWED_EXECUTIONS,
  owedRun,
  promised,
  SALE,
  wait,
  without,
} from './a-run.ts';
import { judge } from './judge.ts';
import type { Item, Seen } from './seen.ts';

const laws = (seen: Seen) => judge(seen).map(({ law, what }) => `${law}: ${what}`);

const REPLIED = entry('replied', {
  ...{ type: 'replied', n: 1, reply: { rating: 5, call: false }, private: { words: 'Lovely chair' } },
});
const counted = (outcome: string): Item => ({
  ...{ sale: SALE, item: 'counted', data: JSON.stringify({ outcome }) },
});
/** Answered, and the round is over. */
const ANSWERED = [
  ...without(ITEMS, 'wait#FollowUp'),
  REPLIED,
  entry('ended', { type: 'ended', round: 1 }),
  counted('delighted'),
];
const answered = (change: Parameters<typeof aRun>[0] = {}) =>
  aRun({
    sales: ANSWERED,
    executions: [execution({ status: 'SUCCEEDED', tokens: [] })],
    acts: [act({ words: 'Lovely chair' })],
    ...change,
  });

describe('L5 and I5: answers', () => {
  it('is content with an answer that is kept, counted and shown', () => {
    const pages = [{ sale: SALE, of: 'desk', status: 200, text: 'She says: Lovely chair' } as const];

    expect(judge(answered({ pages }))).toEqual([]);
  });

  it('finds an answer that is nowhere', () => {
    const seen = answered({ acts: [act({ words: 'Lovely chair' }), act({ words: 'And one thing more' })] });

    expect(laws(seen)).toEqual(['I5: what they said by form at 2026-11-02T09:00:00.000Z is nowhere']);
  });

  it('does not look for an answer that was refused, and finds one that came by mail only once it was dealt with', () => {
    const words = 'And one thing more';

    expect(judge(answered({ acts: [act({ words, status: 503 })] }))).toEqual([]);
    expect(judge(answered({ acts: [act({ words, via: 'mail', status: 250, doneAt: undefined })] }))).toEqual(
      [],
    );
    expect(laws(answered({ acts: [act({ words, via: 'mail', status: 250 })] })).join()).toContain('by mail');
  });

  it('finds an answer that counts twice', () => {
    const again = entry('replied2', {
      ...{ type: 'replied', n: 2, reply: { rating: 5, call: false }, private: { words: 'Lovely chair' } },
    });

    expect(laws(answered({ sales: [...ANSWERED, again] }))).toEqual(['I5: one answer is kept 2 times']);
  });

  it('finds a workflow that still waits for the answer', () => {
    const sales = [...ITEMS, REPLIED, counted('delighted')];

    expect(laws(aRun({ sales }))).toEqual(['I5: has answered, and its workflow waits at ask']);
  });

  it('finds an answer that the desk does not show', () => {
    const pages = [{ sale: SALE, of: 'desk', status: 200, text: 'Nothing yet' } as const];

    expect(laws(answered({ pages }))).toEqual([
      'I5: the desk does not show what they said at 2026-11-02T09:00:00.000Z',
    ]);
  });

  it('finds a customer who was told that the link leads nowhere', () => {
    expect(laws(answered({ acts: [act({ status: 404 })] }))).toEqual(['L5: reply was answered 404']);
  });
});

describe('L6 and I6: what happens next', () => {
  it('finds a sale whose follow-up never began', () => {
    const sales = without(ITEMS, 'entry#started', 'wait#FollowUp');

    expect(laws(aRun({ sales, executions: [] }))).toEqual(['L6: its follow-up never began']);
  });

  it('finds an open round that nobody waits for', () => {
    expect(laws(aRun({ sales: without(ITEMS, 'wait#FollowUp'), executions: [] }))).toEqual([
      'I6: round 1 is open, and nobody waits for it',
    ]);
  });

  it('finds a wait that was over a minute ago, and lets one that was over a moment ago be', () => {
    expect(laws(aRun({ now: '2026-12-01T09:01:01.000Z' }))).toEqual([
      'I6: round 1 is open, and it waits at ask since 2026-12-01T09:00:00.000Z',
    ]);
    expect(judge(aRun({ now: '2026-12-01T09:00:30.000Z' }))).toEqual([]);
  });

  it('finds an open promise without owner, and one without workflow', () => {
    const ownerless = [
      ...without(OWED, 'entry#promised', 'listed#call-1'),
      promised({ owner: '' }),
      listed('call-1', { owner: '', level: 0, dueAt: DUE, status: 'open' }),
    ];

    expect(laws(owedRun({ sales: ownerless }))).toEqual(['L6: call-1 has no owner']);
    expect(laws(owedRun({ executions: [execution()] }))).toContain(
      'I6: call-1 is open, and nothing runs that waits at owner',
    );
  });

  it('finds an execution that has failed', () => {
    const executions = [...OWED_EXECUTIONS, execution({ name: 's-2', status: 'FAILED', tokens: [] })];

    expect(laws(owedRun({ executions }))).toEqual(['I6: s-2 is FAILED']);
  });
});

describe('L7, I7 and I8: promises', () => {
  const up = (change: Item = {}) =>
    entry('escalated', {
      ...{ type: 'escalated', promise: 'call-1', strike: 1, owner: 'noor', level: 1, because: 'overdue' },
      ...{ at: '2026-11-20T09:00:00.000Z', dueAt: '2026-11-25T09:00:00.000Z' },
      ...change,
    });
  const raised = (change: Item) => owedRun({ sales: [...OWED, up(change)], isDrained: false });

  it('is content with a promise that waits for its time', () => {
    expect(judge(owedRun())).toEqual([]);
  });

  it('finds a promise that was due and did not go up', () => {
    const sales = [
      ...without(OWED, 'wait#call-1'),
      wait('call-1', 'token-of-call', '2026-12-24T09:00:00.000Z', 'owner'),
    ];

    expect(laws(owedRun({ sales, now: '2026-11-20T10:00:00.000Z' }))).toEqual([
      `I7: call-1 was due at ${DUE} and did not go up`,
    ]);
  });

  it('finds a promise that went up before it was due', () => {
    expect(judge(raised({}))).toEqual([]);
    expect(laws(raised({ at: '2026-11-19T09:00:00.000Z' }))).toEqual([
      'I8: call-1 went up at 2026-11-19T09:00:00.000Z, before it was due',
    ]);
  });

  it('allows for what a slow run had read only where something went wrong', () => {
    const moved = entry('moved', {
      ...{ type: 'moved', promise: 'call-1' },
      ...{ at: '2026-11-20T08:59:50.000Z', dueAt: '2026-11-24T09:00:00.000Z' },
    });
    const found = (troubles: Seen['troubles'] = []) =>
      laws({ ...owedRun({ sales: [...OWED, moved, up()], isDrained: false }), troubles });
    const trouble = (at: string) => [{ from: at, until: at }];
    const early = ['I8: call-1 went up at 2026-11-20T09:00:00.000Z, before it was due'];

    expect(found()).toEqual(early);
    expect(found(trouble('2026-11-20T08:59:55.000Z'))).toEqual([]);
    expect(found(trouble('2026-11-20T08:50:00.000Z'))).toEqual(early);
  });

  it('finds a promise that went up for a "not yet" that nobody said', () => {
    expect(laws(raised({ because: 'not-yet' }))).toEqual([
      'I8: call-1 went up 1 times for 0 times "not yet"',
    ]);
  });

  it('finds a "not yet" that came to nothing', () => {
    const no = entry('judged', { type: 'judged', promise: 'call-1', n: 1, isKept: false });

    expect(laws(owedRun({ sales: [...OWED, no] }))).toEqual([
      'I7: call-1: the customer said "not yet", and it did not go up',
    ]);
  });

  it('finds a promise that somebody else than the customer closed', () => {
    const closed = (type: string, more: Item = {}) =>
      laws(
        owedRun({
          sales: [...OWED, entry(type, { type, promise: 'call-1', n: 1, ...more })],
          isDrained: false,
        }),
      );

    expect(closed('assumed')).toEqual(['L7: call-1 is assumed kept, and nobody said that it is']);
    expect(closed('waived')).toEqual(['L7: call-1 is called pointless by an answer that is not there']);
    expect(closed('withdrawn', { because: 'order-ended' })).toEqual([
      'L7: call-1 was taken back with an order that goes on',
    ]);
    expect(closed('withdrawn', { because: 'erased' })).toEqual([
      'L7: call-1 was taken back for somebody who is not forgotten',
    ]);
  });

  it('finds a silence that was never asked anything', () => {
    const sales = [
      ...OWED,
      entry('proposed', { type: 'proposed', promise: 'call-1', n: 1 }),
      entry('assumed', { type: 'assumed', promise: 'call-1', n: 1 }),
    ];
    const asked = entry('asked', { type: 'sent', message: 'call-1/was-it#1', attempt: 1 });
    const claim = entry('claim', { type: 'claimed', message: 'call-1/was-it#1', attempt: 1 });
    const mails = [mail(), mail({ message: 'call-1/was-it#1' })];

    expect(laws(owedRun({ sales, isDrained: false }))).toEqual([
      'L7: call-1 is assumed kept, and the customer was not asked',
    ]);
    expect(judge(owedRun({ sales: [...sales, asked, claim], mails, isDrained: false }))).toEqual([]);
  });
});
