/** What is kept, where, and that it stays: each law is broken once by hand, and found. */
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
  SALE,
  without,
} from './a-run.ts';
import { judge } from './judge.ts';
import type { Act, Item, Seen } from './seen.ts';

const laws = (seen: Seen) => judge(seen).map(({ law, what }) => `${law}: ${what}`);
const moment = { at: '2026-11-02T09:00:00.000Z', seq: 20 };

describe('L4 and I9: what must not stand anywhere', () => {
  const needles = [{ text: 'Anna "Nadel"', sale: SALE }];

  it('finds a name in a log, in an input and in a history', () => {
    const text = JSON.stringify({ name: 'Anna "Nadel"' });

    expect(laws(aRun({ needles, logs: [text] }))).toEqual(['I9: personal: "Anna "Nadel"" stands in the log']);
    expect(laws(aRun({ needles, executions: [execution({ history: text })] }))).toEqual([
      'I9: personal: "Anna "Nadel"" stands in the history of s-1',
    ]);
    expect(
      laws(
        aRun({
          needles,
          executions: [execution({ input: JSON.stringify({ saleId: SALE, of: 'Anna "Nadel"' }) })],
        }),
      ),
    ).toEqual(['I9: personal: "Anna "Nadel"" stands in the input of s-1']);
  });

  it('finds who was forgotten in a table, on a page and in a later mail', () => {
    const forgotten = [{ text: 'Anna', sale: SALE, forgotten: moment }];
    const row = { sale: 'name#an', item: 'anna', words: ['Anna'] };
    const pages = [{ sale: SALE, of: 'desk', status: 200, text: 'Dear Anna' } as const];

    expect(laws(aRun({ needles: forgotten, sales: [...ITEMS, row] }))).toEqual([
      'I9: forgotten: "Anna" stands in the table of sales',
    ]);
    expect(laws(aRun({ needles: forgotten, pages }))).toEqual([
      'I9: forgotten: "Anna" stands in the desk of standard/1001',
    ]);
    expect(laws(aRun({ needles: forgotten, mails: [mail({ raw: 'Dear Anna' })] }))).toEqual([
      'I9: forgotten: "Anna" left in check-in',
    ]);
    expect(judge(aRun({ needles: forgotten, mails: [mail({ raw: 'Dear Anna', decided: 19 })] }))).toEqual([]);
  });

  it('finds a task token in a mail, on a page, in a log and in an input', () => {
    const says = ['L4: the task token of FollowUp stands in the log'];

    expect(laws(aRun({ logs: ['token-of-follow-up'] }))).toEqual(says);
    expect(laws(aRun({ mails: [mail({ raw: 'token-of-follow-up' })] }))).toEqual([
      'L4: the task token of FollowUp stands in the mail check-in',
    ]);
  });

  it('finds a link that a table keeps as it stands', () => {
    const token = 'abcdefghijklmnopqrstuvwxyz234567';
    const mails = [mail({ raw: `https://shop.example/r/${token}` })];

    expect(judge(aRun({ mails }))).toEqual([]);
    expect(laws(aRun({ mails, links: [{ digest: token }] }))).toEqual([
      'L4: the link of check-in is stored or logged as it stands',
    ]);
  });

  it('finds a page that writes when it is only looked at', () => {
    expect(laws(aRun({ looks: [{ ...moment, sale: SALE, status: 200, writes: 1 }] }))).toEqual([
      'L4: opening a page wrote 1 items',
    ]);
  });
});

describe('I10: lists and counts', () => {
  const differing = (row: Item) =>
    laws(owedRun({ sales: [...without(OWED, 'listed#call-1'), listed('call-1', row)] }));

  it('finds an open promise on no list, and a closed one on a list', () => {
    expect(laws(owedRun({ sales: without(OWED, 'listed#call-1') }))).toEqual([
      'I6: call-1 is open, and its wait at owner is on no index',
      'I10: call-1 is open and on no list',
    ]);
    expect(laws(owedRun({ sales: without(OWED, 'entry#promised'), isDrained: true })).join()).toContain(
      'I10: call-1 is on a list and not open',
    );
  });

  it('finds a row that says something else than the journal', () => {
    const row = { owner: 'mia', level: 0, dueAt: DUE, status: 'open' };

    expect(differing(row)).toEqual([]);
    expect(differing({ ...row, level: 2 })).toEqual(["I10: the desk's row: level 2 instead of 0"]);
    expect(differing({ ...row, status: 'taken' })).toEqual([
      "I10: the desk's row: status taken instead of open",
    ]);
    expect(differing({ ...row, owner: 'noor' })).toEqual([
      "I10: the desk's row: owner noor instead of mia",
      "I10: the desk's row: on the list of noor",
    ]);
  });

  it('finds a sale that counts as something else than it is', () => {
    const counted = { sale: SALE, item: 'counted', data: JSON.stringify({ outcome: 'delighted' }) };

    expect(laws(aRun({ sales: [...ITEMS, counted] }))).toEqual([
      'I10: counts as delighted, and its journal says nothing',
    ]);
  });

  it('finds answers whose numbers have a gap', () => {
    const second = entry('r', { type: 'replied', n: 2, reply: { rating: 3, call: false } });
    const counted = { sale: SALE, item: 'counted', data: JSON.stringify({ outcome: 'content' }) };

    expect(laws(aRun({ sales: [...ITEMS, second, counted] }))).toContain('I10: its answers are numbered 2');
  });
});

describe('I11: waits and executions', () => {
  it('finds a wait on the index that nobody waits in', () => {
    expect(laws(aRun({ executions: [execution({ tokens: ['another'] })] }))).toEqual([
      'I6: round 1 is open, and nothing runs that waits at ask',
      'I11: the wait of FollowUp at ask is on the index, and nobody waits there',
      'I11: s-1 waits with 1 tokens that no table knows',
    ]);
  });

  it('finds two executions for the same thing', () => {
    const [first, call] = OWED_EXECUTIONS;
    const again = call === undefined ? [] : [{ ...call, name: 'p-2' }];

    expect(laws(owedRun({ executions: [...OWED_EXECUTIONS, ...again] }))).toEqual([
      'L1: p-2 and p-1 both run for call-1',
    ]);
    expect(first?.name).toBe('s-1');
  });
});

describe('I12: what was acknowledged stays', () => {
  const done = (what: 'stop' | 'resume' | 'erase' | 'kept' | 'not-yet' | 'done') => {
    const promise = what === 'kept' || what === 'not-yet' || what === 'done' ? { promise: 'call-1' } : {};
    const seen = owedRun({ acts: [act({ what, seq: 80, doneAt: { ...moment, seq: 81 }, ...promise })] });
    return laws(seen);
  };

  it.each([
    ['stop', 'their stop'],
    ['erase', 'that they are to be forgotten'],
    ['kept', 'what they say of call-1'],
    ['not-yet', 'what they say of call-1'],
    ['done', 'that call-1 is done'],
  ] as const)('finds a lost "%s"', (what, lost) => {
    expect(done(what)).toEqual([
      `I12: customer by form at 2026-11-02T09:00:00.000Z: the journal lost ${lost}`,
    ]);
  });

  it('finds a stop that was taken back, and not in the journal', () => {
    const stopped = entry('stopped', { type: 'stopped', method: 'page' });
    const pressed = act({ what: 'stop', seq: 78, doneAt: { ...moment, seq: 79 } });
    const back = act({ what: 'resume', seq: 80, doneAt: { ...moment, seq: 81 } });

    expect(laws(aRun({ sales: [...ITEMS, stopped], acts: [pressed, back] })).join()).toContain(
      'that they take their stop back',
    );
  });

  it('finds a stop that came back after it was taken back, unless they stopped once more', () => {
    const at = (hour: number) => `2026-11-03T0${hour}:00:00.000Z`;
    const stopped = (hour: number) => entry(`stopped#${hour}`, { type: 'stopped', at: at(hour) });
    const resumed = entry('resumed', { type: 'resumed', at: at(2) });
    const pressed = act({ what: 'stop', seq: 78, doneAt: { ...moment, seq: 79 } });
    const back = act({ what: 'resume', seq: 80, doneAt: { ...moment, seq: 81 } });
    const again = act({ what: 'stop', seq: 82, doneAt: { ...moment, seq: 83 } });
    const lost = (hours: readonly number[], acts: readonly Act[]) =>
      laws(aRun({ sales: [...ITEMS, resumed, ...hours.map(stopped)], acts }))
        .join()
        .includes('that they take their stop back');

    expect(lost([1], [pressed, back])).toBe(false);
    expect(lost([1, 3], [pressed, back])).toBe(true);
    expect(lost([1, 3], [pressed, back, again])).toBe(false);
  });

  it('finds somebody who is to be forgotten and is still there', () => {
    const erased = entry('erased', { type: 'erased' });

    expect(laws(aRun({ sales: [...ITEMS, erased] }))).toContain(
      'I12: is to be forgotten, and who it was is still there',
    );
  });
});
