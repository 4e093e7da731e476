/** What the page of one promise shows to staff, and what it lets them do. */
import type { ActName } from '../core/promises/staff-acts.ts';
import type { HiddenFields } from './form-parts.ts';
import type { PageWords } from './words.ts';

export type StaffError = {
  /** The name and id of a field, or `act` for the page as a whole. */
  field: string;
  message:
    | 'act-missing'
    | 'press-again'
    | 'already-closed'
    | 'no-address'
    | 'already-taken'
    | 'already-said'
    | 'customer-asked'
    | 'not-yours'
    | 'level-too-low'
    | 'what-missing'
    | 'reason-missing'
    | 'words-too-long'
    | 'to-missing'
    | 'to-unknown'
    | 'time-missing'
    | 'time-past'
    | 'time-order'
    | 'time-too-far'
    | 'window-too-long'
    | 'minutes-wrong'
    | 'provider-unknown'
    | 'provider-busy'
    | 'not-a-visit'
    | 'no-booking'
    | 'has-booking'
    | 'visit-ahead'
    | 'window-over'
    | 'nothing-to-accept'
    | 'too-early'
    | 'too-often'
    | 'overtaken';
};

/** The one thing to do now, or why there is nothing to do. */
export type StaffNext =
  | { kind: 'act'; act: 'take' | 'tell' | 'done' | 'book' | 'accept' | 'on-my-way' }
  | { kind: 'visit-ahead' }
  | { kind: 'on-the-way' }
  | { kind: 'offered'; when: string; until: string }
  /** Booked, and nobody who may has answered for it by name. */
  | { kind: 'unanswered' }
  | { kind: 'not-yours' }
  | { kind: 'proposed'; what: string }
  | { kind: 'closed'; outcome: 'kept' | 'assumed' | 'void' };

export type VisitView = {
  when: string;
  provider: string;
  place?: string | undefined;
  bring?: string | undefined;
  isConfirmed: boolean;
  onTheWaySince?: string | undefined;
  /** After two misses: who answers for it, or that nobody does yet. */
  answeredBy?: string | undefined;
  isPending: boolean;
};

export type EarlierVisit = {
  when: string;
  provider: string;
  how: 'provider' | 'customer' | 'unknown' | 'changed';
};

type Person = { id: string; name: string };

/** What the forms begin with. */
export type StaffChoices = {
  /** To whom it can be handed over; who can go there. */
  staff: readonly Person[];
  providers: readonly Person[];
  /** Who is proposed to go, and instead of whom after two misses. */
  provider: string;
  insteadOf?: string | undefined;
  from: string;
  until: string;
  place: string;
  bring: string;
  /** The earliest time the pickers let through: now, in the zone of the field. */
  notBefore: { shop: string; venue: string };
  /** Named when shop and venue keep different time. */
  zones?: { shop: string; venue: string } | undefined;
  /** After two misses: whether the reader may answer for the visit, and who else could. */
  naming?: { canAnswer: boolean; names: string } | undefined;
};

export type StaffNotice =
  | { kind: ActName; name?: string | undefined; when?: string | undefined }
  /** It is put down, and nobody answers for it yet. */
  | { kind: 'book-pending'; when: string };

export type StaffPromiseView = {
  words: PageWords;
  /** Takes the POST with `act`. */
  action: string;
  shopName: string;
  itemTitle: string;
  orderNumber: string;
  /** Who has it open. */
  readerName: string;
  customer: { name: string; phone?: string | undefined; email?: string | undefined };
  promise: {
    kind: 'call' | 'visit' | 'answer' | 'resolve';
    /** Local date and time, and how far off it is: `Thu 26 Nov, 14:00`, `2 h 10 min left`. */
    due: string;
    timeLeft: string;
    isLate: boolean;
    ownerName: string;
    level: 0 | 1 | 2;
    strikes: number;
    /** The sentence that was promised, or the customer's question. */
    words?: string | undefined;
    isQuestion: boolean;
    /** The customer was told of it. */
    isKnown: boolean;
  };
  visit?: VisitView | undefined;
  /** Oldest first. */
  earlier: readonly EarlierVisit[];
  /** What the customer said, as far as they said it. */
  reply?:
    | {
        rating?: '1' | '2' | '3' | '4' | '5' | undefined;
        words?: string | undefined;
        wish?: 'fix' | 'replace' | 'refund' | 'listen' | undefined;
        wantsCall?: boolean;
      }
    | undefined;
  next: StaffNext;
  /** What else can be done now, folded away. */
  more: readonly ActName[];
  choices: StaffChoices;
  /** Oldest first; `at` is a local date and time. */
  story: readonly { at: string; what: string }[];
  /** What was just done on this page; shown once after the POST. */
  notice?: StaffNotice | undefined;
  /** What was typed, by field. */
  values?: Readonly<Record<string, string>> | undefined;
  error?: StaffError | undefined;
  /** Stands in every form. */
  hidden?: HiddenFields | undefined;
};
