/** Every page in every state it can be in, for the unit and the browser tests alike. */
import { notFound } from '../../../functions/pages/not-found.ts';
import { onceMore } from '../../../functions/pages/once-more.ts';
import { problem } from '../../../functions/pages/problem.ts';
import { stop, stopDone, stopStays, stopUndone } from '../../../functions/pages/stop.ts';
import type { PageWords } from '../../../functions/pages/words.ts';
import { complaint, customerPages, replyPages, thanksPages } from './customer-samples.ts';
import { privacyPages } from './privacy-samples.ts';
import { staffPages } from './staff-samples.ts';

export type Sample = { name: string; page: string };

const shop = { shopName: 'Eichenhof Workshop', shopPhone: '+41 44 555 01 00' };
const quietPages = (words: PageWords): Sample[] => [
  { name: 'not-found', page: notFound({ words, ...shop }) },
  { name: 'stop', page: stop({ words, shopName: shop.shopName, action: '/s/sample' }) },
  { name: 'stop-done', page: stopDone({ words, shopName: shop.shopName, action: '/s/sample' }) },
  {
    name: 'stop-again',
    page: stop({ words, shopName: shop.shopName, action: '/s/sample', isAgain: true }),
  },
  {
    name: 'stop-done-review',
    page: stopDone({ words, shopName: shop.shopName, action: '/s/sample' }, 'review'),
  },
  { name: 'stop-stays', page: stopStays({ words, shopName: shop.shopName, phone: shop.shopPhone }) },
  {
    name: 'once-more',
    page: onceMore({
      words,
      shopName: shop.shopName,
      action: '/r/sample',
      signerFirstName: 'Nora',
      signerPhone: shop.shopPhone,
      rating: '2',
      said: 'The left boot creaks.',
      fields: { rating: '2', words: 'The left boot creaks.' },
    }),
  },
  { name: 'stop-undone', page: stopUndone({ words, shopName: shop.shopName }) },
  { name: 'problem', page: problem({ words, ...shop }) },
  {
    name: 'problem-kept',
    page: problem({
      words,
      ...shop,
      sent: {
        action: '/r/sample',
        text: { name: 'words', value: complaint },
        fields: { rating: '2', wish: 'fix' },
      },
    }),
  },
];

export const samplePages = (words: PageWords): Sample[] => [
  ...replyPages(words),
  ...thanksPages(words),
  ...staffPages(words),
  ...customerPages(words),
  ...privacyPages(words),
  ...quietPages(words),
];
