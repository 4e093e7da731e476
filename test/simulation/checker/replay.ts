/** Our own reading of what a journal says is owed, and how far it has climbed. Written anew, on purpose. */
import { type KeptSale, numberIn, textIn } from './items.ts';
import type { Item } from './seen.ts';

export type Owed = {
  id: string;
  kind: string;
  because: string;
  status: 'open' | 'taken' | 'offered' | 'proposed' | 'kept' | 'assumed' | 'waived' | 'withdrawn';
  owner: string;
  level: number;
  strikes: number;
  dueAt: string;
  closedAt: string;
  /** "Not yet", and it has not gone up for it. */
  isRefused: boolean;
};

const CLOSED: readonly Owed['status'][] = ['kept', 'assumed', 'waived', 'withdrawn'];
export const isClosed = ({ status }: Pick<Owed, 'status'>): boolean => CLOSED.includes(status);

const close = (owed: Owed, status: Owed['status'], at: string): void => {
  owed.status = status;
  owed.closedAt = at;
  owed.isRefused = false;
};

const open = (owed: Owed, says: Item, owner: string): void => {
  owed.status = 'open';
  owed.closedAt = '';
  owed.isRefused = false;
  owed.owner = owner;
  owed.level = numberIn(says, 'level');
  owed.dueAt = textIn(says, 'dueAt');
};

/** A time that is given anew. */
const setDue = (owed: Owed, says: Item): void => {
  const dueAt = textIn(says, 'dueAt');
  if (dueAt !== '') owed.dueAt = dueAt;
};

type Change = (owed: Owed, says: Item, at: string) => void;

const CHANGES: Readonly<Record<string, Change>> = {
  taken: (owed, says) => {
    if (owed.status !== 'open') return;
    owed.status = 'taken';
    setDue(owed, says);
  },
  'handed-over': (owed, says) => open(owed, says, textIn(says, 'to')),
  escalated: (owed, says) => {
    owed.strikes += 1;
    open(owed, says, textIn(says, 'owner'));
  },
  moved: setDue,
  delayed: setDue,
  'on-my-way': setDue,
  missed: setDue,
  booked: (owed, says) => {
    if (!isClosed(owed)) owed.status = 'open';
    setDue(owed, says);
  },
  offered: (owed, says) => {
    if (isClosed(owed)) return;
    owed.status = 'offered';
    setDue(owed, says);
  },
  'offer-answered': (owed, says) => {
    if (owed.status !== 'offered') return;
    owed.status = owed.strikes === 0 ? 'taken' : 'open';
    setDue(owed, says);
  },
  'offer-lapsed': (owed, says) => {
    if (owed.status !== 'offered') return;
    owed.status = 'open';
    setDue(owed, says);
  },
  said: (owed, says) => {
    if (owed.status !== 'proposed' || textIn(says, 'dueAt') === '') return;
    owed.status = 'open';
    setDue(owed, says);
  },
  proposed: (owed) => {
    if (!isClosed(owed)) owed.status = 'proposed';
    owed.isRefused = false;
  },
  judged: (owed, says, at) => {
    if (says['isKept'] === true) close(owed, 'kept', at);
    else owed.isRefused = true;
  },
  assumed: (owed, _, at) => {
    if (!isClosed(owed) && !owed.isRefused) close(owed, 'assumed', at);
  },
  waived: (owed, _, at) => {
    if (!isClosed(owed)) close(owed, 'waived', at);
  },
  withdrawn: (owed, _, at) => {
    if (!isClosed(owed)) close(owed, 'withdrawn', at);
  },
};

export const replayPromises = (sale: KeptSale): Owed[] => {
  const all = new Map<string, Owed>();
  for (const { type, at, says } of sale.journal) {
    const id = textIn(says, 'promise');
    if (type === 'promised')
      all.set(id, {
        ...{ id, status: 'open', strikes: 0, closedAt: '', isRefused: false },
        ...{ kind: textIn(says, 'kind'), because: textIn(says, 'because'), owner: textIn(says, 'owner') },
        ...{ level: numberIn(says, 'level'), dueAt: textIn(says, 'dueAt') },
      });
    const owed = all.get(id);
    if (owed !== undefined) CHANGES[type]?.(owed, says, at);
  }
  return [...all.values()];
};
