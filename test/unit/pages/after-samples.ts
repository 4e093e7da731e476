/** What stands on the pages once somebody has answered, in every state. Free of vitest. */
import { OUTCOMES } from '../../../functions/core/after/count.ts';
import { type CustomerPageView, customerPage } from '../../../functions/pages/customer-page.ts';
import { comingBackPage } from '../../../functions/pages/desk/coming-back.ts';
import type { DeskSeat } from '../../../functions/pages/desk/sheet.ts';
import type { NextStep } from '../../../functions/pages/thanks.ts';

type Sample = { name: string; page: string };

export const friend = { code: 'FRIEND-K7M2PQ', gives: '10 % off the first order' };

export const askedOnce: NextStep = {
  kind: 'content',
  ask: { action: '/r/sample', said: { rating: '3', words: 'The left drawer sticks a little.' } },
};

export const afterSamples = (view: CustomerPageView): Sample[] => [
  { name: 'customer-friend', page: customerPage({ ...view, friend, mayTellReviewed: true }) },
  { name: 'customer-reviewed', page: customerPage({ ...view, notice: { kind: 'reviewed' } }) },
  {
    name: 'customer-reviewed-again',
    page: customerPage({
      ...view,
      mayTellReviewed: true,
      error: { at: 'reviewed', message: 'press-again' },
    }),
  },
];

export const comingBackSamples = (seat: DeskSeat): Sample[] => [
  {
    name: 'coming-back',
    page: comingBackPage(seat, {
      rows: OUTCOMES.map((outcome, index) => ({
        outcome,
        of: [412, 96, 31, 12, 240, 1, 0][index] ?? 0,
        again: index === 0 ? 88 : 0,
      })),
      friends: { orders: 14, from: 9 },
    }),
  },
  ...[0, 1].map((orders) => ({
    name: `coming-back-${orders}`,
    page: comingBackPage(seat, {
      rows: OUTCOMES.map((outcome) => ({ outcome, of: 0, again: 0 })),
      friends: { orders, from: orders },
    }),
  })),
];
