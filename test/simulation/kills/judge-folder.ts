/** What the world saw of one data folder, judged. Many sales are judged in groups: no person is in two of them. */
import * as z from 'zod';
import { judge } from '../checker/judge.ts';
import type { Finding, Item, Seen, SeenExecution, SeenMail, SeenPage } from '../checker/seen.ts';
import { type Order, SOURCE } from '../seeds/cast.ts';
import { needlesOf } from '../seeds/seen-of.ts';
import type { Witness } from '../seeds/witness.ts';
import { type Lying, readDataFolder } from './data-folder.ts';

/** With more of them the search for what is personal takes too long. */
const MOST_SALES = 80;

export type World = {
  dataDir: string;
  witness: Witness;
  cast: readonly Order[];
  pages: readonly SeenPage[];
  now: number;
};

const textOf = (item: Item, name: string): string => {
  const value = item[name];
  return typeof value === 'string' ? value : '';
};

const saleIn = ({ input }: SeenExecution): string => {
  const value: unknown = JSON.parse(input);
  return typeof value === 'object' && value !== null && 'saleId' in value ? String(value.saleId) : '';
};

const groupsOf = (cast: readonly Order[]): Order[][] => {
  const people = new Map<string, Order[]>();
  for (const order of cast) people.set(order.person.key, [...(people.get(order.person.key) ?? []), order]);
  const groups: Order[][] = [[]];
  for (const theirs of people.values()) {
    const last = groups.at(-1) ?? [];
    if (last.length > 0 && last.length + theirs.length > MOST_SALES) groups.push([...theirs]);
    else last.push(...theirs);
  }
  return groups;
};

/** Everything whose shape is that of a name, an address, a number, words, a task token or a link. */
const SUSPICIOUS = /nadel|90 17|[A-Za-z0-9_+/=-]{100}|[a-z2-7]{32}/i;

/** A journal entry, as far as mails are concerned. */
const Said = z.object({
  type: z.string(),
  at: z.string(),
  message: z.string().optional(),
  attempt: z.number().optional(),
});

const doubtIn = (items: readonly Item[]): Seen['unclear'] =>
  items.flatMap((item) => {
    const { type, message = '', attempt = 0 } = Said.safeParse(item['data']).data ?? {};
    return type === 'unclear' ? [{ sale: textOf(item, 'sale'), message, attempt }] : [];
  });

const byGroup = <T>(all: readonly T[], keyOf: (one: T) => string, sales: ReadonlySet<string>): T[] =>
  all.filter((one) => sales.has(keyOf(one)));

const seenOfGroup = ({ witness, now, pages }: World, lying: Lying, cast: readonly Order[]): Seen => {
  const sales = new Set(cast.map(({ id }) => id));
  const sale = (one: { sale: string }) => one.sale;
  const acts = byGroup(witness.acts, sale, sales);
  const items = byGroup(lying.tables.sales, (item) => textOf(item, 'sale'), sales);
  return {
    told: byGroup(witness.told, ({ order }) => `${SOURCE}/${order}`, sales),
    mails: byGroup([...witness.mails, ...unseenOf(lying.tables, witness.mails)], sale, sales),
    fates: [],
    acts,
    looks: byGroup(witness.looks, sale, sales),
    pages: byGroup(pages, sale, sales),
    tables: {
      sales: items,
      links: byGroup(lying.tables.links, (item) => textOf(item, 'sale'), sales),
      parked: lying.tables.parked,
    },
    executions: byGroup(lying.executions, saleIn, sales),
    logs: lying.logs,
    needles: needlesOf({ witness: { ...witness, acts }, cast: [...cast] }),
    people: Object.fromEntries(cast.map(({ id, person }) => [id, person.key])),
    unclear: doubtIn(items),
    isDrained: true,
    now: new Date(now).toISOString(),
  };
};

/**
 * Copies of mails go with the sale they are about, so what left in the very step in which it was forgotten can be seen by
 * nobody: of those sales the journal is believed.
 */
const unseenOf = ({ sales }: Lying['tables'], seen: readonly SeenMail[]): SeenMail[] => {
  const data = (item: Item) => Said.safeParse(item['data']).data;
  const erased = new Set(
    sales.filter((item) => data(item)?.type === 'erased').map((item) => textOf(item, 'sale')),
  );
  const known = new Set(seen.map(({ sale, message, attempt }) => `${sale} ${message} ${attempt}`));
  return sales.flatMap((item) => {
    const [sale, said] = [textOf(item, 'sale'), data(item)];
    const { message = '', attempt = 0, at = '' } = said ?? {};
    if (said?.type !== 'sent' || !erased.has(sale) || known.has(`${sale} ${message} ${attempt}`)) return [];
    const seq = Date.parse(at);
    return [
      {
        ...{ at, seq, sale, message, attempt, to: 'staff' as const, decided: 0, isAnswered: true },
        ...{ address: '', raw: '' },
      },
    ];
  });
};

export type Judged = {
  findings: Finding[];
  unclear: Seen['unclear'];
  deadLetters: number;
  executions: number;
  failed: number;
};

export const judgeFolder = (world: World): Judged => {
  const lying = readDataFolder(world.dataDir);
  const suspicious = { ...lying, logs: lying.logs.filter((line) => SUSPICIOUS.test(line)) };
  const { executions, deadLetters } = lying;
  /* Of sales that nobody has announced, and of those nobody asked about. */
  const known = new Set(world.cast.map(({ id }) => id));
  const invented = lying.tables.sales
    .filter((item) => textOf(item, 'item') === 'record' && !known.has(textOf(item, 'sale')))
    .map((item): Finding => ({ law: 'I2', sale: textOf(item, 'sale'), what: 'nobody has bought this' }));
  return {
    findings: [
      ...invented,
      ...groupsOf(world.cast).flatMap((cast) => judge(seenOfGroup(world, suspicious, cast))),
    ],
    unclear: doubtIn(lying.tables.sales),
    deadLetters,
    executions: executions.length,
    failed: executions.filter(({ status }) => status !== 'RUNNING' && status !== 'SUCCEEDED').length,
  };
};
