/**
 * Two states with one digest have one future: what nobody can tell apart is left out. Random tokens are named after what they
 * were made for, tokens nobody waits with are all the same, and links that are in nobody's hands are none.
 */
import * as z from 'zod';
import type { Item } from '../../../functions/adapters/table.ts';
import { jsonOf, numberOf } from './kinds.ts';
import { type Execution, tokenOf } from './machines.ts';
import type { Sent, State } from './state.ts';
import type { Partition, TableData } from './tables.ts';

/** What is never changed but replaced is read once. */
const remembered = <T extends object, R>(make: (one: T) => R): ((one: T) => R) => {
  const known = new WeakMap<T, { made: R }>();
  return (one) => {
    const before = known.get(one);
    if (before !== undefined) return before.made;
    const made = make(one);
    known.set(one, { made });
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
  return jsonOf({ ...rest, data: unversioned(data) });
});

const claimText = remembered((item: Item) => {
  const { link: _, ...data } = Claim.parse(item['data']);
  return jsonOf({ ...item, data });
});

const isClaim = (key: string) => key.startsWith('entry#message#') && key.endsWith('#claimed');

/** The digest of the link that a claim made. */
const linkOf = remembered((item: Item) =>
  isClaim(String(item['item'])) ? Claim.safeParse(item['data']).data?.link : undefined,
);

const waitText = (item: Item, current: ReadonlySet<string>): string => {
  const { token, ...data } = Wait.parse(item['data']);
  /* Made from random tokens; only a run of a state that has gone on would find its own there. */
  const { holder: _, before: __, ...rest } = item;
  return jsonOf({ ...rest, data: { ...data, isCurrent: current.has(token) } });
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
  if (phase === 'over') return jsonOf([name, status]);
  /* A wait is never tried again by itself. */
  return jsonOf([name, phase, state, input, enteredAt, dueAt, phase === 'waiting' ? [] : retries]);
});

const mailText = remembered(({ message, attempt, to, at, after }: Sent): string =>
  jsonOf([message, attempt, to, at, after]),
);

const linkText = remembered(({ digest: _, ...rest }: Item): string => jsonOf(rest));

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
    ...state.queue.map(({ task }) => `queue ${jsonOf(task)}`),
    ...state.mails.map((mail) => `mail ${mailText(mail)}`),
    ...state.troubles.map((what) => `trouble ${what}`),
  ].sort();
};

/** What a partition says by itself; what its waits say depends on who waits, and links on who has them. */
type Part = {
  said: number;
  waits: readonly Item[];
  made: readonly (readonly [link: string, claim: string])[];
};

const partOf = remembered((partition: Partition): Part => {
  const waits = partition.filter(({ item }) => String(item).startsWith('wait#'));
  const made = partition.flatMap((item) => {
    const link = linkOf(item);
    return link === undefined ? [] : [[link, String(item['item'])] as const];
  });
  const others = partition.filter((item) => !waits.includes(item));
  const lines = others.map((item) =>
    numberOf(linkOf(item) === undefined ? plainText(item) : claimText(item)),
  );
  return { said: numberOf(`sales ${lines}`), waits, made };
});

const tokenIn = remembered((item: Item): string => Wait.parse(item['data']).token);
const currentNumber = remembered((item: Item) => numberOf(waitText(item, new Set([tokenIn(item)]))));
const outdatedNumber = remembered((item: Item) => numberOf(waitText(item, new Set())));

const plainNumber = remembered((item: Item) => numberOf(plainText(item)));
const linkNumber = remembered((item: Item) => numberOf(linkText(item)));
const executionNumber = remembered((one: Execution) => numberOf(executionText(one)));
const mailNumber = remembered((mail: Sent) => numberOf(mailText(mail)));

const sorted = (numbers: readonly number[]): string => numbers.toSorted((a, b) => a - b).join();

const salesDigest = (parts: readonly Part[], tokens: ReadonlySet<string>): string =>
  sorted(
    parts.flatMap(({ said, waits }) => [
      said,
      ...waits.map((item) => (tokens.has(tokenIn(item)) ? currentNumber(item) : outdatedNumber(item))),
    ]),
  );

const linksDigest = (links: TableData, parts: readonly Part[], given: ReadonlySet<string>): string => {
  const names = new Map(parts.flatMap(({ made }) => made));
  const lines: string[] = [];
  for (const [digest, [item]] of links) {
    if (item === undefined) continue;
    const name = given.has(digest) || 'message' in item ? digest : names.get(digest);
    if (name !== undefined) lines.push(`${name} ${linkNumber(item)}`);
  }
  return lines.sort().join();
};

const digests = new WeakMap<State, { given: ReadonlySet<string>; digest: string }>();

/** A short name for all that `linesOf` says, the same as long as the process lives. */
export const digestOf = (state: State, given: ReadonlySet<string>): string => {
  const known = digests.get(state);
  if (known?.given === given) return known.digest;
  const { now, executions, queue, mails, troubles } = state;
  const { Sales, Links, Parked } = state.tables;
  const all = [...executions.values()];
  const tokens = new Set(all.filter(({ phase }) => phase === 'due' || phase === 'waiting').map(tokenOf));
  const parts = [...Sales.values()].map(partOf);
  const text = [
    now,
    salesDigest(parts, tokens),
    linksDigest(Links, parts, given),
    sorted([...Parked.values()].flat().map(plainNumber)),
    sorted(all.map(executionNumber)),
    sorted(queue.map(({ task }) => numberOf(jsonOf(task)))),
    sorted(mails.map(mailNumber)),
    sorted(troubles.map(numberOf)),
  ].join(';');
  const digest = numberOf(text).toString(36);
  digests.set(state, { given, digest });
  return digest;
};

/** Who has its turn when: what is told apart between one process and the next. At rest there is nothing of it but the order. */
export const turnsOf = ({ executions, queue }: State): string =>
  jsonOf([
    [...executions.values()].filter(({ phase }) => phase !== 'over').map(({ name }) => name),
    queue.map(({ task, sentAt, tries }) => [task, sentAt, tries]),
  ]);
