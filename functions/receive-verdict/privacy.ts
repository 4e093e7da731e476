/** A copy of everything, or to be forgotten: what the customer's own page does about what is kept of them. */
import type { ForgetPorts, SalePorts } from '../adapters/ports.ts';
import { entriesOf } from '../core/journal.ts';
import { formatInstant } from '../messages/format.ts';
import type { Page, Visit } from '../middleware/page.ts';
import { forgetPage, PRIVACY_ACTS, type PrivacyAct, receiptPage } from '../pages/customer-privacy.ts';
import { exportFile } from '../pages/export-file.ts';
import { linksOf } from '../steps/compose.ts';
import type { ToForget } from '../steps/erase-person.ts';
import { forgetPerson } from '../steps/erase-person.ts';
import { handOut, salesOfPerson } from '../steps/export-person.ts';

type Ports = SalePorts & ForgetPorts;

export const privacyActIn = (form: URLSearchParams): PrivacyAct | undefined =>
  PRIVACY_ACTS.find((act) => act === form.get('act'));

/** The same for every press on this page, so that pressing twice is one request with one receipt. */
const askedOn = ({ sale }: Visit): ToForget => ({
  sales: [sale.id],
  emails: sale.customer.email === undefined ? [] : [sale.customer.email],
  by: 'customer',
  eventId: `page:${sale.id}`,
});

export const createPrivacy = (ports: Ports) => {
  const { settings } = ports;
  const shopName = settings.config.shop.name;

  const confirm = async ({ sale, words, token, now }: Visit, isUnsure = false): Promise<Page> => ({
    ...(isUnsure ? { status: 400 } : {}),
    html: forgetPage({
      words,
      action: linksOf(settings, token).page.slice(settings.publicUrl.length),
      shopName,
      orders: (await salesOfPerson(ports, sale, now)).length,
      isUnsure,
    }),
  });

  const forget = async (visit: Visit): Promise<Page> => {
    const { sale, words, now } = visit;
    const before = entriesOf(sale.journal, 'erased')[0]?.at ?? now;
    const receipt = await forgetPerson(ports, askedOn(visit), before);
    const when = formatInstant(words.locale, sale.record.zone)(receipt.at);
    return { html: receiptPage({ words, shopName }, receipt, when) };
  };

  const hand = async ({ sale, words, now }: Visit, form: 'json' | 'text'): Promise<Page> => {
    const data = await handOut(ports, sale, 'customer', now);
    return { html: '', file: exportFile(words, sale.record.zone, data, form) };
  };

  return {
    answer: (visit: Visit, act: PrivacyAct, form: URLSearchParams): Promise<Page> => {
      switch (act) {
        case 'export-text':
          return hand(visit, 'text');
        case 'export-json':
          return hand(visit, 'json');
        case 'forget':
          return confirm(visit);
        case 'forget-yes':
          return form.get('sure') === 'yes' ? forget(visit) : confirm(visit, true);
      }
    },
    /** Pressed twice: the first press has forgotten them, and the second is shown the same receipt. */
    again: async (visit: Visit, form: URLSearchParams): Promise<Page | undefined> => {
      const isTheirs = entriesOf(visit.sale.journal, 'erased').some(({ by }) => by === 'customer');
      return isTheirs && privacyActIn(form) === 'forget-yes' ? forget(visit) : undefined;
    },
  };
};
