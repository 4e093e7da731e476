/**
 * An order as GraphQL tells it, in the words of the webhook's body, so that one translator understands both. Not told: who
 * sold it at the counter (`staffMember` needs a plan and a scope of its own).
 */
import type { Line, ShopifyNode } from './shopify-query.ts';

const digitsOf = (gid: string): string => /\d+$/.exec(gid)?.[0] ?? gid;

/** GraphQL writes `378.0` where the webhook writes `378.00`, and `1000.0` yen. */
const asInWebhooks = (amount: string, currency: string): string => {
  const decimals = decimalsOf(currency);
  const [whole = '', fraction = ''] = amount.split('.');
  const kept = fraction.replace(/0+$/, '').padEnd(decimals, '0');
  return kept === '' ? whole : `${whole}.${kept}`;
};

const decimalsOf = (currency: string): number => {
  try {
    return (
      new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ??
      2
    );
  } catch {
    return 2;
  }
};

const FULFILLMENT: ReadonlyMap<string, string> = new Map([
  ['FULFILLED', 'fulfilled'],
  ['PARTIALLY_FULFILLED', 'partial'],
  ['RESTOCKED', 'restocked'],
]);

const addressOf = (address: ShopifyNode['shippingAddress']) =>
  address === undefined || address === null
    ? null
    : {
        first_name: address.firstName,
        name: address.name,
        phone: address.phone,
        country_code: address.countryCodeV2,
        province_code: address.provinceCode,
      };

const lineOf = (line: Line) => ({
  id: digitsOf(line.id),
  title: line.title,
  sku: line.sku,
  quantity: line.quantity,
  current_quantity: line.currentQuantity,
  gift_card: line.isGiftCard,
});

const customerOf = (customer: ShopifyNode['customer']) =>
  customer === undefined
    ? null
    : {
        first_name: customer.firstName,
        last_name: customer.lastName,
        email: customer.defaultEmailAddress?.emailAddress,
        phone: customer.defaultPhoneNumber?.phoneNumber,
      };

const isPayment = ({ kind, status }: ShopifyNode['transactions'][number]): boolean =>
  (kind === 'SALE' || kind === 'CAPTURE') && status === 'SUCCESS';

/** The webhook dates no payment, so this field is ours. */
const paidAtOf = ({ transactions }: ShopifyNode): string | undefined =>
  transactions
    .filter(isPayment)
    .flatMap(({ processedAt }) => processedAt ?? [])
    .toSorted()
    .at(-1);

const shipmentsOf = ({ fulfillments }: ShopifyNode) =>
  fulfillments.map((shipment) => ({
    status: shipment.status.toLowerCase(),
    shipment_status: shipment.displayStatus?.toLowerCase() ?? null,
    created_at: shipment.createdAt,
    updated_at: shipment.deliveredAt ?? shipment.updatedAt,
  }));

/** `lines`: all of them, also those that did not fit into the first answer. */
export const webhookBodyOf = (node: ShopifyNode, lines: readonly Line[]): Record<string, unknown> => {
  const money = node.totalPriceSet?.shopMoney;
  return {
    id: String(node.legacyResourceId),
    name: node.name,
    test: node.test,
    created_at: node.createdAt,
    processed_at: node.processedAt,
    updated_at: node.updatedAt,
    cancelled_at: node.cancelledAt ?? null,
    cancel_reason: node.cancelReason?.toLowerCase() ?? null,
    financial_status: node.displayFinancialStatus?.toLowerCase() ?? null,
    fulfillment_status: FULFILLMENT.get(node.displayFulfillmentStatus ?? '') ?? null,
    paid_at: paidAtOf(node),
    fulfillments: shipmentsOf(node),
    total_price: money === undefined ? undefined : asInWebhooks(money.amount, money.currencyCode),
    currency: money?.currencyCode,
    email: node.email,
    phone: node.phone,
    customer_locale: node.customerLocale,
    customer: customerOf(node.customer),
    shipping_address: addressOf(node.shippingAddress),
    billing_address: addressOf(node.billingAddress),
    line_items: lines.map(lineOf),
    discount_codes: node.discountCodes.map((code) => ({ code })),
    tags: node.tags.join(', '),
    note_attributes: node.customAttributes.map(({ key, value }) => ({ name: key, value })),
  };
};
