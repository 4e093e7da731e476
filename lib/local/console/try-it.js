/** Buttons that make something happen: a sample order, a jump of the clock. */
import { api } from './api.js';
import { announce, byId, element, longTime } from './dom.js';

const SOURCES = [
  ['shopify', 'Shopify'],
  ['woocommerce', 'WooCommerce'],
  ['stripe', 'Stripe'],
  ['standard', 'Any other'],
];

const orderButton = ([source, label], console) =>
  element(
    'button',
    {
      type: 'button',
      id: `order-${source}`,
      onclick: () =>
        console.run(async () => {
          await api.placeOrder({ source, journey: byId('journey').value });
          announce('The order has been placed and its follow-up has begun. Now move the clock.');
          location.hash = '#sales';
        }),
    },
    label,
  );

const BUSINESS_HOUR = 9;
const BUSINESS_MINUTE = 30;

/** The next Monday to Friday at 9.30 by this machine's own zone. */
export const nextBusinessMorning = (now) => {
  const morning = new Date(now);
  morning.setHours(BUSINESS_HOUR, BUSINESS_MINUTE, 0, 0);
  while (morning.getTime() <= new Date(now).getTime() || morning.getDay() % 6 === 0) {
    morning.setDate(morning.getDate() + 1);
  }
  return morning.toISOString();
};

const JUMPS = [
  ['+ 1 hour', () => ({ advance: 'PT1H' })],
  ['+ 1 day', () => ({ advance: 'P1D' })],
  ['+ 4 days', () => ({ advance: 'P4D' })],
  ['Next business morning', (now) => ({ to: nextBusinessMorning(now) })],
];

const happened = (fired) => {
  if (!fired) return 'nothing was due on the way';
  return fired === 1 ? 'one thing happened on the way' : `${fired} things happened on the way`;
};

const jump = (move, console) =>
  console.run(async () => {
    const { now, fired } = await api.moveClock(move);
    announce(`It is now ${longTime(now)}, and ${happened(fired)}.`);
  });

export const setUpTryIt = (console) => {
  byId('sources').append(...SOURCES.map((source) => orderButton(source, console)));
  byId('jumps').append(
    ...JUMPS.map(([label, moveFrom]) =>
      element('button', { type: 'button', onclick: () => jump(moveFrom(console.now()), console) }, label),
    ),
  );
  byId('clock-form').addEventListener('submit', (event) => {
    event.preventDefault();
    void jump({ to: new Date(byId('clock-to').value).toISOString() }, console);
  });
};
