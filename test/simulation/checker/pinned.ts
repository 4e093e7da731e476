/**
 * L8: what a sale is asked, and when, is what the journey says that it was opened with, whatever has been deployed since. Only
 * bounds, read anew from the journey: nothing sooner than its days, and no wait much longer.
 */
import {
  entriesOf,
  isErased,
  itemIn,
  type Journaled,
  type Kept,
  type KeptSale,
  listIn,
  numberIn,
  saleOf,
  textIn,
} from './items.ts';
import type { Finding, Item, Seen } from './seen.ts';
import { isFollowUpOf, staysIn } from './stays.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** An hour that a clock change takes, and clocks that are behind. */
const SOONER_MS = 1.5 * HOUR_MS;
/** Nights, weekends, holidays, other mails to the same person, and what was off meanwhile. */
const LATER_MS = 12 * DAY_MS;

const itemOf = (value: unknown): Item => (typeof value === 'object' && value !== null ? { ...value } : {});

/** Business days are days at least. */
const lengthOf = (delay: Item | undefined): number =>
  numberIn(delay, 'hours') * HOUR_MS + (numberIn(delay, 'days') + numberIn(delay, 'businessDays')) * DAY_MS;

/** Everything the clock may ever have been started from, as far as the journal knows. */
const anchorsOf = (sale: KeptSale): Readonly<Record<string, readonly string[]>> => {
  const said = (type: string, read: (says: Item) => string) =>
    entriesOf(sale, type).map(({ says }) => read(says));
  const orders = said('ordered', (says) => {
    const order = itemIn(says, 'order');
    return textIn(order, 'paidAt') || textIn(order, 'placedAt');
  });
  /* A visit that is made delivers as well. */
  const visits = sale.journal
    .filter(({ says }) => textIn(says, 'promise').startsWith('visit-'))
    .map(({ at }) => at);
  return {
    delivered: [...said('delivered', (says) => textIn(says, 'occurredAt')), ...visits],
    fulfilled: [
      ...said('fulfilled', (says) => textIn(says, 'expectedAt') || textIn(says, 'occurredAt')),
      ...visits,
    ],
    paid: orders,
  };
};

/** Not before this has the product been used, by any of the ways to tell. */
const soonestUse = (sale: KeptSale, journey: Item): number => {
  const anchors = anchorsOf(sale);
  const moments = listIn(journey, 'checkIn')
    .map(itemOf)
    .flatMap((step) =>
      (anchors[textIn(step, 'after')] ?? [])
        .filter((at) => at !== '')
        .map((at) => Date.parse(at) + lengthOf(itemIn(step, 'wait'))),
    );
  /* Nothing to count from: other laws see to that. */
  return moments.length === 0 ? Number.NEGATIVE_INFINITY : Math.min(...moments);
};

type Claim = Pick<Journaled, 'at'> & { message: string };

const claimsOf = (sale: KeptSale, message: string): Claim[] =>
  entriesOf(sale, 'claimed')
    .filter(({ says }) => textIn(says, 'message') === message)
    .map(({ at }) => ({ at, message }));

type Bound = { what: string; at: string; notBefore: number };

const after = (first: readonly Claim[], delay: Item | undefined): number => {
  const [begun] = first;
  return begun === undefined ? Number.NEGATIVE_INFINITY : Date.parse(begun.at) + lengthOf(delay);
};

/** What must not come before its time: each mail as the world saw it, and the call to whoever is silent. */
const boundsOf = (seen: Seen, sale: KeptSale, journey: Item): Bound[] => {
  const mails = seen.mails.filter(({ to, sale: about }) => to === 'customer' && about === sale.id);
  const left = (message: string, notBefore: number): Bound[] =>
    mails.filter((mail) => mail.message === message).map(({ at }) => ({ what: message, at, notBefore }));
  const use = soonestUse(sale, journey);
  const calls = entriesOf(sale, 'promised').filter(({ says }) => textIn(says, 'because') === 'silent');
  const reminded = claimsOf(sale, 'reminder');
  return [
    ...left('check-in', use),
    ...left('reminder', after(claimsOf(sale, 'check-in'), itemIn(journey, 'reminder'))),
    ...left('review-ask', use + lengthOf(itemIn(journey, 'review'))),
    ...calls.map(({ at }) => ({
      what: 'the call to whoever is silent',
      at,
      notBefore: after(reminded, itemIn(journey, 'person')),
    })),
  ];
};

const tooSoon = (seen: Seen, sale: KeptSale, journey: Item): string[] =>
  boundsOf(seen, sale, journey)
    .filter(({ at, notBefore }) => Date.parse(at) < notBefore - SOONER_MS)
    .map(
      ({ what, at, notBefore }) =>
        `${what} at ${at}, and its journey says not before ${new Date(notBefore).toISOString()}`,
    );

/** Asked for a review though its journey wants none; promised more or less than was published. */
const unforeseen = (seen: Seen, sale: KeptSale, journey: Item): string[] => {
  const isAsked = seen.mails.some(
    ({ sale: about, message }) => about === sale.id && message === 'review-ask',
  );
  const published = entriesOf(sale, 'promised')
    .filter(({ says }) => textIn(says, 'because') === 'published')
    .map(({ says }) => textIn(says, 'kind'));
  const expected = listIn(journey, 'promises').map((one) => textIn(itemOf(one), 'kind'));
  const isSame = [...published].sort().join() === [...expected].sort().join();
  return [
    ...(isAsked && itemIn(journey, 'review') === undefined
      ? ['was asked for a review, and its journey wants none']
      : []),
    ...(isSame || !seen.isDrained
      ? []
      : [`owes "${published.join()}", and its journey publishes "${expected.join()}"`]),
  ];
};

const WAITS = [
  ['Ask how it is going', 'reminder'],
  ['Ask once more', 'person'],
] as const;

const tooLong = (seen: Seen, sale: KeptSale, journey: Item): string[] => {
  const executions = seen.executions.filter((one) => isFollowUpOf(sale, one));
  return WAITS.flatMap(([state, delay]) =>
    executions
      .flatMap((one) => staysIn(one, [state]))
      .map(({ from, until }) => Math.min(until, Date.parse(seen.now)) - from)
      .filter((length) => length > lengthOf(itemIn(journey, delay)) + LATER_MS)
      .map(
        (length) => `"${state}" lasted ${Math.round(length / DAY_MS)} days, and its journey says otherwise`,
      ),
  );
};

export const judgePinned = (seen: Seen, kept: Kept): Finding[] =>
  Object.entries(seen.pinned ?? {}).flatMap(([id, text]): Finding[] => {
    const sale = saleOf(kept, id);
    if (sale?.record === undefined || isErased(sale)) return [];
    const journey = itemOf(JSON.parse(text));
    return [
      ...tooSoon(seen, sale, journey),
      ...unforeseen(seen, sale, journey),
      ...tooLong(seen, sale, journey),
    ].map((what) => ({ law: 'L8', sale: id, what }));
  });
