/** The person behind a sale: what is kept of them in all their sales, a copy of it for them, and to forget them. */
import { plainNumber } from '../core/desk/search-keys.ts';
import { SaleId } from '../core/ids.ts';
import { entriesOf } from '../core/journal.ts';
import { ALL_MAIL } from '../core/person/standing.ts';
import { isForgottenAt, type Sale } from '../core/sale.ts';
import { deskReceipt, gonePage, type PersonView, personPage, TYPED } from '../pages/desk/person.ts';
import { exportFile } from '../pages/export-file.ts';
import { pageWords } from '../pages/words.ts';
import { personDigest } from '../steps/digests.ts';
import { forgetPerson } from '../steps/erase-person.ts';
import { handOut, salesOfPerson } from '../steps/export-person.ts';
import { itemName } from '../steps/item-name.ts';
import { findSale } from '../steps/load.ts';
import type { DeskAnswer } from './answer.ts';
import { type AtDesk, personHref, saleHref } from './at-desk.ts';
import { customerName } from './cards.ts';

const receiptHref = (number: string): string => `/desk/receipt/${number}`;

const numberOf = ({ facts, record }: Sale): string => facts.order?.number ?? record.orderId;

const saleAt = async (at: AtDesk, [source, orderId]: readonly string[]): Promise<Sale | undefined> => {
  const id = SaleId.safeParse(`${source ?? ''}/${orderId ?? ''}`);
  if (!id.success || orderId === undefined) return undefined;
  return (await findSale(at.ports, await at.ports.sales.resolve(id.data)))?.sale;
};

const unwantedBy = async ({ ports, day }: AtDesk, sale: Sale): Promise<PersonView['unwanted']> => {
  const { email } = sale.customer;
  if (email === undefined) return [];
  const { suppressed } = await ports.people.of(personDigest(ports.ids, email));
  return ALL_MAIL.flatMap((mails) => {
    const found = suppressed[mails];
    return found === undefined ? [] : [{ mails, since: day(found.since), because: found.because }];
  });
};

const show = async (at: AtDesk, sale: Sale, isMistyped = false): Promise<DeskAnswer> => {
  const { ports, words, day } = at;
  const sales = await salesOfPerson(ports, sale, at.now);
  const html = personPage({
    seat: at.sheet,
    action: personHref(sale.id),
    customer: customerName(words, sale),
    number: numberOf(sale),
    sales: sales.map((one) => ({
      href: saleHref(one.id),
      number: numberOf(one),
      item: itemName(ports.settings, one, words.locale),
      bought: day(one.facts.order?.placedAt ?? one.record.createdAt),
    })),
    unwanted: await unwantedBy(at, sale),
    isMistyped,
  });
  return isMistyped ? { status: 400, html } : { html };
};

/** The same member asking twice for the same sale is one request; whoever comes later is shown the receipt. */
const forget = async (at: AtDesk, sale: Sale): Promise<DeskAnswer> => {
  const { email } = sale.customer;
  const { number } = await forgetPerson(
    at.ports,
    {
      sales: [sale.id],
      emails: email === undefined ? [] : [email],
      by: 'staff',
      eventId: `${at.seat.member.id}:${sale.id}`,
    },
    at.now,
  );
  return { goTo: receiptHref(number) };
};

const press = async (at: AtDesk, sale: Sale, form: URLSearchParams): Promise<DeskAnswer> => {
  const act = form.get('act');
  if (act === 'export-text' || act === 'export-json') {
    const data = await handOut(at.ports, sale, 'staff', at.now);
    /* For them, so in their language. */
    const words = pageWords(sale.record.locale, at.ports.settings.contentDir);
    return { file: exportFile(words, sale.record.zone, data, act === 'export-json' ? 'json' : 'text') };
  }
  const typed = plainNumber(form.get(TYPED) ?? '');
  const isSure = act === 'forget' && typed !== '' && typed === plainNumber(numberOf(sale));
  return isSure ? forget(at, sale) : show(at, sale, true);
};

/** Undefined when there is no such sale. `form` only when it was pressed. */
export const person = async (
  at: AtDesk,
  path: readonly string[],
  form: URLSearchParams | undefined,
): Promise<DeskAnswer | undefined> => {
  const sale = await saleAt(at, path);
  if (sale === undefined) return undefined;
  if (!isForgottenAt(sale, at.now)) return form === undefined ? show(at, sale) : press(at, sale, form);
  const number = entriesOf(sale.journal, 'erased')[0]?.receipt;
  return { html: gonePage(at.sheet, number === undefined ? undefined : receiptHref(number)) };
};

export const receipt = async (at: AtDesk, number: string): Promise<DeskAnswer | undefined> => {
  const found = await at.ports.receipts.find(number);
  return found === undefined ? undefined : { html: deskReceipt(at.sheet, found, at.when(found.at)) };
};
