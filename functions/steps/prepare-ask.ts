/**
 * Whether a question may go out now, and the claim on its turn: of several sales of one person that want to ask in the
 * same instant, one gets it. The turn is taken before the mail is claimed, so a crash in between leaves a turn of this
 * very message, which never holds back itself.
 */
import type { MailPorts } from '../adapters/ports.ts';
import type { Decision } from '../core/conversation/entries.ts';
import { Busy } from '../core/errors.ts';
import { Instant } from '../core/ids.ts';
import { isSuppressed, type Standing, type Touch } from '../core/person/standing.ts';
import type { Sale } from '../core/sale.ts';
import { isTooLate, stateOf } from '../core/touch.ts';
import { type Held, heldBack } from '../core/when/cap.ts';
import { type AskName, betterMoment, goDecision, validUntil } from '../core/when/decide.ts';
import { askMoment } from '../core/when/moment.ts';
import { personDigest } from './digests.ts';
import { type Hold, holdOn, noteHold } from './hold.ts';
import { findSale } from './load.ts';

export type Prepared =
  | { kind: 'go'; why: Decision }
  /** `hold`: because of a pause. */
  | { kind: 'later'; until: Instant; why: Decision; hold?: Hold }
  /** They said stop in this very moment. */
  | { kind: 'stopped' };

type Asking = {
  sale: Sale;
  message: AskName;
  now: string;
  retry: number;
  /** How we stand with the person, as it was read a moment ago: who has changed it since refuses the turn. */
  standing: Standing | undefined;
};

/** A turn counts when its mail went out, or may still go out; not when it was dropped or refused. */
const wasUsed = async (ports: MailPorts, touch: Touch): Promise<boolean> => {
  const found = await findSale(ports, touch.saleId);
  const state = found === undefined ? 'skipped' : stateOf(found.sale.journal, touch.message);
  return state === 'out' || state === 'not-begun';
};

const heldNow = async (
  ports: MailPorts,
  { touches }: Standing,
  { sale, message, now }: Asking,
): Promise<Held | undefined> => {
  const { asking } = ports.settings.config;
  const ask = { message, saleId: sale.id };
  const unused: Touch[] = [];
  for (;;) {
    const counted = touches.filter((touch) => !unused.includes(touch));
    const held = heldBack(asking, counted, ask, now);
    if (held === undefined) return undefined;
    /* Only now is it worth looking whether those mails really went out. */
    const before = unused.length;
    for (const touch of held.by) if (!(await wasUsed(ports, touch))) unused.push(touch);
    if (unused.length === before) return held;
  }
};

/** A loser reads once more; more than a few in one instant are tried again later. */
const MOST_TRIES = 3;

const takeTurn = async (ports: MailPorts, asking: Asking, email: string): Promise<Prepared> => {
  const { sale, message, now } = asking;
  const { config } = ports.settings;
  const person = personDigest(ports.ids, email);
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const isFirst = tries === 0;
    const seen = (isFirst ? asking.standing : undefined) ?? (await ports.people.of(person));
    if (isSuppressed(seen, message === 'review-ask' ? 'review' : 'check-in')) return { kind: 'stopped' };
    const held = await heldNow(ports, seen, asking);
    if (held !== undefined)
      return { kind: 'later', until: askMoment(config, sale.record, held.until).at, why: held.why };
    const turn = { at: Instant.parse(now), message, saleId: sale.id };
    if (await ports.people.touch(person, turn, seen))
      return { kind: 'go', why: goDecision(config, sale, now) };
  }
  throw new Busy('Others are asking this person in the same moment');
};

export const prepareAsk = async (ports: MailPorts, asking: Asking): Promise<Prepared> => {
  const { sale, message, now, retry } = asking;
  const { config } = ports.settings;
  const { email } = sale.customer;
  /* Too late is told by `deliver`, and without an address nothing is sent: neither needs a turn. */
  const isPointless = email === undefined || isTooLate(validUntil(config, sale, message), now, retry);
  if (isPointless) return { kind: 'go', why: goDecision(config, sale, now) };
  const better = betterMoment(config, sale, message, now);
  if (better !== undefined) return { kind: 'later', ...better };
  /* Before it takes a turn: a question that stands still must not keep others of this person waiting. */
  const hold = await holdOn(ports, sale, message, now);
  if (hold !== undefined) return { kind: 'later', until: hold.until, why: hold.why, hold };
  return takeTurn(ports, asking, email);
};

/** Writes down that a question waits, and until when. */
export const notePutOff = async (
  ports: MailPorts,
  sale: Sale,
  message: AskName,
  { until, why, hold }: Extract<Prepared, { kind: 'later' }>,
  now: Instant,
): Promise<void> => {
  if (hold === undefined)
    await ports.sales.append(sale.id, { type: 'deferred', at: now, message, until, why });
  else await noteHold(ports, sale, message, hold, now);
};
