/** How one kind of shop would announce a sample sale, and what it says about it later. */
import type { SampleSale } from './sample-sale.ts';
import type { ShopRequest } from './shop-requests.ts';

export const TOLD_TYPES = ['delivered', 'refunded', 'cancelled'] as const;
export type ToldType = (typeof TOLD_TYPES)[number];

export type Told = {
  sale: SampleSale;
  source: string;
  secret: string;
  /** When it is said, epoch milliseconds. */
  at: number;
};

export type SampleShop = {
  /** The id as this kind of shop writes it; ends in the sale's serial. */
  orderId(sale: SampleSale): string;
  order(told: Told): ShopRequest;
  /** What is sent for each; text says why this kind of shop never sends such a thing. */
  later: Record<ToldType, ((told: Told) => ShopRequest) | string>;
};

export const isoOf = (at: number): string => new Date(at).toISOString();
