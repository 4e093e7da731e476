/** L8: runs in which another policy than the pinned one decides what a sale is asked, and when. */
import { describe, expect, it } from 'vitest';
import { aRun, entry, execution, ITEMS, mail, RECORD, SALE, without } from './a-run.ts';
import { judge } from './judge.ts';
import type { Item, Seen } from './seen.ts';

const JOURNEY = {
  kind: 'goods',
  checkIn: [
    { after: 'delivered', wait: { days: 4 } },
    { after: 'fulfilled', wait: { businessDays: 7 } },
    { after: 'paid', wait: { hours: 48 } },
  ],
  ...{ reminder: { days: 4 }, person: { days: 3 }, review: { days: 8 } },
  promises: [{ kind: 'visit', within: { days: 2 }, says: 'We come by.' }],
};
const ORDERED = '2026-11-02T09:00:00.000Z';
const day = (n: number): string => new Date(Date.parse(ORDERED) + n * 86_400_000).toISOString();

const record = (journey: Item): Item => ({ ...RECORD, data: { id: SALE, owner: 'mia', journey } });
const order = { placedAt: ORDERED, lines: [] };
const ordered = entry('ordered', { type: 'ordered', eventId: 'e-1', occurredAt: ORDERED, order });
const claimed = (message: string, at: string) =>
  entry(`${message}#claimed`, { type: 'claimed', message, attempt: 1, at });
const promised = (because: string, kind: string, at = ORDERED) =>
  entry(`promised#${kind}`, { type: 'promised', promise: `${kind}-1`, kind, because, at, dueAt: day(60) });

type Told = { journey?: Item; items?: readonly Item[]; mails?: Seen['mails']; change?: Partial<Seen> };

const found = ({
  journey = JOURNEY,
  items = [promised('published', 'visit')],
  mails = [],
  change = {},
}: Told) =>
  judge({
    ...aRun({
      sales: [
        record(journey),
        ordered,
        ...without(ITEMS, 'record', 'entry#ordered', 'entry#claimed'),
        ...items,
      ],
    }),
    ...{ mails, pinned: { [SALE]: JSON.stringify(journey) }, ...change },
  })
    .filter(({ law }) => law === 'L8')
    .map(({ what }) => what);

const sent = (message: string, at: string) => mail({ message, at });
const published = promised('published', 'visit');

describe('the journey that was pinned', () => {
  it('says when the check-in may leave, counted from what is known', () => {
    const handedOver = entry('fulfilled', { type: 'fulfilled', occurredAt: ORDERED });
    const paidOnly = { ...JOURNEY, checkIn: [{ after: 'paid', wait: { days: 11 } }] };

    expect(found({ mails: [sent('check-in', day(2))] })).toEqual([]);
    expect(found({ mails: [sent('check-in', day(1))] })).toEqual([
      `check-in at ${day(1)}, and its journey says not before ${day(2)}`,
    ]);
    expect(found({ journey: paidOnly, mails: [sent('check-in', day(10))] })).toHaveLength(1);
    expect(
      found({ journey: paidOnly, items: [published, handedOver], mails: [sent('check-in', day(11))] }),
    ).toEqual([]);
  });

  it('says how long after the check-in the reminder leaves', () => {
    const items = [published, claimed('check-in', day(5))];

    expect(found({ items, mails: [sent('reminder', day(9))] })).toEqual([]);
    expect(found({ items, mails: [sent('reminder', day(8))] })).toHaveLength(1);
  });

  it('says how long after the reminder a person calls', () => {
    const call = (at: string) => [published, claimed('reminder', day(9)), promised('silent', 'call', at)];

    expect(found({ items: call(day(12)) })).toEqual([]);
    expect(found({ items: call(day(11)) })).toHaveLength(1);
  });

  it('says when a review is asked for, and whether one is', () => {
    const { review: _, ...without } = JOURNEY;

    expect(found({ mails: [sent('review-ask', day(10))] })).toEqual([]);
    expect(found({ mails: [sent('review-ask', day(9))] })).toHaveLength(1);
    expect(found({ journey: without, mails: [sent('review-ask', day(30))] })).toEqual([
      'was asked for a review, and its journey wants none',
    ]);
  });

  it('says what is owed from the beginning', () => {
    expect(found({ items: [] })).toEqual(['owes "", and its journey publishes "visit"']);
    expect(found({ items: [published, promised('published', 'call')] })).toHaveLength(1);
    expect(found({ items: [published, promised('staff', 'call')] })).toEqual([]);
  });

  it('says how long an answer is waited for', () => {
    const stay = (state: string, days: number) => {
      const at = (n: number) => Date.parse(day(n)) / 1000;
      const history = JSON.stringify([
        { type: 'TaskStateEntered', timestamp: at(3), stateEnteredEventDetails: { name: state } },
        { type: 'TaskStateExited', timestamp: at(3 + days) },
      ]);
      return found({ change: { executions: [execution({ history })], now: day(60) } });
    };

    expect(stay('Ask how it is going, wait for the answer', 15)).toEqual([]);
    expect(stay('Ask how it is going, wait for the answer', 17)).toEqual([
      '"Ask how it is going" lasted 17 days, and its journey says otherwise',
    ]);
    expect(stay('Ask once more in other words, wait for the answer', 16)).toHaveLength(1);
  });
});
