/** A shop with one journey of each kind, so that what these tests say does not change with aftercare.config.ts. */
import type { ConfigurationInput } from '../../../functions/core/configuration.ts';

const DAY: [string, string][] = [
  ['09:00', '12:00'],
  ['13:00', '17:00'],
];
const OPEN: [string, string][] = [['09:30', '16:30']];

export const cliConfig = {
  shop: {
    name: 'Alder & Finch',
    address: 'Alder & Finch, 3 Mill Lane, Bern, Switzerland',
    website: 'https://alder.example',
    mailFrom: 'hello@alder.example',
    zone: 'Europe/Zurich',
    locale: 'en',
    reviewUrl: 'https://alder.example/reviews',
  },
  sources: {
    web: { kind: 'standard', testOrders: 'accept' },
    shopify: { kind: 'shopify' },
    woocommerce: { kind: 'woocommerce' },
    stripe: { kind: 'stripe' },
  },
  staff: [
    { id: 'lena', name: 'Lena Alder', email: 'lena@alder.example', phone: '+41 31 555 01 01', level: 0 },
    { id: 'omar', name: 'Omar Finch', email: 'omar@alder.example', phone: '+41 31 555 01 02', level: 1 },
    { id: 'ruth', name: 'Ruth Alder', email: 'ruth@alder.example', phone: '+41 31 555 01 03', level: 2 },
  ],
  hours: {
    staff: { mon: DAY, tue: DAY, wed: DAY, thu: DAY, fri: DAY },
    customers: { mon: OPEN, tue: OPEN, wed: OPEN, thu: OPEN, fri: OPEN },
  },
  promises: { resolve: { answerHours: 4, keepHours: 16 }, call: { answerHours: 8, keepHours: 16 } },
  journeys: {
    goods: {
      kind: 'goods',
      checkIn: [
        { after: 'delivered', wait: { days: 4 } },
        { after: 'fulfilled', wait: { days: 7 } },
        { after: 'paid', wait: { days: 11 } },
      ],
      reminder: { days: 4 },
      person: { days: 3 },
      review: { days: 18 },
    },
    service: {
      kind: 'service',
      checkIn: [
        { after: 'delivered', wait: { businessDays: 1 } },
        { after: 'paid', wait: { days: 7 } },
      ],
      reminder: { days: 3 },
      person: { days: 2 },
      review: { days: 10 },
    },
    class: {
      kind: 'class',
      checkIn: [{ after: 'paid', wait: { days: 2 } }],
      reminder: { days: 4 },
      person: { days: 2 },
      review: { days: 30 },
    },
    saas: {
      kind: 'saas',
      checkIn: [{ after: 'paid', wait: { days: 3 } }],
      reminder: { days: 4 },
      person: { days: 7 },
    },
  },
  choose: [
    { when: { productType: 'service' }, journey: 'service' },
    { when: { tag: 'class' }, journey: 'class' },
    { when: { source: 'stripe', amountFrom: 20 }, journey: 'saas' },
  ],
  otherwise: 'goods',
} satisfies ConfigurationInput;
