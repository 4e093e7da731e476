import type { ForgetPorts, SalePorts } from '../adapters/ports.ts';
import { askedQuestion, type CustomerAct, decideCustomerAct } from '../core/promises/customer-acts.ts';
import type { CustomerDecided } from '../core/promises/customer-decision.ts';
import { answerDue } from '../core/promises/deadlines.ts';
import type { OwedPromise } from '../core/promises/promise.ts';
import { isPhoneNumber } from '../core/reply.ts';
import { promiseOf, type Sale } from '../core/sale.ts';
import { presentOwner } from '../core/staff.ts';
import { formatInstant } from '../messages/format.ts';
import { createPage, type Page, type Visit } from '../middleware/page.ts';
import { REVIEWED } from '../pages/after.ts';
import {
  type CustomerNotice,
  type CustomerPageError,
  PHONE,
  PRIVACY,
  QUESTION,
} from '../pages/customer-page.ts';
import { commit } from '../steps/commit.ts';
import { findSale } from '../steps/load.ts';
import { showCode } from '../steps/referral.ts';
import { tellOrLeave } from '../steps/tell-workflow.ts';
import { createPrivacy, privacyActIn } from './privacy.ts';
import { type Pressed, readAct } from './read-act.ts';
import { isReviewedPress, recordReviewed } from './reviewed.ts';
import { firstShown, type Shown, showPage } from './show.ts';

/** Two people at once each want the next number; the loser looks again. */
const MOST_TRIES = 20;

type Outcome =
  | { notice: (sale: Sale) => CustomerNotice | undefined }
  | { error: CustomerPageError['message'] };

/** The customer's own page: what is owed to them, and the buttons that only they may press. */
export const createHandler = (ports: SalePorts & ForgetPorts) => {
  const { settings } = ports;
  const privacy = createPrivacy(ports);
  const { config } = settings;

  const page = async (visit: Visit, sale: Sale, more: Shown = {}): Promise<Page> => ({
    html: showPage(ports, visit, sale, {
      ...more,
      friend: await showCode(ports, sale, visit.words.locale),
    }),
    ...(more.error === undefined ? {} : { status: 400 }),
  });

  const record = async (
    { sale, now }: Visit,
    decide: (sale: Sale) => CustomerDecided,
    notice: (sale: Sale) => CustomerNotice | undefined,
  ): Promise<Outcome> => {
    let fresh = sale;
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const decided = decide(fresh);
      if ('refusal' in decided) return { error: decided.refusal };
      const written = await commit(ports, fresh, decided.entries);
      if (written === 'provider-busy') return { error: 'time-taken' };
      if (written === 'done') {
        await tellOrLeave(ports, sale.id, now);
        return { notice };
      }
      fresh = (await findSale(ports, sale.id))?.sale ?? fresh;
    }
    throw new Error(`No number was free for what the customer of sale ${sale.id} said`);
  };

  const ownerName = (sale: Sale, promise: OwedPromise | undefined, now: string): string =>
    presentOwner(config, promise?.owner ?? sale.record.owner, sale.id, now).name;

  const noticeOf = (sale: Sale, id: string, { act }: CustomerAct, now: string): CustomerNotice => {
    const promise = promiseOf(sale, id);
    if (act !== 'another-time') return { kind: act };
    const isAboutTime = promise?.kind === 'call' || promise?.kind === 'visit';
    return { kind: isAboutTime ? act : 'told', ownerName: ownerName(sale, promise, now) };
  };

  const say = (visit: Visit, id: string, act: CustomerAct): Promise<Outcome> => {
    const { now } = visit;
    const decide = (sale: Sale): CustomerDecided => {
      const promise = promiseOf(sale, id);
      return promise === undefined
        ? { refusal: 'already-closed' }
        : decideCustomerAct({ config, sale, promise, now }, act);
    };
    return record(visit, decide, (sale) => noticeOf(sale, id, act, now));
  };

  const ask = (visit: Visit, text: string): Promise<Outcome> => {
    const { now, words } = visit;
    const decide = (sale: Sale) => askedQuestion(config, sale, text, now);
    return record(visit, decide, (sale) => {
      const asked = sale.promises.findLast((one) => one.because === 'question' && one.words === text);
      const dueAt = asked?.dueAt ?? answerDue(config, 'answer', now);
      const by = formatInstant(words.locale, sale.record.zone)(dueAt);
      return { kind: 'question', ownerName: ownerName(sale, asked, now), by };
    });
  };

  const correctPhone = async ({ sale }: Visit, phone: string): Promise<Outcome> => {
    if (phone === '') return { error: 'phone-missing' };
    if (!isPhoneNumber(phone)) return { error: 'phone-invalid' };
    if (phone !== sale.customer.phone) await ports.sales.correctPhone(sale.id, phone);
    return { notice: () => ({ kind: 'phone' }) };
  };

  /** Where on the page the press belongs. */
  const placeOf = ({ sale, words, now }: Visit, pressed: Pressed): string | undefined => {
    if (pressed.kind === 'question') return QUESTION;
    if (pressed.kind === 'phone') return PHONE;
    const named = pressed.promise === undefined ? undefined : promiseOf(sale, pressed.promise)?.id;
    return (
      named ?? (pressed.promise === undefined ? firstShown(settings, sale, words.locale, now)?.id : undefined)
    );
  };

  const carryOut = (visit: Visit, pressed: Pressed, at: string): Promise<Outcome> | Outcome => {
    switch (pressed.kind) {
      case 'question':
        return ask(visit, pressed.words);
      case 'phone':
        return correctPhone(visit, pressed.phone);
      case 'promise':
        return say(visit, at, pressed.act);
      case 'nothing':
        return { error: 'act-missing' };
    }
  };

  const typed = (pressed: Pressed) =>
    pressed.kind === 'phone' ? { phone: pressed.phone } : { words: pressed.words };

  const post = async (visit: Visit, form: URLSearchParams): Promise<Page> => {
    const act = privacyActIn(form);
    if (act !== undefined) return privacy.answer(visit, act, form);
    if (isReviewedPress(form)) {
      const sale = await recordReviewed(ports, visit.sale, visit.now);
      return page(visit, sale, { notice: { kind: 'reviewed' } });
    }
    const pressed = readAct(form);
    /* About nothing that is known here: what they wrote is kept where a question is asked. */
    const at = placeOf(visit, pressed) ?? QUESTION;
    const outcome =
      at === QUESTION && pressed.kind !== 'question'
        ? ({ error: 'act-missing' } as const)
        : await carryOut(visit, pressed, at);
    const sale = (await findSale(ports, visit.sale.id))?.sale ?? visit.sale;
    if ('error' in outcome)
      return page(visit, sale, { error: { at, message: outcome.error }, values: typed(pressed) });
    return page(visit, sale, { notice: outcome.notice(sale) });
  };

  const pressAgain = (visit: Visit, form: URLSearchParams): Promise<Page> | Page => {
    const act = privacyActIn(form);
    if (act === 'forget-yes') return privacy.answer(visit, 'forget', form);
    if (act !== undefined)
      return { html: showPage(ports, visit, visit.sale, { error: { at: PRIVACY, message: 'press-again' } }) };
    if (isReviewedPress(form))
      return {
        html: showPage(ports, visit, visit.sale, { error: { at: REVIEWED, message: 'press-again' } }),
      };
    const pressed = readAct(form);
    const at = placeOf(visit, pressed) ?? QUESTION;
    const shown: Shown = { error: { at, message: 'press-again' }, values: typed(pressed) };
    return { html: showPage(ports, visit, visit.sale, shown) };
  };

  return createPage(ports, {
    audience: 'customer',
    get: (visit) => page(visit, visit.sale),
    post,
    inDoubt: 'customer',
    pressAgain,
    /* The page in between changes nothing. */
    isAlwaysHeard: (form) => privacyActIn(form) === 'forget',
    forgotten: privacy.again,
  });
};
