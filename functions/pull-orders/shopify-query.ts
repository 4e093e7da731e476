/**
 * What is asked of Shopify's GraphQL Admin API (the REST one is legacy since 2024-10-01), and what it answers. Twenty orders of
 * twenty lines stay below the 1,000 points that one query may cost. Every version is served for a year: docs/deploy.md.
 */
import * as z from 'zod';
import { listOf, maybe } from '../shops/fields.ts';

export const API_VERSION = '2026-10';
export const ORDERS_AT_ONCE = 20;
const LINES_AT_ONCE = 20;

const LINE = 'id title sku quantity currentQuantity isGiftCard';
const ADDRESS = 'firstName name phone countryCodeV2 provinceCode';

export const ORDERS_QUERY = `query Changed($changed: String!, $after: String, $first: Int!) {
  orders(first: $first, after: $after, query: $changed, sortKey: UPDATED_AT) {
    pageInfo { hasNextPage endCursor }
    nodes {
      id legacyResourceId name test createdAt processedAt updatedAt cancelledAt cancelReason
      displayFinancialStatus displayFulfillmentStatus email phone customerLocale tags discountCodes
      totalPriceSet { shopMoney { amount currencyCode } }
      customAttributes { key value }
      customer { firstName lastName defaultEmailAddress { emailAddress } defaultPhoneNumber { phoneNumber } }
      shippingAddress { ${ADDRESS} }
      billingAddress { ${ADDRESS} }
      fulfillments(first: 10) { status displayStatus createdAt updatedAt deliveredAt }
      transactions(first: 10) { kind status processedAt }
      lineItems(first: ${LINES_AT_ONCE}) { pageInfo { hasNextPage endCursor } nodes { ${LINE} } }
    }
  }
}`;

export const LINES_QUERY = `query Lines($id: ID!, $after: String) {
  order(id: $id) {
    lineItems(first: 100, after: $after) { pageInfo { hasNextPage endCursor } nodes { ${LINE} } }
  }
}`;

const PageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() });
/** What is wrong with a field is told by the translator, which parks the order for a person. */
const any = z.unknown().optional();

const Line = z.object({
  id: z.string(),
  title: any,
  sku: any,
  quantity: any,
  currentQuantity: any,
  isGiftCard: any,
});
export type Line = z.output<typeof Line>;
const Lines = z.object({ pageInfo: PageInfo, nodes: z.array(Line) });

const Address = maybe(
  z.object({ firstName: any, name: any, phone: any, countryCodeV2: any, provinceCode: any }).nullable(),
);

export const ShopifyNode = z.object({
  id: z.string(),
  legacyResourceId: z.union([z.string(), z.int()]),
  updatedAt: z.string(),
  name: any,
  test: any,
  createdAt: any,
  processedAt: any,
  cancelledAt: any,
  cancelReason: maybe(z.string()),
  displayFinancialStatus: maybe(z.string()),
  displayFulfillmentStatus: maybe(z.string()),
  email: any,
  phone: any,
  customerLocale: any,
  tags: listOf(z.string()),
  discountCodes: listOf(z.string()),
  totalPriceSet: maybe(z.object({ shopMoney: z.object({ amount: z.string(), currencyCode: z.string() }) })),
  customAttributes: listOf(z.object({ key: z.string(), value: any })),
  customer: maybe(
    z.object({
      firstName: any,
      lastName: any,
      defaultEmailAddress: maybe(z.object({ emailAddress: any })),
      defaultPhoneNumber: maybe(z.object({ phoneNumber: any })),
    }),
  ),
  shippingAddress: Address,
  billingAddress: Address,
  fulfillments: listOf(
    z.object({
      status: z.string(),
      displayStatus: maybe(z.string()),
      createdAt: any,
      updatedAt: any,
      deliveredAt: any,
    }),
  ),
  transactions: listOf(z.object({ kind: z.string(), status: z.string(), processedAt: maybe(z.string()) })),
  lineItems: Lines,
});
export type ShopifyNode = z.output<typeof ShopifyNode>;

export const OrdersData = z.object({
  orders: z.object({ pageInfo: PageInfo, nodes: z.array(ShopifyNode) }),
});
export const LinesData = z.object({ order: z.object({ lineItems: Lines }) });

const Cost = z.object({
  requestedQueryCost: z.number(),
  throttleStatus: z.object({ currentlyAvailable: z.number(), restoreRate: z.number().positive() }),
});
export type Cost = z.output<typeof Cost>;

export const GraphqlAnswer = z.object({
  data: z.unknown().optional(),
  errors: listOf(z.object({ extensions: maybe(z.object({ code: maybe(z.string()) })) })),
  extensions: maybe(z.object({ cost: maybe(Cost) })),
});
