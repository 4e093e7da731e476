/** What handlers may ask of the world. Adapters answer on AWS and, through the same SDK, on one machine. */

import type { Configuration } from '../core/configuration.ts';
import type { MessageKey } from '../core/conversation/entries.ts';
import type { Instant, SaleId } from '../core/ids.ts';
import type { Entry, EntryOf } from '../core/journal.ts';
import type { MessageClass, Release, Standing, Suppression, Touch } from '../core/person/standing.ts';
import type { PromiseId } from '../core/promises/entries.ts';
import type { TurnResult } from '../core/promises/promise.ts';
import type { PromiseRow } from '../core/promises/row.ts';
import type { SaleRecord, StoredSale } from '../core/sale.ts';
import type { Customer } from '../core/shop-event.ts';
import type { CountedAs, OutcomeCounts, ReferralStore } from './after-ports.ts';
import type { ForgetQueue, ParkedShelf, Receipts, SaleScan } from './forget-ports.ts';
import type { MailArchive, Mailer, PostBox } from './mail-ports.ts';
import type { Page } from './page.ts';
import type { HeldSales, Pauses } from './pause-ports.ts';
import type { PersonSearch } from './search-ports.ts';

/** Who waits with which task token. `FollowUp` or a promise id. */
export type Waiter = {
  key: string;
  /** The state's place in the machine, as in core/signals.ts. */
  position: string;
  token: string;
  /** The instant the state's timeout runs to. */
  until: Instant;
  /** Of a promise: the owner's turn the wait began for. */
  turn?: number | undefined;
  /** Of a promise: which of its workflows waits. */
  cycle?: number | undefined;
  /** Off the index of what is due: it has ended, or never belonged there. */
  isOff?: true;
  /** When `watch` told its workflow, long after its time, what it may have missed. */
  toldAt?: Instant | undefined;
};

/** What the desk's lists say of one promise of the sale, so that only changes are written. */
export type Listed = { promise: PromiseId; row: PromiseRow | undefined; scored: number };

export type LoadedSale = StoredSale & {
  waiters: Waiter[];
  listed: Listed[];
  /** Undefined when it never was counted, or nobody knows. */
  counted?: CountedAs;
  /** What its search rows were written from last; see PersonSearch. */
  foundBy?: string;
};

export type SaleStore = {
  /** Strongly consistent; undefined when nothing at all is known of this sale. */
  load(id: SaleId): Promise<LoadedSale | undefined>;
  /** Writes the guard row; false when it was there already. */
  open(record: SaleRecord): Promise<boolean>;
  /**
   * Appends an entry; false when an entry with its key was there already. Of a person who was forgotten, nothing personal.
   * `known`: the sale as it was a moment before, where that is at hand.
   */
  append(id: SaleId, entry: Entry, known?: LoadedSale): Promise<boolean>;
  /** The same, then reads the sale: for those who write first and then look, with one read for both. */
  appendThenLoad(id: SaleId, entry: Entry): Promise<{ isNew: boolean; stored: LoadedSale }>;
  /** Appends what the shop says of an order, then keeps what it says of the person as of that moment. */
  keepOrder(id: SaleId, entry: EntryOf<'ordered'>, customer: Customer): Promise<void>;
  /** Keeps what the shop says of the person, unless a newer event already did. The first time counts for how long. */
  saveCustomer(id: SaleId, customer: Customer, asOf: Instant, now: Instant): Promise<void>;
  /** The customer's correction of their own number: newer than anything the shop says. */
  correctPhone(id: SaleId, phone: string): Promise<void>;
  /** Overwrites everything personal, for good: what a shop says of the person later is not kept any more. */
  erase(id: SaleId): Promise<void>;
  /**
   * Keeps who waits, and puts a wait that nothing else would find on the index of what is due (`isOnIndex`).
   * False when a later workflow of the promise waits already: what failed and was started again takes nobody's place.
   */
  wait(id: SaleId, waiter: Waiter): Promise<boolean>;
  /** Nobody waits there any more, for good: off the index; with a token only as long as it is that wait. */
  endWait(id: SaleId, key: string, token?: string): Promise<void>;
  /** Puts a wait on the index as due at `at`, so that it is looked at soon; nothing when there is no such wait. */
  hastenWait(id: SaleId, key: string, at: Instant): Promise<void>;
  /** Joins another id of the same order to the sale. */
  alias(alias: SaleId, id: SaleId): Promise<void>;
  /** The sale an id stands for: the id itself unless it is an alias. */
  resolve(id: SaleId): Promise<SaleId>;
};

/** One link per mail; only the digest of its token is stored. */
export type Link = {
  saleId: SaleId;
  /** `customer`: form, own page, stop. `staff`: the page of one promise. */
  audience: 'customer' | 'staff';
  promise?: string;
  /** Who the mail went to, when it went to staff. */
  staff?: string;
  /** Of a link in a mail: which message it is. Mails of before had a row for each of the two (`sentMailDigest`). */
  message?: string;
  attempt?: number;
  expiresAt: Instant;
};

export type LinkStore = {
  keep(digest: string, link: Link): Promise<void>;
  find(digest: string, now: Instant): Promise<Link | undefined>;
  /** It leads nowhere any more. */
  drop(digest: string): Promise<void>;
};

/** How we stand with people, by the digest of their address (`personDigest`): a stop reaches every sale of theirs. */
export type PeopleStore = {
  /** Strongly consistent. */
  of(person: string): Promise<Standing>;
  suppress(person: string, classes: readonly MessageClass[], suppression: Suppression): Promise<void>;
  release(person: string, release: Release): Promise<void>;
  /** Claims the next ask: false when anything about the person has changed since `seen` was read. */
  touch(person: string, touch: Touch, seen: Standing): Promise<boolean>;
  reviewed(person: string, at: Instant): Promise<void>;
  /** Keeps only what protects them: which mails they do not want. */
  forget(person: string): Promise<void>;
};

export type Workflows = {
  /** True when started, false when an execution of this name exists or existed. */
  startFollowUp(name: string, input: unknown): Promise<boolean>;
  startPromise(name: string, input: unknown): Promise<boolean>;
  /** False when nobody waits with this token any more. */
  succeed(token: string, output: unknown): Promise<boolean>;
  fail(token: string, error: string, cause: string): Promise<boolean>;
  /** Whether the execution of this name is under way; what was started this very second may not be seen yet. */
  isPromiseRunning(name: string): Promise<boolean>;
};

export type Score = TurnResult & { saleId: SaleId; promise: PromiseId };

/** The desk's lists: computed from journals, rebuilt from them at any time, never asked before a send. */
export type PromiseLists = {
  /** Puts the row of an open promise, or moves it; written before the promise itself, so that none is ever without. */
  keep(row: PromiseRow, scored: number): Promise<void>;
  /** Takes a closed promise off the lists. */
  drop(sale: SaleId, promise: PromiseId, scored: number): Promise<void>;
  /** Of one owner, soonest due first; `dueBefore` excluded. Eventually consistent. */
  openOf(
    owner: string,
    options: { limit: number; dueBefore?: Instant | undefined; after?: string | undefined },
  ): Promise<Page<PromiseRow>>;
  /** Every open promise there is, in no order. */
  all(): AsyncIterable<PromiseRow>;
  /** Keeps how an owner's turn ended; writing it twice changes nothing. */
  score(score: Score): Promise<void>;
  /** Newest first. */
  scoresOf(owner: string, limit: number): Promise<Score[]>;
};

/** Who is booked when: one visit at a time for each provider. */
export type Bookings = {
  /** False when the provider has another visit then; taking the same time for the same `holder` again is fine. */
  reserve(provider: string, from: Instant, to: Instant, holder: string): Promise<boolean>;
  release(provider: string, from: Instant, to: Instant, holder: string): Promise<void>;
};

/** A request another system of the shop made. Its webhook id stands for one body, and for one doing of it. */
export type KnownRequest = {
  /** Digest of the body. */
  body: string;
  at: Instant;
  expiresAt: Instant;
  /** Of one that takes several goes: what is done, and what was begun and may be. */
  progress?: { count: number; begun: string[]; isDone: boolean };
};

export type RequestStore = {
  /** Remembers a request; what came under the digest before it, when something did, else the request itself. */
  remember(digest: string, request: KnownRequest): Promise<KnownRequest>;
  /** Notes how far it has come. */
  note(digest: string, request: KnownRequest): Promise<void>;
};

/** Who may come to the desk. Tokens are stored as digests; what has expired reads as absent. */
export type DeskStore = {
  /** One of the few mails a member may get within an hour; false when there is none left. */
  takeMail(member: string, now: Instant): Promise<boolean>;
  keepWayIn(digest: string, wayIn: { member: string; expiresAt: Instant }): Promise<void>;
  /** Whose way in it is, as long as it has not been used. */
  findWayIn(digest: string, now: Instant): Promise<string | undefined>;
  /** As `findWayIn`, and it is used now: of many at once one is told. */
  spendWayIn(digest: string, now: Instant): Promise<string | undefined>;
  openSession(digest: string, session: { member: string; expiresAt: Instant }): Promise<void>;
  findSession(digest: string, now: Instant): Promise<string | undefined>;
  endSession(digest: string, now: Instant): Promise<void>;
};

/** Answers not before a fixed time has passed, so that how long it took tells nothing. */
export type EvenPace = <T>(work: () => Promise<T>) => Promise<T>;

/** Wakes the person at the end of the ladder. No names, no words: it goes to phones. */
export type Pager = { page(message: { subject: string; text: string }): Promise<void> };

/** A note to a member of staff that comes with the next digest. */
export type HeldNote = { saleId: SaleId; promise: PromiseId; message: MessageKey; at: Instant };

export type StaffNotes = {
  /** Counts one more note to this person in this hour; false when they have had as many as `most` already. */
  count(staff: string, hour: string, most: number): Promise<boolean>;
  /** Keeps a note for the digest; keeping it twice keeps one. */
  hold(staff: string, note: HeldNote): Promise<void>;
  /** What waits for whom, and the day of their last daily list. */
  waiting(): Promise<{ staff: string; notes: HeldNote[]; listedOn: string | undefined }[]>;
  /** Takes notes off; false when another run has taken them. */
  release(staff: string, notes: readonly HeldNote[]): Promise<boolean>;
  /** False when the list of this day, or of a later one, was claimed already. */
  claimDay(staff: string, day: string): Promise<boolean>;
};

export type Ids = {
  /** 160 random bits, base32 lower case, 32 characters. */
  token(): string;
  /** Lower-case hex SHA-256. */
  digest(text: string): string;
};

export type Settings = { config: Configuration; contentDir: string; publicUrl: string };

export type IntakeQueue = { send(body: string): Promise<void> };
export type Secrets = { of(source: string, now: number): Promise<readonly string[]> };

/** What every handler that touches a sale needs. */
export type SalePorts = {
  settings: Settings;
  ids: Ids;
  sales: SaleStore;
  people: PeopleStore;
  links: LinkStore;
  workflows: Workflows;
  lists: PromiseLists;
  bookings: Bookings;
  search: PersonSearch;
  referrals: ReferralStore;
  outcomes: OutcomeCounts;
};

/** And those who may be asked to forget somebody. */
export type ForgetPorts = { forget: ForgetQueue; receipts: Receipts };

/** And the one that does it. */
export type ForgettingPorts = SalePorts &
  ForgetPorts & { shelf: ParkedShelf; box: PostBox; mails: MailArchive; scan: SaleScan };

/** And those that write mails. */
export type MailPorts = SalePorts & { mailer: Mailer; pauses: Pauses; held: HeldSales };

/** And the one that keeps promises. */
export type KeeperPorts = MailPorts & { pager: Pager; notes: StaffNotes };

/** And the one that looks after all of them. */
export type SweeperPorts = MailPorts & { notes: StaffNotes };

/** And the staff desk. */
export type DeskPorts = MailPorts & ForgetPorts & { desk: DeskStore; evenPace: EvenPace; box: PostBox };

/** What it takes to know who is at the desk. */
export type SeatPorts = Pick<DeskPorts, 'settings' | 'ids' | 'desk'>;

/** And to show them a mail as it arrived. */
export type ReadMailPorts = SeatPorts & { sales: SaleStore; box: PostBox; mails: MailArchive };
