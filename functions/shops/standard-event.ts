/**
 * The body that any shop without a connection of its own sends, signed by the Standard Webhooks rules. Published as
 * docs/schemas/order-event.schema.json, with an example of each type beside it.
 */
import * as z from 'zod';
import { Zone } from '../core/calendar.ts';
import { OrderId } from '../core/ids.ts';
import { plainText } from './plain-text.ts';

const ID = 'expected text of 1-200 letters, digits or . : ~ + = @ # - _, or a whole number';

const orderId = z
  .union([OrderId, z.int().min(0)], ID)
  .transform(String)
  .meta({ id: 'OrderId', description: 'The id of the order in your shop. Never used for two orders.' });

const lineId = z
  .union([z.string().min(1).max(200), z.int().min(0)], 'expected text or a whole number')
  .transform(String);

const moment = z.iso
  .datetime({ offset: true, error: 'expected a time such as "2026-11-22T09:30:00Z"' })
  .meta({ id: 'Moment', description: 'ISO 8601 with seconds and Z or an offset.' });

const words = (description: string) => z.string('expected text').nullish().meta({ description });

const DECIMAL = /^\d{1,20}(\.\d{1,10})?$/;
const AMOUNT = 'expected an amount such as "129.90"';

const amount = z
  .union([z.string().regex(DECIMAL, AMOUNT), z.number().min(0, AMOUNT)], AMOUNT)
  .transform(String)
  .pipe(z.string().regex(DECIMAL, AMOUNT))
  .meta({ description: 'Major units, best as text: "129.90".' });

const quantity = z
  .int('expected a whole number')
  .min(1, 'expected 1 or more')
  .max(1e9, 'expected at most a billion');

const Line = z
  .object({
    id: lineId
      .optional()
      .meta({ description: 'Refunds name lines by it. Left out: the position, "1" for the first.' }),
    title: z
      .string('expected text')
      .min(1, 'expected text')
      .refine((title) => plainText(title, 500) !== undefined, 'expected text')
      .meta({ description: 'As the customer knows it.' }),
    sku: words('The stock-keeping unit.'),
    type: words('The kind of product, as "shoes" or "haircut": journeys can be chosen by it.'),
    quantity: quantity.default(1),
  })
  .meta({ id: 'Line' });

const Customer = z
  .object({
    name: words('The full name.'),
    firstName: words('As a friendly mail would say it.'),
    email: words('Where the questions go. A sale without one is followed up by phone.'),
    phone: words('For the person who calls.'),
    locale: words('The language the customer shops in, BCP 47: "de-CH".'),
    country: words('Where it is delivered, ISO 3166-1: "CH".'),
    region: words(
      'The region there, ISO 3166-2 without the country: "ZH", "CA". Tells the clock of wide countries.',
    ),
  })
  .meta({ id: 'Customer', description: 'What is left out is not asked for; what is unusable is left out.' });

const Order = z
  .object({
    orderId,
    number: words('What the customer calls the order: "#1001". Left out: the id.'),
    placedAt: moment.nullish(),
    paidAt: moment.nullish(),
    customer: Customer.default({}),
    lines: z
      .array(Line, 'expected a list of lines')
      .min(1, 'expected at least one line')
      .max(1000, 'expected at most 1000 lines'),
    total: z.object({
      amount,
      currency: z
        .string('expected a currency such as "EUR"')
        .regex(/^[A-Za-z]{3}$/, 'expected a currency such as "EUR"'),
    }),
    tags: z.array(z.string('expected text')).max(250, 'expected at most 250 tags').nullish(),
    soldBy: words('The name, id or address of the member of staff who sold it.'),
    codes: z
      .array(z.string('expected text'), 'expected a list of codes')
      .max(250, 'expected at most 250 codes')
      .nullish()
      .meta({
        description:
          'Discount codes it was bought with: a code that a customer passed on leads back to them.',
      }),
    isGift: z
      .boolean('expected true or false')
      .nullish()
      .meta({ description: 'Bought for somebody else: the buyer is asked about the buying only.' }),
    visit: z
      .object({
        from: moment,
        to: moment,
        zone: Zone.nullish().meta({ description: 'IANA zone of the place. Left out: the zone of the shop.' }),
        place: words('Where it happens.'),
        bring: words('What the customer should have ready.'),
        provider: words('The staff id of who goes there. Left out: who looks after the sale.'),
      })
      .nullish()
      .meta({ description: 'A visit booked with the order, with its window.' }),
  })
  .meta({ id: 'Order' });
export type StandardOrder = z.output<typeof Order>;

const envelope = {
  timestamp: moment.nullish().meta({ description: 'When it happened. Left out: when it arrived.' }),
  test: z
    .boolean('expected true or false')
    .nullish()
    .meta({ description: 'True for an order nobody waits for.' }),
};

export const StandardEvent = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('order.created'), ...envelope, data: Order }),
    z.object({ type: z.literal('order.paid'), ...envelope, data: Order }),
    z.object({
      type: z.literal('order.fulfilled'),
      ...envelope,
      data: z.object({
        orderId,
        expectedAt: moment.nullish().meta({ description: 'When it should reach the customer.' }),
      }),
    }),
    z.object({ type: z.literal('order.delivered'), ...envelope, data: z.object({ orderId }) }),
    z.object({
      type: z.literal('order.reviewed').meta({
        description:
          'The customer wrote a review: they are asked for none, for this order or another one, for a year.',
      }),
      ...envelope,
      data: z.object({ orderId }),
    }),
    z.object({
      type: z.literal('customer.erased').meta({
        description: 'Forget the person behind this order, with every order of theirs.',
      }),
      ...envelope,
      data: z.object({ orderId }),
    }),
    z.object({
      type: z.literal('customer.data-requested').meta({
        description: 'The person behind this order wants to know what is kept about them.',
      }),
      ...envelope,
      data: z.object({ orderId }),
    }),
    z.object({
      type: z.literal('order.cancelled'),
      ...envelope,
      data: z.object({ orderId, reason: words('Shown to staff.') }),
    }),
    z.object({
      type: z.literal('order.refunded'),
      ...envelope,
      data: z.object({
        orderId,
        full: z
          .boolean('expected true or false')
          .nullish()
          .meta({ description: 'Whether everything is paid back. Left out: true when no lines are named.' }),
        lines: z
          .array(z.object({ id: lineId, quantity: quantity.default(1) }), 'expected a list of lines')
          .max(1000, 'expected at most 1000 lines')
          .nullish()
          .meta({ description: 'What came back. A refund of money only has `full: false` and no lines.' }),
      }),
    }),
  ])
  .meta({
    title: 'An order event for Aftercare',
    description: 'The signed body of POST /webhooks/<source>.',
  });
export type StandardEvent = z.output<typeof StandardEvent>;
