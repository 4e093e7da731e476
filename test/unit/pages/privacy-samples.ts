/** What we keep about somebody, a copy of it, and to be forgotten: the customer's pages, the desk's, and the file. */
import { exportPerson } from '../../../functions/core/privacy/export.ts';
import type { Receipt } from '../../../functions/core/privacy/receipt.ts';
import type { AskedBy } from '../../../functions/core/privacy/request.ts';
import { forgetPage, receiptPage } from '../../../functions/pages/customer-privacy.ts';
import { deskReceipt, gonePage, type PersonView, personPage } from '../../../functions/pages/desk/person.ts';
import type { DeskSeat } from '../../../functions/pages/desk/sheet.ts';
import { exportText } from '../../../functions/pages/export-text.ts';
import type { PageWords } from '../../../functions/pages/words.ts';
import { configuration } from '../../fixtures/configuration.ts';
import { at, saleOf, told } from '../../fixtures/sales.ts';

type Sample = { name: string; page: string };

const shopName = 'Eichenhof Workshop';
const WHEN = 'Thursday 26 November 2026, 14:05';

const receipt = (by: AskedBy): Receipt => ({
  number: 'K7QM-2PT4-WXAB',
  at: at(26, '14:05'),
  by,
  dropped: { sales: 2, links: 9, mails: 1, words: 7, webhooks: 1 },
});

export const privacyPages = (words: PageWords): Sample[] => {
  const place = { words, shopName, action: '/s/sample' };
  return [
    { name: 'privacy-forget', page: forgetPage({ ...place, orders: 1 }) },
    { name: 'privacy-forget-unsure', page: forgetPage({ ...place, orders: 3, isUnsure: true }) },
    { name: 'privacy-receipt', page: receiptPage(place, receipt('customer'), WHEN) },
  ];
};

const person = (seat: DeskSeat): PersonView => ({
  seat,
  action: '/desk/person/shopify/204',
  customer: 'Selma Aydin',
  number: '#204',
  sales: [
    { href: '/desk/sale/shopify/204', number: '#204', item: 'Touring bike Jura', bought: '2 November 2026' },
    { href: '/desk/sale/shopify/9', number: '#9', item: 'Bell', bought: '4 May 2025' },
  ],
  unwanted: [
    { mails: 'owed', since: '3 November 2026', because: 'bounce' },
    { mails: 'check-in', since: '3 November 2026', because: 'complaint' },
    { mails: 'review', since: '3 November 2026', because: 'asked' },
  ],
  isMistyped: false,
});

export const privacyDeskPages = (seat: DeskSeat): Sample[] => [
  { name: 'person', page: personPage(person(seat)) },
  { name: 'person-mistyped', page: personPage({ ...person(seat), unwanted: [], isMistyped: true }) },
  { name: 'person-gone', page: gonePage(seat, '/desk/receipt/K7QM-2PT4-WXAB') },
  { name: 'receipt', page: deskReceipt(seat, receipt('staff'), WHEN) },
];

const sent = (message: string) => [told.claimed(message, at(13)), told.sent(message, at(13))];
/** Every way a mail can end. */
const keptOf = saleOf([
  told.ordered(),
  told.started(),
  ...sent('check-in'),
  { type: 'arrived', at: at(13, '10:01'), message: 'check-in', attempt: 1 },
  ...sent('reminder'),
  { type: 'bounced', at: at(13, '10:01'), message: 'reminder', attempt: 1, kind: 'soft' },
  ...sent('review-ask'),
  { type: 'complained', at: at(13, '10:01'), message: 'review-ask', attempt: 1 },
  ...sent('thank-you'),
  told.claimed('made-it-great', at(13)),
  told.unclear('made-it-great', at(13)),
  told.claimed('referral', at(13)),
  told.refused('referral', at(13)),
  {
    type: 'replied',
    at: at(14),
    n: 1,
    reply: { rating: 2, call: true },
    evidence: { agent: 'Firefox' },
    private: { words: 'It squeaks.', phone: '+41 79 555 03 30' },
  },
]);

/** What the file for the person can say, and what is said where no page is. */
export const privacySentences = (words: PageWords): string[] => {
  const config = configuration();
  const data = exportPerson(
    config,
    [keptOf],
    { suppressed: {}, releases: [], touches: [], version: 0 },
    at(24),
  );
  const tagged = data.sales.map((sale) =>
    sale.order === undefined ? sale : { ...sale, order: { ...sale.order, tags: ['vip'] } },
  );
  return [
    exportText(words, 'Europe/Zurich', { ...data, sales: tagged }),
    receiptPage({ words, shopName }, receipt('shop'), WHEN),
    receiptPage({ words, shopName }, receipt('staff'), WHEN),
    words.say('privacy.file'),
    /* Of the promise that a request for a copy makes: start-follow-up/privacy.ts. */
    words.say('privacy.request.words'),
  ];
};
