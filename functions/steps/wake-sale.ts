/**
 * Says and asks what a pause has held back of one sale. Everything here is done by the ways it is done without a pause, so
 * doing it again changes nothing: a message is claimed once, and a wait that was woken cannot be woken again.
 */
import type { SweeperPorts } from '../adapters/ports.ts';
import { isReviewAhead } from '../core/after/review.ts';
import { isBefore } from '../core/calendar.ts';
import type { Instant, SaleId } from '../core/ids.ts';
import { entriesOf } from '../core/journal.ts';
import {
  doubtfulMessages,
  type HeldMessage,
  heldMessages,
  isHeldMessage,
  RESUMED,
} from '../core/operations/pause.ts';
import { promisePlan } from '../core/plan.ts';
import { isClosed, type OwedPromise } from '../core/promises/promise.ts';
import { verdictMessage } from '../core/promises/verdict.ts';
import { promiseOf, type Sale } from '../core/sale.ts';
import { movedReview } from '../core/signals.ts';
import { isStillToCome } from '../core/touch.ts';
import { isAsk } from '../core/when/decide.ts';
import { putOff } from '../core/when/put-off.ts';
import { tellOwnerToRing, type WhyByPhone } from './by-phone.ts';
import { receiptMail } from './compose-owed.ts';
import { unclearMessage } from './compose-staff.ts';
import { findSale, type Loaded } from './load.ts';
import { sayNotices, sayOne } from './say-notices.ts';
import { send } from './task.ts';
import { FOLLOW_UP, startRound, tellWorkflow } from './tell-workflow.ts';
import { thankForAnswer } from './thank.ts';
import { tellOwnerItIsUnclear } from './unclear.ts';

type When = { now: Instant; retry: number };

const isInDoubt = (sale: Sale, message: string, now: Instant): boolean =>
  doubtfulMessages(sale, now).some((one) => one.message === message);

/** Also what a run before this one has begun and, dying, left to nobody: that it is unclear is to be said. */
const isLeftToSay = (sale: Sale, message: string, now: Instant): boolean =>
  isHeldMessage(sale, message, now) || isInDoubt(sale, message, now);

/** Where the review is waited for, the wait begins anew; where the round ended because it could not wait, another one asks. */
const wakeReview = async (ports: SweeperPorts, id: SaleId, now: Instant): Promise<void> => {
  const found = await findSale(ports, id);
  if (found === undefined || !isReviewAhead(ports.settings.config, found.sale)) return;
  const { sale, stored } = found;
  if (sale.isRoundOver) return startRound(ports, sale, sale.round + 1, now);
  const waiter = stored.waiters.find(({ key, position }) => key === FOLLOW_UP && position === 'review');
  if (waiter === undefined) return;
  const plan = movedReview(ports.settings.config, sale, waiter.until, now);
  if (plan !== undefined) await send(ports, waiter.token, { kind: 'failure', error: 'Rescheduled', plan });
};

/** Those of a pause that was ended early need not wait for its end; the others have a day of their own after it. */
const wakeQuestions = async (
  ports: SweeperPorts,
  { sale }: Loaded,
  held: readonly HeldMessage[],
  now: Instant,
): Promise<void> => {
  const early = held.filter(({ message, until }) => isAsk(message) && isBefore(now, until));
  for (const { message } of early)
    await ports.sales.append(sale.id, { type: 'deferred', at: now, message, until: now, why: RESUMED });
  /* Also what a run before this one has noted and, dying, told nobody. */
  const isNoted = (message: string) =>
    putOff(sale.journal, message)?.why.rule === RESUMED.rule && isStillToCome(sale.journal, message);
  const isEarly = (message: string) => early.some((one) => one.message === message) || isNoted(message);
  if (isEarly('check-in') || isEarly('reminder')) await tellWorkflow(ports, sale.id, now);
  const isReviewHeld = held.some(({ message }) => message === 'review-ask');
  if (isReviewHeld || isNoted('review-ask')) await wakeReview(ports, sale.id, now);
};

/** The customer has as long to answer as always: the question's own state begins again. */
const wakeVerdict = async (
  ports: SweeperPorts,
  { sale, stored }: Loaded,
  promise: OwedPromise,
  now: Instant,
): Promise<void> => {
  const isHeld = [false, true].some((isAgain) => isHeldMessage(sale, verdictMessage(promise, isAgain), now));
  if (promise.status !== 'proposed' || !isHeld) return;
  const waiter = stored.waiters.find(
    ({ key, position }) => key === promise.id && (position === 'ask' || position === 'again'),
  );
  if (waiter === undefined) return;
  const plan = promisePlan(ports.settings.config, sale, promise, now, waiter.cycle);
  await send(ports, waiter.token, { kind: 'failure', error: 'Rescheduled', plan });
};

/** To the owner, once: no mail reaches this customer, or one came back. */
const wakeByPhone = async (
  ports: SweeperPorts,
  { sale }: Loaded,
  promise: OwedPromise,
  when: When,
): Promise<void> => {
  if (isClosed(promise)) return;
  const note = (name: string) => `${promise.id}/${name}#${promise.strikes + 1}`;
  const reasons: [string, WhyByPhone][] = [
    ['came-back', 'came-back'],
    ['by-phone', entriesOf(sale.journal, 'complained').length > 0 ? 'complaint' : 'bounced'],
  ];
  for (const [name, reason] of reasons)
    if (isLeftToSay(sale, note(name), when.now)) await tellOwnerToRing(ports, sale, promise, reason, when);
};

const wakePromise = async (
  ports: SweeperPorts,
  loaded: Loaded,
  promise: OwedPromise,
  when: When,
): Promise<void> => {
  const { sale } = loaded;
  /* The receipt for an answer is the FollowUp's, every other notice the promise's own. */
  const isReceiptHeld = isLeftToSay(sale, `${promise.id}/receipt`, when.now);
  if (promise.reply !== undefined && isReceiptHeld && sale.customer.email !== undefined)
    await sayOne(ports, sale, promise, { mail: receiptMail(ports, sale, promise, when.now) }, when);
  await wakeByPhone(ports, loaded, promise, when);
  await sayNotices(ports, sale, promise, when);
  await wakeVerdict(ports, loaded, promise, when.now);
};

const PROMISE = /^([a-z]+-\d+)\//;

/** Nobody is told that the note may be lost that tells of a mail that may be lost. */
const isNote = (message: string): boolean => message.startsWith('unclear/');

/** False when there is no such sale any more, or nobody to write to. */
export const wakeSale = async (ports: SweeperPorts, id: SaleId, now: Instant): Promise<boolean> => {
  const loaded = await findSale(ports, id);
  if (loaded === undefined || loaded.sale.isErased) return false;
  const { sale } = loaded;
  const when = { now, retry: 0 };
  const held = heldMessages(sale, now);
  await wakeQuestions(ports, loaded, held, now);
  const toSay = [...held, ...doubtfulMessages(sale, now)];
  const promises = new Set(toSay.flatMap(({ message }) => PROMISE.exec(message)?.[1] ?? []));
  for (const one of promises) {
    const promise = promiseOf(sale, one);
    if (promise !== undefined) await wakePromise(ports, loaded, promise, when);
  }
  for (const { message } of entriesOf(sale.journal, 'unclear').filter((one) => !isNote(one.message)))
    if (isLeftToSay(sale, unclearMessage(message), now) || isInDoubt(sale, message, now))
      await tellOwnerItIsUnclear(ports, sale, message, now, 0);
  if (toSay.some(({ message }) => message === 'thank-you' || message === 'made-it-great'))
    await thankForAnswer(ports, sale, now, 0);
  return true;
};
