/**
 * The kill switch: while a pause is in force no mail leaves for the sales it is about. It defers and never drops: what is
 * owed goes on being owed and due, and whatever was held back is said or asked when the pause is over.
 */
import * as z from 'zod';
import { isBefore, laterOf, toEpochMs, toInstant } from '../calendar.ts';
import type { Configuration } from '../configuration.ts';
import type { Decision } from '../conversation/entries.ts';
import { Instant, isCanary, SourceName } from '../ids.ts';
import { type Entry, entriesOf } from '../journal.ts';
import type { Sale, SaleRecord } from '../sale.ts';
import { spread } from '../staff.ts';
import { decideSend } from '../touch.ts';
import { askMoment } from '../when/moment.ts';

/** What stands still: everything, the sales of one shop connection, or those of one journey. */
export const Paused = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('all') }),
  z.strictObject({ of: z.literal('source'), name: SourceName }),
  z.strictObject({ of: z.literal('journey'), name: z.string().min(1).max(60) }),
]);
export type Paused = z.output<typeof Paused>;

export const Pause = z.strictObject({
  what: Paused,
  from: Instant,
  until: Instant,
  /** Who pressed the button. */
  by: z.string().max(100),
  /** For staff and ops to read; never in a journal, a log line or a metric. */
  reason: z.string().min(1).max(300),
});
export type Pause = z.output<typeof Pause>;

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** Without a word about its end. */
export const PAUSE_HOURS = 24;
/** A longer one must be renewed: each week somebody has to want it again. */
export const LONGEST_PAUSE_HOURS = 7 * 24;
/** Questions that waited are spread over so many minutes, so that not all customers answer at once. */
const SPREAD_MINUTES = 60;

/** `all`, `source shopify`, `journey goods`: one pause for each; the newest word counts. */
export const pausedName = (what: Paused): string => (what.of === 'all' ? what.of : `${what.of} ${what.name}`);

/** A state that is tried again brings an old instant, so when it began is not asked. */
export const isInForce = ({ until }: Pause, now: string): boolean => toEpochMs(now) < toEpochMs(until);

export const HELD_SHARDS = 16;
/** Where the row of a sale stands that waits for the end of a pause. */
export const heldShard = (saleId: string): number => spread(saleId) % HELD_SHARDS;

type Held = Pick<SaleRecord, 'id' | 'source' | 'journeyName'>;

const isAbout = ({ what }: Pause, sale: Held): boolean => {
  switch (what.of) {
    case 'all':
      return true;
    case 'source':
      return sale.source === what.name;
    case 'journey':
      return sale.journeyName === what.name;
  }
};

/**
 * The pause that holds this sale, the one that ends last. The synthetic sale is never held: its mails reach nobody, and
 * while everything else stands still it is what shows that the machine works.
 */
export const pauseOf = (pauses: readonly Pause[], sale: Held, now: string): Pause | undefined =>
  isCanary(sale.id)
    ? undefined
    : pauses
        .filter((pause) => isInForce(pause, now) && isAbout(pause, sale))
        .reduce<Pause | undefined>(
          (last, pause) =>
            last === undefined || laterOf(last.until, pause.until) !== last.until ? pause : last,
          undefined,
        );

/** Everything stands still: also what is about no sale, as the lists to staff. */
export const pauseOfAll = (pauses: readonly Pause[], now: string): Pause | undefined =>
  pauses.find((pause) => pause.what.of === 'all' && isInForce(pause, now));

export const PAUSED = 'paused';

/** As the journal says it: which pause, until when. Its reason stays with the pause. */
export const pausedDecision = ({ what, until }: Pause): Decision => ({
  rule: PAUSED,
  inputs: { what: pausedName(what), until },
});

/** As the journal says it of a question that need not wait for the end of a pause any more. */
export const RESUMED: Decision = { rule: 'resumed', inputs: {} };

/** When a question is asked that a pause holds: a minute of the hour after it that is the sale's own, in hours one may ask in. */
export const askAfterPause = (config: Configuration, record: SaleRecord, { until }: Pause): Instant => {
  const minute = (spread(record.id) % SPREAD_MINUTES) * MINUTE_MS;
  return askMoment(config, record, toInstant(toEpochMs(until) + minute)).at;
};

/** A message that a pause held back and that has not been said since; `until`: the end of that pause. */
export type HeldMessage = { message: string; until: Instant };

const UntilOf = z.object({ until: Instant });

/** What was put off last because of a pause: undefined when another rule had the last word. */
const heldLast = (journal: readonly Entry[], message: string): Instant | undefined => {
  const last = entriesOf(journal, 'deferred').findLast((entry) => entry.message === message);
  return last?.why.rule === PAUSED ? UntilOf.safeParse(last.why.inputs).data?.until : undefined;
};

type Standing = ReturnType<typeof decideSend>;

const messagesOf = (
  { journal }: Pick<Sale, 'journal'>,
  now: string,
  isMeant: (standing: Standing) => boolean,
): HeldMessage[] => {
  const messages = new Set(
    entriesOf(journal, 'deferred').flatMap(({ message, why }) => (why.rule === PAUSED ? [message] : [])),
  );
  return [...messages].flatMap((message) => {
    const until = heldLast(journal, message);
    return until !== undefined && isMeant(decideSend(journal, message, now, 0)) ? [{ message, until }] : [];
  });
};

/** Everything of this sale that waits because of a pause, also of one that is over. */
export const heldMessages = (sale: Pick<Sale, 'journal'>, now: string): HeldMessage[] =>
  messagesOf(sale, now, ({ kind }) => kind === 'send');

/** What was begun after a pause and of which nobody knows how it ended: its run may have told nobody so. */
export const doubtfulMessages = (sale: Pick<Sale, 'journal'>, now: string): HeldMessage[] =>
  messagesOf(sale, now, ({ kind }) => kind === 'in-flight' || kind === 'unclear');

export const isHeldMessage = (sale: Pick<Sale, 'journal'>, message: string, now: string): boolean =>
  heldMessages(sale, now).some((held) => held.message === message);

/** The journal says already that this message waits for the end of this pause. */
export const isNotedAsHeld = (journal: readonly Entry[], message: string, { until }: Pause): boolean =>
  heldLast(journal, message) === until;

const LONGEST_MS = LONGEST_PAUSE_HOURS * HOUR_MS;

/** Why a pause may not last until then; undefined when it may. */
export const whyNotUntil = (from: string, until: string): 'over already' | 'too long' | undefined => {
  const length = toEpochMs(until) - toEpochMs(from);
  if (length <= 0) return 'over already';
  return length > LONGEST_MS ? 'too long' : undefined;
};

const SETTLE_MS = 15 * MINUTE_MS;

/** Longer ago than any run lasts that may still write down whom a pause held. */
export const overSince = (until: string, now: string): boolean =>
  toEpochMs(now) - toEpochMs(until) > SETTLE_MS;

/** When whoever wakes has something to do again, as far as is known; null: not before something is written. */
export const wakeRestsUntil = (
  { pauses, endedUntil }: { pauses: readonly Pause[]; endedUntil: Instant | undefined },
  { isDone, failed, nextAt }: { isDone: boolean; failed: number; nextAt: Instant | undefined },
  now: Instant,
): Instant | null => {
  if (!isDone || failed > 0) return now;
  const settled = (until: string) => toInstant(toEpochMs(until) + SETTLE_MS + 1);
  const ends = pauses.flatMap(({ until }) => [until, settled(until)]);
  return [...ends, nextAt, endedUntil === undefined ? undefined : settled(endedUntil)].reduce<Instant | null>(
    (soonest, at) =>
      at === undefined || !isBefore(now, at) || (soonest !== null && !isBefore(at, soonest)) ? soonest : at,
    null,
  );
};
