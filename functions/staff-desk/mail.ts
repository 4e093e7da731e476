/** Mails that found no place by themselves: a person looks, files each with a sale, or drops it. */
import type { UnsortedMail } from '../adapters/mail-ports.ts';
import { addDelay } from '../core/calendar.ts';
import { digestInId } from '../core/conversation/unsorted.ts';
import { type SaleId, SaleId as SaleIdSchema } from '../core/ids.ts';
import { staffOpening } from '../core/openings.ts';
import type { Sale } from '../core/sale.ts';
import { noteEvent } from '../middleware/log-line.ts';
import type { DeskError } from '../pages/desk/desk-error.ts';
import { type MailNotice, mailListPage, type UnsortedView, type WhyHere } from '../pages/desk/mail-list.ts';
import { mailPage, type PlaceForMail } from '../pages/desk/mail-one.ts';
import { findSale } from '../steps/load.ts';
import type { DeskAnswer } from './answer.ts';
import { type AtDesk, saleHref } from './at-desk.ts';
import { fileMail } from './mail-file.ts';
import { attachmentViews, boxHref, mailHref, wholeHref } from './mail-links.ts';
import { addressOf, pagingOf } from './paging.ts';
import { foundSale, salesByNumber } from './search.ts';

const LIST = '/desk/mail';
const ROWS = 20;
const LETTERS_IN_LIST = 90;
/** The first page says how many wait, up to so many. */
export const MOST_COUNTED = 100;

export const countMails = ({ ports }: AtDesk): Promise<number> => ports.box.count(MOST_COUNTED);

const whyHere = ({ reason, detail }: UnsortedMail): WhyHere => {
  if (reason === 'not-theirs') return reason;
  if (reason === 'unknown') return detail === undefined ? 'unknown' : 'stuck';
  return (['virus', 'spam', 'dmarc', 'spf'] as const).find((check) => check === detail) ?? 'failed';
};

const oneLine = (words: string): string => {
  const text = words.replace(/\s+/g, ' ').trim();
  return text.length <= LETTERS_IN_LIST
    ? text
    : `${text.slice(0, LETTERS_IN_LIST).toWellFormed().trimEnd()} …`;
};

const orderIn = (id: SaleId): string => id.slice(id.indexOf('/') + 1);

const viewOf = ({ when }: AtDesk, mail: UnsortedMail): UnsortedView => ({
  id: mail.id,
  href: mailHref(mail.id),
  at: when(mail.at),
  from: mail.from,
  subject: mail.subject,
  words: mail.words,
  why: whyHere(mail),
  suggestions: mail.suggestions.map((id) => ({ href: saleHref(id), number: orderIn(id) })),
});

/** The database deletes what has expired within days: until then it reads as gone. */
const isKept = ({ ports, now }: AtDesk, mail: UnsortedMail): boolean => {
  const { config } = ports.settings;
  return addDelay(mail.at, { days: config.retention.mailDays }, staffOpening(config)) > now;
};

/** A page of the table may hold fewer than asked for and still not be the last. */
const readPage = async (at: AtDesk, start: string | undefined) => {
  const mails: UnsortedMail[] = [];
  let after = start;
  do {
    const page = await at.ports.box.list({ limit: ROWS - mails.length, after });
    mails.push(...page.items.filter((mail) => isKept(at, mail)));
    after = page.next;
  } while (after !== undefined && mails.length < ROWS);
  return { mails, next: after };
};

const NOTICES: readonly MailNotice[] = ['dropped', 'sorted'];

const list = async (at: AtDesk, isNothingTicked = false): Promise<string> => {
  const { query, sheet } = at;
  const after = query.get('after') ?? undefined;
  const { mails, next } = await readPage(at, after);
  const did = query.get('did');
  return mailListPage({
    seat: sheet,
    mails: mails.map((mail) => ({ ...viewOf(at, mail), words: oneLine(mail.words) })),
    paging: pagingOf(LIST, {}, { next, isFurther: after !== undefined }),
    notice: NOTICES.find((one) => one === did),
    isNothingTicked,
  });
};

/** Somebody else was faster, or it has expired: no error, but something to be said. */
const SORTED: DeskAnswer = { goTo: addressOf(LIST, { did: 'sorted' }) };
const DROPPED: DeskAnswer = { goTo: addressOf(LIST, { did: 'dropped' }) };

const placesFor = async (at: AtDesk, mail: UnsortedMail, q: string | undefined): Promise<PlaceForMail[]> => {
  const ids = q === undefined ? mail.suggestions : await salesByNumber(at, q);
  const found = ids.map(async (id) => (await foundSale(at, id)).map((one) => ({ ...one, saleId: id })));
  return (await Promise.all(found)).flat();
};

const showOne = async (at: AtDesk, mail: UnsortedMail, error?: DeskError): Promise<string> => {
  const q = at.query.get('q')?.trim().slice(0, 320) || undefined;
  const original = boxHref(mail.id);
  return mailPage({
    ...viewOf(at, mail),
    seat: at.sheet,
    attachments: attachmentViews(original, mail.attachments),
    whole: wholeHref(original),
    places: await placesFor(at, mail, q),
    q,
    error,
  });
};

const saleIn = async ({ ports }: AtDesk, text: string): Promise<Sale | undefined> => {
  const id = SaleIdSchema.safeParse(text);
  if (!id.success) return undefined;
  const sale = (await findSale(ports, await ports.sales.resolve(id.data)))?.sale;
  return sale?.isErased === true ? undefined : sale;
};

const pressOne = async (
  at: AtDesk,
  { mail, digest }: { mail: UnsortedMail; digest: string },
  form: URLSearchParams,
): Promise<DeskAnswer> => {
  const wrong = async (error: DeskError) => ({ status: 400, html: await showOne(at, mail, error) });
  const member = at.seat.member.id;
  if (form.get('act') === 'drop') {
    if (form.get('sure') !== 'yes') return wrong({ field: 'sure', message: 'desk.mail.error.not-sure' });
    await at.ports.box.drop(mail.id);
    noteEvent('mail dropped', { member, mail: mail.id });
    return DROPPED;
  }
  const mayFile = form.get('act') === 'file' && whyHere(mail) !== 'stuck';
  const sale = mayFile ? await saleIn(at, form.get('sale') ?? '') : undefined;
  if (sale === undefined) return wrong({ field: 'q', message: 'desk.mail.error.no-sale' });
  await fileMail(at, sale, mail, digest);
  noteEvent('mail filed', { member, mail: mail.id, sale: sale.id });
  return { goTo: addressOf(saleHref(sale.id), { did: 'filed' }) };
};

/** Any number of ticks; what somebody else has sorted meanwhile is not missed. */
const pressList = async (at: AtDesk, form: URLSearchParams): Promise<DeskAnswer> => {
  const ticked = form.get('act') === 'drop' ? form.getAll('mail').slice(0, ROWS) : [];
  if (ticked.length === 0) return { status: 400, html: await list(at, true) };
  const member = at.seat.member.id;
  for (const id of ticked.filter((one) => digestInId(one) !== undefined)) {
    await at.ports.box.drop(id);
    noteEvent('mail dropped', { member, mail: id });
  }
  return DROPPED;
};

/** `form` only when it was pressed. */
export const mail = async (
  at: AtDesk,
  [id, ...rest]: readonly string[],
  form: URLSearchParams | undefined,
): Promise<DeskAnswer | undefined> => {
  if (id === undefined || id === '')
    return form === undefined ? { html: await list(at) } : pressList(at, form);
  const digest = digestInId(id);
  if (digest === undefined || rest.length > 0) return undefined;
  const found = await at.ports.box.find(id);
  if (found === undefined || !isKept(at, found)) return SORTED;
  if (form === undefined) return { html: await showOne(at, found) };
  return pressOne(at, { mail: found, digest }, form);
};
