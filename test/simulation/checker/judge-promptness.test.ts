/** L5: an answer ends its wait at once, unless something was in the way. */
import { describe, expect, it } from 'vitest';
import { aRun, entry, execution, ITEMS } from './a-run.ts';
import { judge } from './judge.ts';
import type { Seen } from './seen.ts';

const ASKED = '2026-11-02T09:00:00.000Z';
const ANSWERED = '2026-11-03T09:00:00.000Z';
const reply = { type: 'replied', n: 1, at: ANSWERED, reply: { rating: 5 } };
const sales = [...ITEMS, entry('reply#1', reply)];

const history = (left: string | undefined) =>
  JSON.stringify([
    {
      type: 'TaskStateEntered',
      timestamp: Date.parse(ASKED) / 1000,
      stateEnteredEventDetails: { name: 'Ask how it is going, wait for the answer' },
    },
    { type: 'TaskScheduled', timestamp: Date.parse(ASKED) / 1000 },
    ...(left === undefined ? [] : [{ type: 'TaskStateExited', timestamp: Date.parse(left) / 1000 }]),
  ]);

const late = (left: string | undefined, troubles: Seen['troubles']) =>
  judge({
    ...aRun({ sales, executions: [execution({ history: history(left) })] }),
    isDrained: false,
    ...(troubles === undefined ? {} : { troubles }),
  })
    .filter(({ what }) => what.startsWith('answered at'))
    .map(({ law, what }) => `${law}: ${what}`);

describe('an answer', () => {
  it('that ends its wait at once, or soon, breaks no law', () => {
    expect(late(ANSWERED, [])).toEqual([]);
    expect(late('2026-11-03T09:14:00.000Z', [])).toEqual([]);
  });

  it('is found to have waited for the timeout, or to wait still', () => {
    expect(late('2026-11-05T09:00:00.000Z', [])).toEqual([
      'L5: answered at 2026-11-03T09:00:00.000Z, and "Ask how it is going, wait for the answer" (since 2026-11-02T09:00:00.000Z) waited on for 2880 minutes',
    ]);
    expect(late(undefined, [])).toHaveLength(1);
  });

  it('may be held up by what went wrong then, and by nothing that went wrong at another time', () => {
    const instant = (at: string) => ({ from: at, until: at });

    expect(late('2026-11-05T09:00:00.000Z', [instant('2026-11-03T09:10:00.000Z')])).toEqual([]);
    expect(late('2026-11-05T09:00:00.000Z', [{ from: ASKED, until: '2026-11-04T00:00:00.000Z' }])).toEqual(
      [],
    );
    expect(late('2026-11-05T09:00:00.000Z', [instant('2026-11-03T08:30:00.000Z')])).toHaveLength(1);
    expect(late('2026-11-05T09:00:00.000Z', [instant('2026-11-04T09:00:00.000Z')])).toHaveLength(1);
  });

  it('given before the state began is none that it waits for', () => {
    const early = [...ITEMS, entry('reply#1', { ...reply, at: '2026-11-01T09:00:00.000Z' })];
    const seen = aRun({ sales: early, executions: [execution({ history: history(ASKED) })] });

    expect(judge({ ...seen, troubles: [], isDrained: false }).map(({ law }) => law)).not.toContain('L5');
  });

  it('is not judged where nobody wrote down what went wrong', () => {
    expect(late('2026-11-05T09:00:00.000Z', undefined)).toEqual([]);
  });
});
