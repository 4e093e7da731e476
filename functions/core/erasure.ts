/** What is left of a journal when its person is forgotten: what happened and when, not who and in which words. */
import type { Entry, EntryType } from './journal.ts';
import type { Order } from './shop-event.ts';

type EntryNamed<T extends EntryType> = Extract<Entry, { type: T }>;

/**
 * `stays` as it is, loses its `words` (the field `private`), or is rewritten by `anonymous` below. A new kind of entry does
 * not compile until somebody has decided, and one with a `private` part can never be said to stay.
 */
type Fate<T extends EntryType> = 'private' extends keyof EntryNamed<T>
  ? 'words' | 'rewritten'
  : 'stays' | 'rewritten';

export const FATES = {
  ordered: 'rewritten',
  fulfilled: 'stays',
  delivered: 'stays',
  cancelled: 'rewritten',
  refunded: 'stays',
  started: 'stays',
  rescheduled: 'stays',
  replied: 'rewritten',
  stopped: 'rewritten',
  resumed: 'stays',
  wrote: 'words',
  confirmed: 'stays',
  unconfirmed: 'rewritten',
  arrived: 'stays',
  bounced: 'words',
  complained: 'words',
  deferred: 'stays',
  joined: 'stays',
  joins: 'stays',
  reviewed: 'stays',
  referred: 'stays',
  recommended: 'stays',
  'bought-again': 'stays',
  exported: 'stays',
  erased: 'stays',
  promised: 'words',
  taken: 'stays',
  'handed-over': 'words',
  moved: 'words',
  offered: 'words',
  'offer-answered': 'words',
  'offer-lapsed': 'stays',
  wished: 'words',
  said: 'words',
  told: 'words',
  booked: 'words',
  accepted: 'stays',
  suits: 'stays',
  'on-my-way': 'stays',
  delayed: 'stays',
  missed: 'stays',
  proposed: 'words',
  judged: 'words',
  escalated: 'stays',
  assumed: 'stays',
  waived: 'stays',
  withdrawn: 'words',
  paged: 'stays',
  rescued: 'stays',
  claimed: 'rewritten',
  sent: 'stays',
  refused: 'stays',
  unclear: 'stays',
  skipped: 'stays',
  ended: 'stays',
} as const satisfies { [T in EntryType]: Fate<T> };

/** As shops count: `#1001`, `DE-2041`. Whatever else a shop calls an order may be somebody's name. */
const COUNTED = /^#?[A-Z]{0,4}-?\d[\d./-]*$/;

/** Tags, codes and the seller are free text of the shop, often about the customer. */
const plainOrder = ({ soldBy: _, codes: __, ...order }: Order): Order => ({
  ...order,
  number: COUNTED.test(order.number) ? order.number : '…',
  tags: [],
});

export const anonymous = (entry: Entry): Entry => {
  switch (entry.type) {
    case 'ordered':
      return { ...entry, order: plainOrder(entry.order) };
    case 'cancelled': {
      const { reason: _, ...rest } = entry;
      return rest;
    }
    case 'stopped':
    case 'unconfirmed': {
      const { agent: _, ...rest } = entry;
      return rest;
    }
    case 'claimed': {
      const { link: _, ...rest } = entry;
      return rest;
    }
    case 'replied': {
      const { private: _, ...rest } = entry;
      return { ...rest, evidence: {} };
    }
    default: {
      if (!('private' in entry)) return entry;
      const { private: _, ...rest } = entry;
      return rest;
    }
  }
};

/** Whether forgetting the person takes anything out of it. */
export const isPersonal = (entry: Entry): boolean =>
  JSON.stringify(anonymous(entry)) !== JSON.stringify(entry);
