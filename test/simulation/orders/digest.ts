/**
 * Two states with one digest have one future: what nobody can tell apart is left out. Random tokens are named after what they
 * were made for, tokens nobody waits with are all the same, and links that are in nobody's hands are none.
 */
import { hash } from 'node:crypto';
import * as z from 'zod';
import type { Item } from '../../../functions/adapters/table.ts';
import { type Execution, tokenOf } from './machines.ts';
import type { Sent, State } from './state.ts';
import type { TableData } from './tables.ts';

const asText = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) => (part instanceof Set ? [...part].sort() : part));

/** What is never changed but replaced is read once. */
const remembered = <T extends object, R>(make: (one: T) => R): ((one: T) => R) => {
  const known = new WeakMap<T, { made: R }>();
  return (one) => {
    const { made } = known.get(one) ?? { made: make(one) };
    if (!known.has(one)) known.set(one, { made });
    return made;
  };
};

const Claim = z.object({ link: z.string() }).loose();
const Wait = z.object({ token: z.string() }).loose();
const Versioned = z.object({ version: z.int() }).loose();

/** Counts of writes tell nothing but that they have changed. */
const unversioned = (data: unknown): unknown => {
  const { data: versioned } = Versioned.safeParse(data);
  if (versioned === undefined) return data;
  const { version: _, ...rest } = versioned;
  return rest;
};

const plainText = remembered((item: Item) => {
  const { version: _, data, ...rest } = item;
  return asText({ ...rest, data: unversioned(data) });
});

const claimText = remembered((item: Item) => {
  const { link: _, ...data } = Claim.parse(item['data']);
  return asText({ ...item, data });
});

const isClaim = (key: string) => key.startsWith('entry#message#') && key.endsWith('#claimed');

/** The digest of the link that a claim made. */
const linkOf = remembered((item: Item) =>
  isClaim(String(item['item'])) ? Claim.safeParse(item['data']).data?.link : undefined,
);

const waitText = (item: Item, current: ReadonlySet<string>): string => {
  const { token, ...data } = Wait.parse(item['data']);
  return asText({ ...item, data: { ...data, isCurrent: current.has(token) } });
};

const salesText = (data: TableData, current: ReadonlySet<string>): string[] =>
  [...data.values()].flat().map((item) => {
    const key = String(item['item']);
    if (key.startsWith('wait#')) return waitText(item, current);
    return linkOf(item) === undefined ? plainText(item) : claimText(item);
  });

/** The digest of a link, and what it was made for. */
const linkNames = (sales: TableData): Map<string, string> => {
  const names = new Map<string, string>();
  for (const item of [...sales.values()].flat()) {
    const link = linkOf(item);
    if (link !== undefined) names.set(link, String(item['item']));
  }
  return names;
};

/** `given`: links that were there from the beginning. */
const linksText = (links: TableData, sales: TableData, given: ReadonlySet<string>): string[] => {
  const names = linkNames(sales);
  return [...links.values()].flat().flatMap((item) => {
    const digest = String(item['digest']);
    const isLasting = given.has(digest) || 'message' in item;
    const name = isLasting ? digest : names.get(digest);
    return name === undefined ? [] : [`${name} ${linkText(item)}`];
  });
};

const executionText = remembered((one: Execution): string => {
  const { name, status, phase, state, input, enteredAt, dueAt, retries } = one;
  if (phase === 'over') return asText([name, status]);
  /* A wait is never tried again by itself. */
  return asText([name, phase, state, input, enteredAt, dueAt, phase === 'waiting' ? [] : retries]);
});

const mailText = remembered(({ message, attempt, to, at, after }: Sent): string =>
  asText([message, attempt, to, at, after]),
);

const linkText = remembered(({ digest: _, ...rest }: Item): string => asText(rest));

/** As text, for people who look for a difference. */
export const linesOf = (state: State, given: ReadonlySet<string>): string[] => {
  const running = [...state.executions.values()].filter(
    ({ phase }) => phase === 'due' || phase === 'waiting',
  );
  const { Sales, Links, Parked } = state.tables;
  return [
    `now ${state.now}`,
    ...salesText(Sales, new Set(running.map(tokenOf))).map((text) => `sales ${text}`),
    ...linksText(Links, Sales, given).map((text) => `links ${text}`),
    ...[...Parked.values()].flat().map((item) => `parked ${plainText(item)}`),
    ...[...state.executions.values()].map((one) => `execution ${executionText(one)}`),
    ...state.queue.map(({ task }) => `queue ${asText(task)}`),
    ...state.mails.map((mail) => `mail ${mailText(mail)}`),
    ...state.troubles.map((what) => `trouble ${what}`),
  ].sort();
};

const digests = new WeakMap<State, { given: ReadonlySet<string>; digest: string }>();

export const digestOf = (state: State, given: ReadonlySet<string>): string => {
  const known = digests.get(state);
  if (known?.given === given) return known.digest;
  const digest = hash('sha1', linesOf(state, given).join('\n'), 'base64');
  digests.set(state, { given, digest });
  return digest;
};

/** Who has its turn when: what is told apart between one process and the next. At rest there is nothing of it but the order. */
export const turnsOf = ({ executions, queue }: State): string =>
  asText([
    [...executions.values()].filter(({ phase }) => phase !== 'over').map(({ name }) => name),
    queue.map(({ task, sentAt, tries }) => [task, sentAt, tries]),
  ]);
