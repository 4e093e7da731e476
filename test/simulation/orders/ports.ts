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
import type { WatchPorts } from '../../../functions/adapters/watch-ports.ts';
import {
  begun,
  type Execution,
  failed,
  type MachineName,
  type Machines,
  succeeded,
  tokenOf,
} from './machines.ts';
import { SALE_ID } from './sale.ts';
import { nextSeq, type Sent } from './state.ts';
import { createMemoryTable, type Partition, type Tables } from './tables.ts';
import type { World } from './world.ts';

export type ModelPorts = KeeperPorts & ForgettingPorts & WatchPorts;

/** Partitions are never changed, so what was read from one stays true; the handlers get a copy of their own. */
const remembering = (world: World, sales: SaleStore): SaleStore => {
  const known = new WeakMap<Partition, LoadedSale>();
  return {
    ...sales,
    load: async (id) => {
      const partition = world.read().Sales.get(id);
      const loaded = (partition && known.get(partition)) ?? (await sales.load(id));
      if (partition === undefined || loaded === undefined) return undefined;
      known.set(partition, loaded);
      const { entries, waiters, listed } = loaded;
      return { ...loaded, entries: [...entries], waiters: [...waiters], listed: [...listed] };
    },
  };
};

const createWorkflows = (world: World, machines: Machines): Workflows => {
  const put = (one: Execution, what: string) => {
    const executions = new Map(world.state.executions);
    executions.set(one.name, one);
    world.change({ ...world.state, executions }, what);
  };

  const start = (machine: MachineName) => async (name: string, input: unknown) => {
    const known = world.state.executions.get(name);
    /* As on AWS: the same start of one that runs is fine, and starts nothing. */
    if (known !== undefined) return known.phase !== 'over' && known.began === JSON.stringify(input);
    put(begun(machines, machine, name, input, world.state.now), `start of ${machine}`);
    return true;
  };

  /** Whoever is called or waits with this token. */
  const holderOf = (token: string): Execution | undefined =>
    [...world.state.executions.values()].find(
      (one) => (one.phase === 'due' || one.phase === 'waiting') && tokenOf(one) === token,
    );

  const tell = async (token: string, what: string, make: (one: Execution) => Execution) => {
    const one = holderOf(token);
    if (one === undefined) return false;
    put(make(one), what);
    return true;
  };

  return {
    startFollowUp: start('FollowUp'),
    startPromise: start('Promise'),
    succeed: (token, output) =>
      tell(token, 'SendTaskSuccess', (one) => succeeded(machines, one, output, world.state.now)),
    fail: (token, error, cause) =>
      tell(token, `SendTaskFailure ${error}`, (one) =>
        failed(machines, one, { error, cause }, world.state.now),
      ),
    isPromiseRunning: async (name) => {
      return world.state.executions.get(name)?.status === 'RUNNING';
    },
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

const createMailer = (world: World): KeeperPorts['mailer'] => ({
  send: async ({ raw, to, tags }) => {
    const { now, mails, tables } = world.state;
    const message = HEADER.exec(raw)?.[1] ?? '';
    const attempt = Number(tags['attempt']);
    const mail = { message, attempt, to, at: now, raw, after: endingsOf(tables), seq: nextSeq(world.state) };
    const same = mails.filter((one) => one.message === message && one.attempt === attempt);
    world.change({ ...world.state, mails: [...mails, mail] }, `mail ${message}`);
    return { kind: 'sent', messageId: `${message}-${attempt}-${same.length}` };
  },
});

/** Counted, not random; `digest.ts` does away with the count. */
const createIds = (world: World): KeeperPorts['ids'] => ({
  token: () => {
    world.state = { ...world.state, made: world.state.made + 1 };
    return [...String(world.state.made)]
      .map((digit) => 'abcdefghij'[Number(digit)])
      .join('')
      .padStart(32, 'z');
  },
  digest: (text) => createHash('sha256').update(text).digest('hex'),
});

const createForget = (world: World): ForgettingPorts['forget'] => ({
  send: async (task) => {
    const { queue, made, now } = world.state;
    const message = { id: made + 1, task, sentAt: now, tries: 0 };
    world.change({ ...world.state, made: made + 1, queue: [...queue, message] }, `queue ${task.kind}`);
  },
});

export const createPorts = (world: World, machines: Machines, settings: Settings): ModelPorts => {
  const sales = createMemoryTable(world, 'Sales');
  const links = createMemoryTable(world, 'Links');
  const parked = createMemoryTable(world, 'Parked');
  const { saleMonths, mailDays } = settings.config.retention;
  return {
    settings,
    ids: createIds(world),
    sales: remembering(world, createSaleStore(sales, { months: saleMonths })),
    people: createPeopleStore(sales),
    links: createLinkStore(links),
    lists: createPromiseLists(sales),
    bookings: createBookings(sales),
    search: createPersonSearch(sales),
    referrals: createReferralStore(sales),
    outcomes: createOutcomeCounts(sales),
    workflows: createWorkflows(world, machines),
    mailer: createMailer(world),
    pauses: createPauses(sales),
    held: createHeldSales(sales),
    pager: { page: async () => world.change(world.state, 'page') },
    notes: createStaffNotes(sales),
    forget: createForget(world),
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
