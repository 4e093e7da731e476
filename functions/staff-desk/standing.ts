/** What may be written to the person of a sale: shown, released and stopped by staff, always with a reason. */
import { ALL_MAIL, ASKING, MessageClass, type Standing, whySuppressed } from '../core/person/standing.ts';
import type { Sale } from '../core/sale.ts';
import { memberOf } from '../core/staff.ts';
import type { DeskError } from '../pages/desk/desk-error.ts';
import { STANDING_FIELDS as F, type StandingView } from '../pages/desk/standing.ts';
import { confirmAnswer, heldAnswer } from '../steps/confirm-answer.ts';
import { personDigest } from '../steps/digests.ts';
import { resumeSales, stopPerson } from '../steps/stop-person.ts';
import { tellOrLeave } from '../steps/tell-workflow.ts';
import type { AtDesk } from './at-desk.ts';

const LONGEST_REASON = 300;

const personOf = ({ ports }: AtDesk, { customer }: Sale): string | undefined =>
  customer.email === undefined ? undefined : personDigest(ports.ids, customer.email);

const heldOf = ({ when }: AtDesk, sale: Sale): StandingView['held'] => {
  const held = heldAnswer(sale);
  if (held === undefined) return undefined;
  const { rating } = held.reply;
  return {
    n: held.n,
    at: when(held.at),
    rating: rating === undefined ? undefined : `${rating}`,
    words: held.private?.words,
  };
};

/** Undefined where there is no address to stand in any relation to. */
export const standingView = async (at: AtDesk, sale: Sale): Promise<StandingView | undefined> => {
  const person = personOf(at, sale);
  if (person === undefined) return undefined;
  const { ports, when, words } = at;
  const { config } = ports.settings;
  const standing: Standing = await ports.people.of(person);
  return {
    classes: ALL_MAIL.map((of) => {
      const known = whySuppressed(standing, of) === undefined ? undefined : standing.suppressed[of];
      if (known === undefined) return { of, stopped: undefined };
      const { since, because, method, evidence } = known;
      return { of, stopped: { since: when(since), because, method, evidence } };
    }),
    releases: standing.releases.map((one) => ({
      at: when(one.at),
      name: memberOf(config, one.by)?.name ?? words.say('standing.customer'),
      reason: one.reason,
    })),
    held: heldOf(at, sale),
  };
};

const reasonIn = (form: URLSearchParams, field: string): string | DeskError => {
  const reason = form.get(field)?.trim() ?? '';
  if (reason === '') return { field, message: 'standing.error.reason-missing' };
  return reason.length > LONGEST_REASON ? { field, message: 'standing.error.reason-long' } : reason;
};

/** Undefined when it is done. */
export const releaseMails = async (
  at: AtDesk,
  sale: Sale,
  form: URLSearchParams,
): Promise<DeskError | undefined> => {
  const { ports, seat, now } = at;
  const person = personOf(at, sale);
  const of = MessageClass.safeParse(form.get(F.releaseClass));
  if (person === undefined || !of.success) return { field: F.releaseClass, message: 'desk.error.other' };
  const reason = reasonIn(form, F.releaseReason);
  if (typeof reason !== 'string') return reason;
  const because = whySuppressed(await ports.people.of(person), of.data);
  if (because === 'complaint' && form.get(F.asked) !== 'yes')
    return { field: F.asked, message: 'standing.error.not-asked' };
  await ports.people.release(person, { at: now, by: seat.member.id, reason, classes: [of.data] });
  /* What the journals say of a stop is taken back with it; where reviews stay stopped, the standing sees to that. */
  const isAskingAgain = whySuppressed(await ports.people.of(person), 'check-in') === undefined;
  if (isAskingAgain && of.data !== 'owed') await resumeSales(ports, sale, now);
  return undefined;
};

/** On behalf of the customer, who said so on the phone or in the shop. */
export const stopMails = async (
  { ports, seat, now }: AtDesk,
  sale: Sale,
  form: URLSearchParams,
): Promise<DeskError | undefined> => {
  const reason = reasonIn(form, F.stopReason);
  if (typeof reason !== 'string') return reason;
  const evidence = `${seat.member.name}: ${reason}`;
  await stopPerson(ports, sale, {
    suppressed: form.get(F.stopWhat) === 'review' ? ['review'] : ASKING,
    suppression: { since: now, because: 'asked', method: 'staff', evidence, saleId: sale.id },
    method: 'staff',
    now,
  });
  return undefined;
};

/** Somebody has spoken with the customer: the answer is theirs. */
export const confirmHeld = async (
  { ports, now }: AtDesk,
  sale: Sale,
  form: URLSearchParams,
): Promise<DeskError | undefined> => {
  const held = heldAnswer(sale);
  if (held === undefined || String(held.n) !== form.get('n'))
    return { field: 'standing', message: 'desk.error.changed' };
  await confirmAnswer(ports, sale, held, now);
  await tellOrLeave(ports, sale.id, now);
  return undefined;
};
