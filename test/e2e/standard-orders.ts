/** Orders of one customer, as a shop of its own making announces them: a class, a service with a booked visit. */
import { type ShopRequest, standardRequest } from '../../lib/local/sample-orders/shop-requests.ts';

export const STANDARD_SECRET = 'whsec_bG9jYWwtc2VjcmV0LWxvY2FsLXNlY3JldA==';

export type StandardOrder = { id: string; email: string; at: number };

let count = 0;
export const newStandardOrder = (at: number): StandardOrder => {
  count += 1;
  return { id: `E-${count}`, email: `jo.${count}@example.org`, at };
};

type More = {
  type?: 'class' | 'service' | 'goods';
  title?: string;
  soldBy?: string;
  visit?: Record<string, string>;
  locale?: string;
};

export const ordered = (order: StandardOrder, more: More = {}): ShopRequest => {
  const { type = 'service', title = 'Boiler service', ...rest } = more;
  return standardRequest({
    secret: STANDARD_SECRET,
    at: order.at,
    body: {
      type: 'order.paid',
      timestamp: new Date(order.at).toISOString(),
      data: {
        orderId: order.id,
        number: `#${order.id}`,
        placedAt: new Date(order.at).toISOString(),
        customer: {
          name: 'Jo Arnold',
          firstName: 'Jo',
          email: order.email,
          phone: '+41 79 555 04 04',
          locale: rest.locale ?? 'en',
          country: 'CH',
        },
        lines: [{ id: '1', title, type, quantity: 1 }],
        total: { amount: '480.00', currency: 'CHF' },
        ...(rest.soldBy === undefined ? {} : { soldBy: rest.soldBy }),
        ...(rest.visit === undefined ? {} : { visit: rest.visit }),
      },
    },
  });
};

export const cancelledOrder = (order: StandardOrder, at: number): ShopRequest =>
  standardRequest({
    secret: STANDARD_SECRET,
    at,
    body: { type: 'order.cancelled', timestamp: new Date(at).toISOString(), data: { orderId: order.id } },
  });

/** A signed request to the promise API. */
export const promiseRequest = (body: unknown, at: number, id?: string): ShopRequest => ({
  ...standardRequest({ secret: STANDARD_SECRET, at, body, ...(id === undefined ? {} : { id }) }),
  path: '/promises',
});
