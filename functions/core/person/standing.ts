/**
 * How we stand with a person, whatever they buy: what they do not want to get, and what they got lately. Kept under the
 * digest of their address.
 */
import * as z from 'zod';
import { toEpochMs } from '../calendar.ts';
import { Instant, SaleId } from '../ids.ts';

/** `owed`: about something promised to them; `check-in`: asks how it is going; `review`: review and referral. */
export const MessageClass = z.literal(['owed', 'check-in', 'review']);
export type MessageClass = z.output<typeof MessageClass>;

/** What a stop ends when it does not say what: everything that asks, nothing that is owed. */
export const ASKING: readonly MessageClass[] = ['check-in', 'review'];
/** No mail can or may reach them at all. */
export const ALL_MAIL: readonly MessageClass[] = ['owed', ...ASKING];

export const Suppression = z.strictObject({
  since: Instant,
  /** They asked, they marked a mail as spam, or their address takes no mail. */
  because: z.literal(['asked', 'complaint', 'bounce']),
  method: z.string().max(40),
  /** What shows it: the user agent of a press, the mail server's words. */
  evidence: z.string().max(500).optional(),
  saleId: SaleId.optional(),
});
export type Suppression = z.output<typeof Suppression>;

export const Release = z.strictObject({
  at: Instant,
  /** `customer` or a staff id. */
  by: z.string().max(60),
  reason: z.string().max(300).optional(),
  classes: z.array(MessageClass),
});
export type Release = z.output<typeof Release>;

/** A message that asked something of them. */
export const Touch = z.strictObject({ at: Instant, message: z.string(), saleId: SaleId });
export type Touch = z.output<typeof Touch>;

export const Standing = z.strictObject({
  suppressed: z.partialRecord(MessageClass, Suppression),
  /** Newest last. */
  releases: z.array(Release),
  /** Newest last, of the last weeks. */
  touches: z.array(Touch),
  /** They wrote a review. */
  reviewedAt: Instant.optional(),
  /** Counts changes, so that two writers notice each other. */
  version: z.int().min(0),
});
export type Standing = z.output<typeof Standing>;

export const UNKNOWN: Standing = { suppressed: {}, releases: [], touches: [], version: 0 };

const ASKING_MESSAGES: readonly string[] = ['check-in', 'reminder', 'thank-you', 'made-it-great'];

/** To which class a message belongs, by its key in the journal. */
export const classOf = (message: string): MessageClass => {
  if (ASKING_MESSAGES.includes(message)) return 'check-in';
  return message === 'review-ask' || message === 'referral' ? 'review' : 'owed';
};

/** Why nothing of this class may reach them. What is owed is not stopped by asking: only where mail cannot or must not go. */
export const whySuppressed = (
  { suppressed }: Standing,
  of: MessageClass,
): Suppression['because'] | undefined => {
  const because = suppressed[of]?.because;
  return of === 'owed' && because === 'asked' ? undefined : because;
};

export const isSuppressed = (standing: Standing, of: MessageClass): boolean =>
  whySuppressed(standing, of) !== undefined;

/** A later word never takes back an earlier reason that weighs more: a complaint stays a complaint. */
const WEIGHT = { asked: 0, bounce: 1, complaint: 2 } as const;

export const suppress = (
  standing: Standing,
  classes: readonly MessageClass[],
  suppression: Suppression,
): Standing => {
  const suppressed = { ...standing.suppressed };
  for (const one of classes) {
    const known = suppressed[one];
    if (known === undefined || WEIGHT[suppression.because] > WEIGHT[known.because])
      suppressed[one] = suppression;
  }
  return { ...standing, suppressed };
};

const MOST_RELEASES = 20;

/** A press on a page takes back what a press has stopped; what a mail server or a complaint says, a person releases. */
const mayRelease = ({ by, classes }: Release, name: string, { because }: Suppression): boolean =>
  classes.some((one) => one === name) && (by !== 'customer' || because === 'asked');

export const release = (standing: Standing, given: Release): Standing => {
  const suppressed = Object.fromEntries(
    Object.entries(standing.suppressed).filter(([name, known]) => !mayRelease(given, name, known)),
  );
  return { ...standing, suppressed, releases: [...standing.releases, given].slice(-MOST_RELEASES) };
};

/** Longer than any rule looks back. */
const TOUCHES_DAYS = 60;
const MOST_TOUCHES = 60;
const DAY_MS = 86_400_000;

/** Adds an ask; the same one twice is one. */
export const withTouch = (standing: Standing, touch: Touch): Standing => {
  const recent = standing.touches.filter(
    ({ at, message, saleId }) =>
      toEpochMs(touch.at) - toEpochMs(at) < TOUCHES_DAYS * DAY_MS &&
      (message !== touch.message || saleId !== touch.saleId),
  );
  return { ...standing, touches: [...recent, touch].slice(-MOST_TOUCHES) };
};

/** What is kept of somebody who asked to be forgotten: which mails they do not want, and nothing that tells who they are. */
export const forgotten = ({ suppressed, version }: Standing): Standing => ({
  suppressed: Object.fromEntries(
    Object.entries(suppressed).map(([name, { since, because, method }]) => [
      name,
      { since, because, method },
    ]),
  ),
  releases: [],
  touches: [],
  version,
});
