/** The ports of every handler: the real stores on tables that fail now and then, and the world around them. */
import { createHash } from 'node:crypto';
import { createBookings } from '../../../functions/adapters/bookings.ts';
import { createDeskStore } from '../../../functions/adapters/desk-store.ts';
import { createDueWaits } from '../../../functions/adapters/due-waits.ts';
import type { ParkedStore } from '../../../functions/adapters/forget-ports.ts';
import { createHeldSales } from '../../../functions/adapters/held-sales.ts';
import { createLinkStore } from '../../../functions/adapters/link-store.ts';
import type { MailArchive, Mailer } from '../../../functions/adapters/mail-ports.ts';
import { measuredSales } from '../../../functions/adapters/measured-sales.ts';
import { createOutcomeCounts } from '../../../functions/adapters/outcome-counts.ts';
import { createParkedShelf, createParkedStore } from '../../../functions/adapters/parked-store.ts';
import { createPauses } from '../../../functions/adapters/pauses.ts';
import { createPeopleStore } from '../../../functions/adapters/people-store.ts';
import { createPersonSearch } from '../../../functions/adapters/person-search.ts';
import type {
  DeskPorts,
  ForgettingPorts,
  Ids,
  IntakeQueue,
  KeeperPorts,
  Secrets,
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
import type { SaleId } from '../../../functions/core/ids.ts';
import type { Chance } from './chance.ts';
import type { Runs } from './runs.ts';

export type AllPorts = KeeperPorts &
  ForgettingPorts &
  WatchPorts &
  DeskPorts & { parked: ParkedStore; secrets: Secrets; queue: IntakeQueue };

export type World = {
  settings: Settings;
  chance: Chance;
  runs: Runs;
  tables: { sales: Table; links: Table; parked: Table };
  workflows: Workflows;
  mailer: Mailer;
  mails: MailArchive;
  secret: string;
  /** Puts a message on a queue. */
  send(queue: 'intake' | 'forget', body: string): void;
  sales(): SaleId[];
};

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
const ERRORS = ['ServiceUnavailable', 'TimeoutError'] as const;

/** Named after the run that asks, so that leaving out another run changes no token. */
const createIds = ({ chance, runs }: World): Ids => {
  const counts = new Map<string, number>();
  return {
    token: () => {
      const who = runs.current()?.name ?? 'outside';
      const n = (counts.get(who) ?? 0) + 1;
      counts.set(who, n);
      return Array.from(
        { length: 32 },
        (_, index) => BASE32[chance.below(`token ${index} ${n} of ${who}`, 32)] ?? 'a',
      ).join('');
    },
    digest: (text) => createHash('sha256').update(text).digest('hex'),
  };
};

const createQueues = ({ runs, send }: World): Pick<AllPorts, 'queue' | 'forget'> => ({
  queue: {
    send: (body) =>
      runs.call({ kind: 'queue', at: 'send to intake', act: () => send('intake', body), errors: ERRORS }),
  },
  forget: {
    send: (task) =>
      runs.call({
        kind: 'queue',
        at: `send to forget ${task.kind}`,
        act: () => send('forget', JSON.stringify(task)),
        errors: ERRORS,
      }),
  },
});

export const createPorts = (world: World): AllPorts => {
  const { settings, tables, workflows, mailer, mails } = world;
  const { sales, links, parked } = tables;
  const { saleMonths, mailDays, parkedDays } = settings.config.retention;
  return {
    settings,
    ids: createIds(world),
    sales: measuredSales(createSaleStore(sales, { months: saleMonths }), settings.config),
    people: createPeopleStore(sales),
    links: createLinkStore(links),
    lists: createPromiseLists(sales),
    bookings: createBookings(sales),
    search: createPersonSearch(sales),
    referrals: createReferralStore(sales),
    outcomes: createOutcomeCounts(sales),
    workflows,
    mailer,
    pauses: createPauses(sales),
    held: createHeldSales(sales),
    /* A phone that rings tells nobody anything that the tables do not. */
    pager: { page: async () => undefined },
    notes: createStaffNotes(sales),
    ...createQueues(world),
    receipts: createReceipts(sales),
    shelf: createParkedShelf(parked),
    parked: createParkedStore(parked, parkedDays),
    box: createPostBox(parked, mailDays),
    mails,
    scan: { ofSource: async () => ({ items: world.sales(), next: undefined }) },
    due: createDueWaits(sales),
    seen: createSourcesSeen(sales),
    sending: { isEnabled: async () => true, quota: async () => ({ most: 50_000, used: 0 }) },
    secrets: { of: async () => [world.secret] },
    desk: createDeskStore(links),
    evenPace: (work) => work(),
  };
};
