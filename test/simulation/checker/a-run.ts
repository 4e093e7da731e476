/** Runs written by hand: one in which everything went well, and what to change so that a law is broken. */
import type { Act, Fate, Item, Seen, SeenExecution, SeenMail, Told } from './seen.ts';

export const SALE = 'standard/1001';
const AT = '2026-11-02T09:00:00.000Z';

export const told = (change: Partial<Told> = {}): Told => ({
  ...{ at: AT, seq: 1, source: 'standard', order: '1001', word: 'ordered', event: 'e-1', status: 200 },
  ...change,
});

export const mail = (change: Partial<SeenMail> = {}): SeenMail => ({
  ...{ at: AT, seq: 50, sale: SALE, message: 'check-in', attempt: 1, to: 'customer', decided: 49 },
  ...{ isAnswered: true, address: 'anna@example.net', raw: 'How is it?' },
  ...change,
});

export const act = (change: Partial<Act> = {}): Act => ({
  ...{ at: AT, seq: 60, by: 'customer', via: 'form', what: 'reply', sale: SALE, status: 200 },
  ...{ doneAt: { at: AT, seq: 61 } },
  ...change,
});

export const fate = (change: Partial<Fate> = {}): Fate => ({
  ...{ at: AT, seq: 70, sale: SALE, message: 'check-in', attempt: 1, kind: 'soft-bounce' },
  ...{ doneAt: { at: AT, seq: 71 } },
  ...change,
});

export const execution = (change: Partial<SeenExecution> = {}): SeenExecution => ({
  ...{ machine: 'FollowUp', name: 's-1', status: 'RUNNING', history: '[]', tokens: ['token-of-follow-up'] },
  ...{ input: JSON.stringify({ saleId: SALE }) },
  ...change,
});

/** A journal entry as it lies in the table. */
export const entry = (key: string, says: Item, sale = SALE): Item => ({
  sale,
  item: `entry#${key}`,
  data: { at: AT, ...says },
});

export const wait = (
  key: string,
  token: string,
  until = '2026-12-01T09:00:00.000Z',
  position = 'ask',
): Item => ({
  sale: SALE,
  item: `wait#${key}`,
  data: { position, token, until },
  dueOf: 'due#0',
});

export const listed = (promise: string, row: Item): Item => ({
  sale: SALE,
  item: `listed#${promise}`,
  openOf: row['owner'],
  data: JSON.stringify(row),
});

const ORDER = { number: '#1001', lines: [{ lineId: 'l-1', quantity: 1 }] };

export const RECORD: Item = {
  sale: SALE,
  item: 'record',
  data: { id: SALE, source: 'standard', orderId: '1001', owner: 'mia' },
};
const CUSTOMER: Item = { sale: SALE, item: 'customer', data: { email: 'anna@example.net' } };
const SENT = { message: 'check-in', attempt: 1 };

/** Ordered, asked, and waiting for the answer. */
export const ITEMS: readonly Item[] = [
  RECORD,
  CUSTOMER,
  entry('ordered', { type: 'ordered', eventId: 'e-1', occurredAt: AT, order: ORDER }),
  entry('started', { type: 'started', round: 1 }),
  entry('claimed', { type: 'claimed', ...SENT }),
  entry('sent', { type: 'sent', ...SENT, to: 'customer' }),
  wait('FollowUp', 'token-of-follow-up'),
];

export const DUE = '2026-11-20T09:00:00.000Z';

export const promised = (change: Item = {}): Item =>
  entry('promised', {
    ...{ type: 'promised', promise: 'call-1', kind: 'call', because: 'staff', owner: 'mia', level: 0 },
    ...{ dueAt: DUE },
    ...change,
  });

/** And a call is owed besides. */
export const OWED: readonly Item[] = [
  ...ITEMS,
  promised(),
  wait('call-1', 'token-of-call', DUE, 'owner'),
  listed('call-1', { owner: 'mia', level: 0, dueAt: DUE, status: 'open' }),
];
export const OWED_EXECUTIONS: readonly SeenExecution[] = [
  execution(),
  execution({
    machine: 'Promise',
    name: 'p-1',
    tokens: ['token-of-call'],
    input: JSON.stringify({ saleId: SALE, promise: 'call-1' }),
  }),
];

export const without = (items: readonly Item[], ...keys: string[]): Item[] =>
  items.filter(({ item }) => !keys.includes(String(item)));

type Change = Partial<Omit<Seen, 'tables'>> & {
  sales?: readonly Item[];
  parked?: readonly Item[];
  links?: readonly Item[];
};

/** Nothing is wrong with it, unless `change` makes it so. */
export const aRun = ({ sales = ITEMS, parked = [], links = [], ...change }: Change = {}): Seen => ({
  ...{ told: [told()], mails: [mail()], fates: [], acts: [], looks: [], pages: [] },
  ...{ tables: { sales, links, parked }, executions: [execution()], logs: [], needles: [] },
  ...{ people: { [SALE]: 'anna' }, unclear: [], isDrained: true, now: '2026-11-10T09:00:00.000Z' },
  ...change,
});

export const owedRun = (change: Change = {}): Seen =>
  aRun({ sales: OWED, executions: OWED_EXECUTIONS, ...change });
