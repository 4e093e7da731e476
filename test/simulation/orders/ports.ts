/** The ports of every handler: the real stores on tables in memory, and workflows, mails and queues in the same state. */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { createBookings } from '../../../functions/adapters/bookings.ts';
import { createDueWaits } from '../../../functions/adapters/due-waits.ts';
import { createHeldSales } from '../../../functions/adapters/held-sales.ts';
import { createLinkStore } from '../../../functions/adapters/link-store.ts';
import { createOutcomeCounts } from '../../../functions/adapters/outcome-counts.ts';
import { createParkedShelf } from '../../../functions/adapters/parked-store.ts';
import { createPauses } from '../../../functions/adapters/pauses.ts';
import { createPeopleStore } from '../../../functions/adapters/people-store.ts';
import { createPersonSearch } from '../../../functions/adapters/person-search.ts';
import type {
  ForgettingPorts,
  KeeperPorts,
  LoadedSale,
  SaleStore,
  Settings,
  Workflows,
} from '../../../functions/adapters/ports.ts';
import { createPostBox } from '../../../functions/adapters/post-box.ts';
import { createPromiseLists } from '../../../functions/adapters/promise-lists.ts';
import { createReceipts } from '../../../functions/adapters/receipts.ts';
import { createReferralStore } from '../../../functions/adapters/referral-store.ts';
import { createSaleStore } from '../../../functions/adapters/sale-store.ts';
import { createSourcesSeen } from '../../../functions/adapters/sources-seen.ts';
import { createStaffNotes } from '../../../functions/adapters/staff-notes.ts';
import type { Table } from '../../../functions/adapters/table.ts';
import type { WatchPorts } from '../../../functions/adapters/watch-ports.ts';
import { ForgetTask } from '../../../functions/core/privacy/request.ts';
import {
  begun,
  type Execution,
  failed,
  type MachineName,
  type Machines,
  succeeded,
  tokenOf,
} from './machines.ts';
import { type Hear, unheard } from './recall.ts';
import { SALE_ID } from './sale.ts';
import { nextSeq, type Sent } from './state.ts';
import { createMemoryTable, type Partition, type Tables } from './tables.ts';
import type { World } from './world.ts';

export type ModelPorts = KeeperPorts & ForgettingPorts & WatchPorts;

/** Partitions are never changed, so what was read from one stays true; the handlers get a copy of their own. */
const remembering = (world: World, sales: SaleStore, unwatched: SaleStore, hear: Hear): SaleStore => {
  const known = new WeakMap<Partition, LoadedSale>();
  const partitionOf = hear('sale', (id: string) => world.read().Sales.get(id));
  return {
    ...sales,
    load: async (id) => {
      const partition = partitionOf(id);
      const loaded = (partition && known.get(partition)) ?? (await unwatched.load(id));
      if (partition === undefined || loaded === undefined) return undefined;
      known.set(partition, loaded);
      const { entries, waiters, listed } = loaded;
      return { ...loaded, entries: [...entries], waiters: [...waiters], listed: [...listed] };
    },
  };
};

const createWorkflows = (world: World, machines: Machines, hear: Hear): Workflows => {
  const put = (one: Execution, what: string) => {
    const executions = new Map(world.state.executions);
    executions.set(one.name, one);
    world.change({ ...world.state, executions }, what);
  };

  const begin = hear('start', (machine: MachineName, name: string, input: string): boolean => {
    const known = world.state.executions.get(name);
    /* As on AWS: the same start of one that runs is fine, and starts nothing. */
    if (known !== undefined) return known.phase !== 'over' && known.began === input;
    put(begun(machines, machine, name, JSON.parse(input), world.state.now), `start of ${machine}`);
    return true;
  });

  /** Whoever is called or waits with this token. */
  const holderOf = (token: string): Execution | undefined =>
    [...world.state.executions.values()].find(
      (one) => (one.phase === 'due' || one.phase === 'waiting') && tokenOf(one) === token,
    );

  const tell = (token: string, what: string, make: (one: Execution) => Execution): boolean => {
    const one = holderOf(token);
    if (one === undefined) return false;
    put(make(one), what);
    return true;
  };

  const succeed = hear('succeed', (token: string, output: string) =>
    tell(token, 'SendTaskSuccess', (one) => succeeded(machines, one, JSON.parse(output), world.state.now)),
  );
  const fail = hear('fail', (token: string, error: string, cause: string) =>
    tell(token, `SendTaskFailure ${error}`, (one) =>
      failed(machines, one, { error, cause }, world.state.now),
    ),
  );
  const isRunning = hear(
    'is running',
    (name: string) => world.state.executions.get(name)?.status === 'RUNNING',
  );

  return {
    startFollowUp: async (name, input) => begin('FollowUp', name, JSON.stringify(input)),
    startPromise: async (name, input) => begin('Promise', name, JSON.stringify(input)),
    succeed: async (token, output) => succeed(token, JSON.stringify(output)),
    fail: async (token, error, cause) => fail(token, error, cause),
    isPromiseRunning: async (name) => isRunning(name),
  };
};

/** What the journal says has ended it all: from then on little may leave. */
const ENDINGS = { refunded: 'refund', stopped: 'stop', erased: 'erase' } as const;

const endingsOf = ({ Sales }: Tables): Sent['after'] =>
  (Sales.get(SALE_ID) ?? []).flatMap(({ data }) => {
    const { data: entry } = Ending.safeParse(data);
    return entry === undefined ? [] : [ENDINGS[entry.type]];
  });
const Ending = z.object({ type: z.literal(['refunded', 'stopped', 'erased']) });

const HEADER = /^X-Aftercare-Touch: ([^\r\n]+)/im;

const createMailer = (world: World, hear: Hear): KeeperPorts['mailer'] => {
  const send = hear('mail', (raw: string, to: string, attempt: number) => {
    const { now, mails, tables } = world.state;
    const message = HEADER.exec(raw)?.[1] ?? '';
    const mail = { message, attempt, to, at: now, raw, after: endingsOf(tables), seq: nextSeq(world.state) };
    const same = mails.filter((one) => one.message === message && one.attempt === attempt);
    world.change({ ...world.state, mails: [...mails, mail] }, `mail ${message}`);
    return `${message}-${attempt}-${same.length}`;
  });
  return {
    send: async ({ raw, to, tags }) => {
      const messageId = send(raw, to, Number(tags['attempt']));
      return { kind: 'sent', messageId };
    },
  };
};

/** Counted, not random; `digest.ts` does away with the count. */
const createIds = (world: World, hear: Hear): KeeperPorts['ids'] => ({
  token: hear('token', () => {
    world.state = { ...world.state, made: world.state.made + 1 };
    return [...String(world.state.made)]
      .map((digit) => 'abcdefghij'[Number(digit)])
      .join('')
      .padStart(32, 'z');
  }),
  digest: (text) => createHash('sha256').update(text).digest('hex'),
});

const createForget = (world: World, hear: Hear): ForgettingPorts['forget'] => {
  const put = hear('forget', (text: string) => {
    const { queue, made, now } = world.state;
    const task = ForgetTask.parse(JSON.parse(text));
    const message = { id: made + 1, task, sentAt: now, tries: 0 };
    world.change({ ...world.state, made: made + 1, queue: [...queue, message] }, `queue ${task.kind}`);
  });
  return { send: async (task) => put(JSON.stringify(task)) };
};

export const createPorts = (
  world: World,
  machines: Machines,
  settings: Settings,
  hear: Hear = unheard,
): ModelPorts => {
  const sales = createMemoryTable(world, 'Sales', hear);
  const links = createMemoryTable(world, 'Links', hear);
  const parked = createMemoryTable(world, 'Parked', hear);
  const page = hear('page', () => world.change(world.state, 'page'));
  const { saleMonths, mailDays } = settings.config.retention;
  const storeOn = (table: Table) => createSaleStore(table, { months: saleMonths });
  return {
    settings,
    ids: createIds(world, hear),
    sales: remembering(world, storeOn(sales), storeOn(createMemoryTable(world, 'Sales')), hear),
    people: createPeopleStore(sales),
    links: createLinkStore(links),
    lists: createPromiseLists(sales),
    bookings: createBookings(sales),
    search: createPersonSearch(sales),
    referrals: createReferralStore(sales),
    outcomes: createOutcomeCounts(sales),
    workflows: createWorkflows(world, machines, hear),
    mailer: createMailer(world, hear),
    pauses: createPauses(sales),
    held: createHeldSales(sales),
    pager: { page: async () => page() },
    notes: createStaffNotes(sales),
    forget: createForget(world, hear),
    receipts: createReceipts(sales),
    shelf: createParkedShelf(parked),
    box: createPostBox(parked, mailDays),
    /* Nobody writes mails to this shop, and no shop is ever gone. */
    mails: { read: async () => undefined, drop: async () => undefined },
    scan: { ofSource: async () => ({ items: [], next: undefined }) },
    due: createDueWaits(sales),
    seen: createSourcesSeen(sales),
    sending: { isEnabled: async () => true, quota: async () => ({ most: 50_000, used: 0 }) },
  };
};
