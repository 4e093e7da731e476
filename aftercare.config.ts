/**
 * The shop's policy: who works here, what is sold, when customers are asked how it is going. Edit this file; it is
 * checked before anything starts, and a mistake is named with its place. docs/configuration.md explains every field.
 */
import { defineConfig } from './functions/core/configuration.ts';
import { publicHolidays } from './lib/holidays.ts';

/** Of the canton of Zurich. For your own: publicHolidays('DE', 'BY'), or a list of days as '2031-12-24'. */
const holidays = publicHolidays('CH', 'ZH');

export default defineConfig({
  shop: {
    name: 'Lindenhof Supply',
    address: 'Lindenhofstrasse 4, 8001 Zurich, Switzerland',
    website: 'https://shop.example',
    mailFrom: 'hello@shop.example',
    zone: 'Europe/Zurich',
    locale: 'en',
    reviewUrl: 'https://shop.example/reviews',
    /** Mail to this domain arrives here: customers and staff just answer. docs/deploy.md says which MX record it needs. */
    replyDomain: 'reply.shop.example',
  },

  /** Webhooks arrive at /webhooks/<name>. A secret is never written here: see docs/deploy.md. */
  sources: {
    shopify: { kind: 'shopify', testOrders: 'accept' },
    woocommerce: { kind: 'woocommerce', testOrders: 'accept' },
    stripe: { kind: 'stripe', testOrders: 'accept' },
    standard: { kind: 'standard', testOrders: 'accept' },
  },

  /** level 0 = rep, 1 = manager, 2 = head of the business. Customers see the phone number of whoever signs. */
  staff: [
    { id: 'ana', name: 'Ana Keller', email: 'ana@shop.example', phone: '+41 44 555 01 01', level: 0 },
    { id: 'ben', name: 'Ben Okafor', email: 'ben@shop.example', phone: '+41 44 555 01 02', level: 0 },
    {
      id: 'mara',
      name: 'Mara Lindt',
      email: 'mara@shop.example',
      phone: '+41 44 555 01 10',
      title: 'Manager',
      level: 1,
    },
    {
      id: 'theo',
      name: 'Theo Linden',
      email: 'theo@shop.example',
      phone: '+41 44 555 01 20',
      title: 'Owner',
      level: 2,
    },
  ],

  hours: {
    staff: {
      mon: [
        ['09:00', '12:30'],
        ['13:30', '17:30'],
      ],
      tue: [
        ['09:00', '12:30'],
        ['13:30', '17:30'],
      ],
      wed: [
        ['09:00', '12:30'],
        ['13:30', '17:30'],
      ],
      thu: [
        ['09:00', '12:30'],
        ['13:30', '17:30'],
      ],
      fri: [
        ['09:00', '12:30'],
        ['13:30', '17:00'],
      ],
    },
    customers: {
      mon: [['09:30', '16:30']],
      tue: [['09:30', '16:30']],
      wed: [['09:30', '16:30']],
      thu: [['09:30', '16:30']],
      fri: [['09:30', '16:30']],
    },
    holidays: { staff: holidays, customers: holidays },
  },

  /** Working hours until somebody must have taken it, and until who took it must have done it. */
  promises: {
    resolve: { answerHours: 4, keepHours: 16 },
    call: { answerHours: 8, keepHours: 16 },
  },

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
      review: { days: 8 },
    },
    furniture: {
      kind: 'goods',
      checkIn: [
        { after: 'delivered', wait: { days: 10 } },
        { after: 'fulfilled', wait: { days: 17 } },
        { after: 'paid', wait: { days: 24 } },
      ],
      reminder: { days: 4 },
      person: { days: 3 },
      review: { days: 10 },
    },
    service: {
      kind: 'service',
      checkIn: [
        { after: 'delivered', wait: { businessDays: 1 } },
        { after: 'fulfilled', wait: { businessDays: 1 } },
        { after: 'paid', wait: { days: 7 } },
      ],
      reminder: { days: 3 },
      person: { days: 2 },
      review: { days: 7 },
      promises: [
        {
          kind: 'visit',
          within: { businessDays: 2 },
          says: 'Within two working days of your order we agree with you on a day and a time to come by.',
        },
      ],
    },
    class: {
      kind: 'class',
      checkIn: [
        { after: 'delivered', wait: { days: 1 } },
        { after: 'fulfilled', wait: { days: 1 } },
        { after: 'paid', wait: { days: 2 } },
      ],
      reminder: { days: 4 },
      person: { days: 2 },
      review: { days: 21 },
      promises: [
        {
          kind: 'call',
          within: { days: 7 },
          says: 'A trainer calls you within a week of your order, before the class begins.',
        },
      ],
    },
    saas: {
      kind: 'saas',
      checkIn: [{ after: 'paid', wait: { days: 3 } }],
      reminder: { days: 4 },
      person: { days: 7 },
      review: { days: 42 },
    },
  },

  /** The first that fits wins. */
  choose: [
    { when: { tag: 'service' }, journey: 'service' },
    { when: { productType: 'service' }, journey: 'service' },
    { when: { tag: 'class' }, journey: 'class' },
    { when: { productType: 'class' }, journey: 'class' },
    { when: { tag: 'saas' }, journey: 'saas' },
    { when: { productType: 'saas' }, journey: 'saas' },
    { when: { tag: 'furniture' }, journey: 'furniture' },
    { when: { productType: 'furniture' }, journey: 'furniture' },
  ],
  otherwise: 'goods',
});
