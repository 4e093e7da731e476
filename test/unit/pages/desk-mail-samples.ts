/** The mail pages of the desk in their different states. Free of vitest. */
import { type MailNotice, mailListPage, type UnsortedView } from '../../../functions/pages/desk/mail-list.ts';
import { type MailOneView, mailPage } from '../../../functions/pages/desk/mail-one.ts';
import { attachmentTooBig, mailIsGone } from '../../../functions/pages/desk/mail-original.ts';
import type { ThreadLine, ThreadView } from '../../../functions/pages/desk/mail-thread.ts';
import type { DeskSeat } from '../../../functions/pages/desk/sheet.ts';
import type { PageWords } from '../../../functions/pages/words.ts';
import { wholeMail, wholeMailNames } from '../../../functions/read-mail/whole-text.ts';

const WHY = ['unknown', 'stuck', 'not-theirs', 'virus', 'spam', 'dmarc', 'spf', 'failed'] as const;
const NOTICES: readonly MailNotice[] = ['dropped', 'sorted'];
const MAIL = 'ab'.repeat(32);
const NONE = { next: undefined, first: undefined };

/** The n-th of many, as long as real ones are. */
const unsorted = (n: number, with_: Partial<UnsortedView> = {}): UnsortedView => ({
  id: `2026-11-22T09:${10 + n}:00.000Z#${MAIL}`,
  href: `/desk/mail/2026-11-22T09%3A${10 + n}%3A00.000Z%23${MAIL}`,
  at: 'Sunday 22 November, 10:10',
  from: `selma.aydin.${n}@example.org`,
  subject: 'Re: How is your touring bike Jura?',
  words: 'I have moved and write from my new address now. The rear wheel still rubs when I brake and …',
  why: 'unknown',
  suggestions: [{ href: '/desk/sale/shop/B-204', number: 'B-204' }],
  ...with_,
});

const twentyMails = (seat: DeskSeat): string =>
  mailListPage({
    seat,
    mails: Array.from({ length: 20 }, (_, n) => unsorted(n)),
    paging: { next: '/desk/mail?after=x', first: undefined },
    notice: undefined,
    isNothingTicked: false,
  });

const place = {
  saleId: 'shop/B-204',
  href: '/desk/sale/shop/B-204',
  customer: 'Selma Aydin',
  number: '#204',
  item: 'Touring bike Jura',
  bought: 'Monday 2 November',
  owner: 'Nora Frei',
  open: 2,
};

const attachments = [
  { name: 'wheel.jpg', type: 'image/jpeg', bytes: 1_234_567, href: '/desk/mails/x?attachment=1' },
  { name: '', type: 'application/octet-stream', bytes: 12, href: '/desk/mails/x?attachment=2' },
];

const one = (seat: DeskSeat, with_: Partial<MailOneView> = {}): MailOneView => ({
  ...unsorted(1),
  seat,
  attachments,
  whole: '/desk/mails/box/x?part=original',
  places: [place, { ...place, saleId: 'shop/B-17', href: '/desk/sale/shop/B-17', number: '#17' }],
  q: undefined,
  error: undefined,
  ...with_,
});

const theirs = (as: Extract<ThreadLine, { kind: 'theirs' }>['as']) => ({
  kind: 'theirs' as const,
  at: 'Friday 13 November, 10:00',
  as,
  isFromOther: false,
  subject: 'Re: How is your touring bike Jura?',
  words: 'The rear wheel is bent.\nIt rubs.',
  whole: `/desk/mails/sale/shop/B-204/${as}?part=original`,
  attachments,
});

export const thread: ThreadView = {
  lines: [
    theirs('answer'),
    { kind: 'ours', at: 'Friday 13 November, 11:00', name: 'Nora Frei', words: 'We true it on Monday.' },
    { ...theirs('more'), at: 'Friday 13 November, 12:00', isFromOther: true, subject: undefined },
    { ...theirs('away'), at: 'Saturday 14 November, 9:00', words: undefined, whole: undefined },
    { kind: 'ours', at: 'Saturday 14 November, 11:00', name: 'Lio Baur', words: undefined },
  ],
  earlier: 3,
};

/** What is said in a whole mail besides its own words. */
export const wholeMailSentence = (words: PageWords): string =>
  wholeMail(
    {
      headers: [{ name: 'subject', value: 'Hello' }],
      from: undefined,
      to: [],
      subject: 'Hello',
      plain: 'Plain.',
      html: '<p>Formatted.</p>',
      attachments: [{ name: undefined, type: 'image/png', bytes: Buffer.from('x') }],
      isBroken: false,
    },
    wholeMailNames(words),
  );

/** One mail of every machine. */
export const machines: ThreadView = {
  lines: (['away', 'report', 'automatic', 'list', 'loop'] as const).map((as) => theirs(as)),
  earlier: 0,
};

export const deskMailSamples = (seat: DeskSeat): { name: string; page: string }[] => {
  const paging = { next: '/desk/mail?after=x', first: '/desk/mail' };
  const few = WHY.map((why, n) => unsorted(n, { why }));
  const list = { seat, mails: few, paging, notice: undefined, isNothingTicked: false };
  const bare = { from: '', subject: '', words: '', suggestions: [] };
  return [
    { name: 'mails', page: mailListPage(list) },
    { name: 'mails-many', page: twentyMails(seat) },
    { name: 'mails-none', page: mailListPage({ ...list, mails: [], paging: NONE }) },
    { name: 'mails-no-tick', page: mailListPage({ ...list, isNothingTicked: true, paging: NONE }) },
    {
      name: 'mails-bare',
      page: mailListPage({ ...list, mails: [unsorted(0, bare)], notice: 'dropped', paging: NONE }),
    },
    { name: 'mail', page: mailPage(one(seat)) },
    { name: 'mail-ours', page: mailPage(one(seat, { why: 'stuck' })) },
    { name: 'mail-bare', page: mailPage(one(seat, { ...bare, attachments: [], places: [] })) },
    { name: 'mail-not-found', page: mailPage(one(seat, { places: [], q: '#9' })) },
    {
      name: 'mail-not-sure',
      page: mailPage(one(seat, { error: { field: 'sure', message: 'desk.mail.error.not-sure' } })),
    },
    {
      name: 'mail-no-sale',
      page: mailPage(one(seat, { error: { field: 'q', message: 'desk.mail.error.no-sale' } })),
    },
    { name: 'mail-gone', page: mailIsGone(seat, 90) },
    { name: 'mail-big', page: attachmentTooBig(seat, 12_345_678, 4_000_000) },
    ...NOTICES.map((notice) => ({
      name: `mails-${notice}`,
      page: mailListPage({ ...list, notice, paging: NONE }),
    })),
  ];
};
