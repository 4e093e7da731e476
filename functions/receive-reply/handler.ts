import { isDeepStrictEqual } from 'node:util';
import type { SalePorts } from '../adapters/ports.ts';
import { type EntryOf, entriesOf } from '../core/journal.ts';
import { answerDue } from '../core/promises/deadlines.ts';
import type { PromiseKind } from '../core/promises/entries.ts';
import { firstOwner } from '../core/promises/first-owner.ts';
import type { OwedPromise } from '../core/promises/promise.ts';
import { moodOf, owedFor, type Reply, severityOf } from '../core/reply.ts';
import { lastReply, openPromises, type Sale } from '../core/sale.ts';
import { presentOwner } from '../core/staff.ts';
import { formatInstant } from '../messages/format.ts';
import { createPage, type Page, type Visit } from '../middleware/page.ts';
import { onceMore } from '../pages/once-more.ts';
import { type ReplyError, type ReplyValues, replyForm } from '../pages/reply-form.ts';
import { type NextStep, thanks } from '../pages/thanks.ts';
import { firstNameOf, linksOf, signerOf } from '../steps/compose.ts';
import { confirmAnswer } from '../steps/confirm-answer.ts';
import { itemName } from '../steps/item-name.ts';
import { findSale, type Loaded, loadedFrom } from '../steps/load.ts';
import { type ForAFriend, giveCode, showCode } from '../steps/referral.ts';
import { shareOrLeave } from '../steps/share-answer.ts';
import { FOLLOW_UP, tellOrLeave } from '../steps/tell-workflow.ts';
import { fieldsOf, hasToldMore, type ReadAnswer, readAnswer, valuesOf } from './answer.ts';
import { heldAs, isSame, isWorthKeeping, type Said } from './held.ts';

/** Two answers at once each want the next number; the loser takes the one after. */
const MOST_TRIES = 100;

const storedValues = (sale: Sale): ReplyValues => {
  const answer = lastReply(sale);
  if (answer === undefined) return {};
  const { rating, recommend, again, wish, call, blocked, question } = answer.reply;
  const words = answer.private?.words;
  return {
    rating: String(rating),
    call,
    ...(blocked === undefined ? {} : { blocked }),
    ...(question === undefined ? {} : { question }),
    ...(recommend === undefined ? {} : { recommend }),
    ...(again === undefined ? {} : { again }),
    ...(wish === undefined ? {} : { wish }),
    ...(words === undefined ? {} : { words }),
  };
};

/** As the form has it, for the one question that follows. */
const saidBefore = (sale: Sale): Record<string, string> => {
  const { rating, words, recommend, again } = storedValues(sale);
  return Object.fromEntries(
    Object.entries({ rating, words, recommend, again }).filter(
      (field): field is [string, string] => field[1] !== undefined,
    ),
  );
};

/** The client asks again by itself when an answer is lost, and its own write then says that the number is taken. */
const isOurs = (fresh: Loaded | undefined, written: EntryOf<'replied'>): boolean =>
  entriesOf(fresh?.sale.journal ?? [], 'replied').some((known) => isDeepStrictEqual(known, written));

type Thanks = { hasTold: boolean; friend: ForAFriend | undefined };

/** What the shop promised beforehand does not answer what the customer says now. */
const covers = (promise: OwedPromise, reply: number, kind: PromiseKind): boolean =>
  promise.reply === reply ||
  (promise.because !== 'published' && (promise.kind === 'resolve' || promise.kind === kind));

const saidIn = ({ reply, words, phone }: Extract<ReadAnswer, { isValid: true }>): Said => {
  const personal = { ...(words === undefined ? {} : { words }), ...(phone === undefined ? {} : { phone }) };
  return { reply, ...(Object.keys(personal).length === 0 ? {} : { private: personal }) };
};

const entryOf = (visit: Visit, said: Said): Omit<EntryOf<'replied'>, 'n'> => ({
  type: 'replied',
  at: visit.now,
  ...said,
  evidence: {
    ...(visit.agent === undefined ? {} : { agent: visit.agent }),
    ...(visit.site === undefined ? {} : { site: visit.site }),
  },
});

/** Shows the reply form and records the answer. Recording comes first; telling the workflow may come late, never not. */
export const createHandler = (ports: SalePorts) => {
  const { settings } = ports;
  const { config } = settings;

  const form = ({ sale, words, token, now }: Visit, values: ReplyValues, error?: ReplyError): string => {
    const signer = signerOf(settings, sale, now);
    return replyForm({
      words,
      action: `/r/${token}`,
      shopName: config.shop.name,
      signerFirstName: firstNameOf(signer.name),
      signerPhone: signer.phone,
      itemTitle: itemName(settings, sale, words.locale),
      customerFirstName: sale.customer.firstName,
      values,
      phoneOnFile: sale.customer.phone,
      error,
      isCorrection: sale.replies.length > 0,
      stopUrl: linksOf(settings, token).stop.slice(settings.publicUrl.length),
    });
  };

  /** What is promised already, or what the workflow promises in a moment: the same owner and the same time. */
  const owedTo = (sale: Sale, answer: EntryOf<'replied'>, now: string) => {
    const { reply } = answer;
    const kind = owedFor(reply);
    if (kind === undefined) return undefined;
    const known = openPromises(sale).find((promise) => covers(promise, answer.n, kind));
    if (known !== undefined) {
      const owner = presentOwner(config, known.owner, sale.id, now);
      return { kind: known.kind, owner, dueAt: known.dueAt, severity: known.severity };
    }
    const severity = severityOf(reply);
    const { member } = firstOwner(config, sale, kind === 'resolve' ? 'unhappy' : 'asked', now);
    return { kind, owner: member, dueAt: answerDue(config, kind, now, severity), severity };
  };

  const nextStep = (sale: Sale, now: string, locale: string): NextStep => {
    const answer = lastReply(sale);
    if (answer === undefined) return { kind: 'delighted' };
    const owed = owedTo(sale, answer, now);
    if (owed === undefined) return { kind: moodOf(answer.reply) === 'content' ? 'content' : 'delighted' };
    const who = { ownerName: owed.owner.name, by: formatInstant(locale, sale.record.zone)(owed.dueAt) };
    if (owed.kind === 'call' || owed.kind === 'answer') return { kind: owed.kind, ...who };
    const isByPhone = owed.severity !== 'normal' && sale.customer.phone !== undefined;
    return { kind: 'unhappy', isByPhone, ...who };
  };

  /** The sale as it is with the answer. */
  const record = async (visit: Visit, entry: Omit<EntryOf<'replied'>, 'n'>): Promise<Loaded | undefined> => {
    let n = visit.sale.nextReply;
    /* Nobody waits any more who would read it when a time is up: dies this run before it tells, `watch` tells. */
    if (visit.sale.isRoundOver) await ports.sales.hastenWait(visit.sale.id, FOLLOW_UP, visit.now);
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const { isNew, stored } = await ports.sales.appendThenLoad(visit.sale.id, { ...entry, n });
      const fresh = loadedFrom(stored);
      if (isNew || isOurs(fresh, { ...entry, n })) return fresh;
      n = fresh?.sale.nextReply ?? n + 1;
    }
    throw new Error(`No number was free for an answer to sale ${visit.sale.id}`);
  };

  /** Asks the content one thing more, once. */
  const nextFor = ({ now, words, token }: Visit, sale: Sale, hasTold: boolean): NextStep => {
    const next = nextStep(sale, now, words.locale);
    return next.kind === 'content' && !hasTold
      ? { kind: 'content', ask: { action: `/r/${token}`, said: saidBefore(sale) } }
      : next;
  };

  const thank = (visit: Visit, sale: Sale, reply: Reply, { hasTold, friend }: Thanks): Page => {
    const { now, words, token } = visit;
    const signer = signerOf(settings, sale, now);
    return {
      html: thanks({
        words,
        shopName: config.shop.name,
        signerFirstName: firstNameOf(signer.name),
        signerPhone: signer.phone,
        next: nextFor(visit, sale, hasTold),
        friend,
        correctUrl: `/r/${token}`,
        owedUrl: owedFor(reply) === undefined ? undefined : `/s/${token}`,
      }),
    };
  };

  /** The same answer a second time is the second sign that the first one waited for. */
  const keep = async (visit: Visit, said: Said): Promise<Loaded | undefined> => {
    const { sale, now } = visit;
    const held = heldAs(sale, said);
    if (held !== undefined) {
      await confirmAnswer(ports, sale, held, now);
      return undefined;
    }
    const phone = said.private?.phone;
    if (phone !== undefined) await ports.sales.correctPhone(sale.id, phone);
    return record(visit, entryOf(visit, said));
  };

  const post = async (visit: Visit, fields: URLSearchParams): Promise<Page> => {
    const { sale, now } = visit;
    const answer = readAnswer(fields, sale.customer.phone);
    if (!answer.isValid) return { status: 400, html: form(visit, valuesOf(fields), answer.error) };
    const seen = await keep(visit, saidIn(answer));
    const after =
      (await tellOrLeave(ports, sale.id, now, seen)) ?? (await findSale(ports, sale.id))?.sale ?? sale;
    await shareOrLeave(ports, after, now);
    const friend = await giveCode(ports, after, visit.words.locale);
    return thank(visit, after, answer.reply, { hasTold: hasToldMore(fields), friend });
  };

  /** Kept and shown, but it moves nothing and owes nothing until somebody presses once more. */
  const hold = async (visit: Visit, fields: URLSearchParams): Promise<Page> => {
    const { sale, words, token, now } = visit;
    const answer = readAnswer(fields, sale.customer.phone);
    if (!answer.isValid)
      return { status: 400, isAgain: true, html: form(visit, valuesOf(fields), answer.error) };
    const said = saidIn(answer);
    if (isSame(lastReply(sale), said)) {
      const friend = await showCode(ports, sale, words.locale);
      return thank(visit, sale, answer.reply, { hasTold: hasToldMore(fields), friend });
    }
    if (isWorthKeeping(sale, said)) await record(visit, { ...entryOf(visit, said), isUnconfirmed: true });
    const signer = signerOf(settings, sale, now);
    return {
      isAgain: true,
      html: onceMore({
        words,
        shopName: config.shop.name,
        action: `/r/${token}`,
        signerFirstName: firstNameOf(signer.name),
        signerPhone: signer.phone,
        rating: answer.rating,
        said: answer.words,
        fields: fieldsOf(fields),
      }),
    };
  };

  return createPage(ports, {
    audience: 'customer',
    get: (visit) => {
      const chosen = visit.query.get('rating');
      const values = { ...storedValues(visit.sale), ...(chosen === null ? {} : { rating: chosen }) };
      return { html: form(visit, values) };
    },
    post,
    inDoubt: hold,
    pressAgain: (visit, fields) => ({
      html: form(visit, valuesOf(fields), { field: 'rating', message: 'press-again' }),
    }),
  });
};
