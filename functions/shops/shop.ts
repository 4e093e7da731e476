import type { Translation } from '../core/shop-event.ts';

export type ShopKind = 'shopify' | 'woocommerce' | 'stripe' | 'standard';

/** Header names in lower case, as API Gateway's HTTP API sends them. */
export type Headers = Readonly<Record<string, string | undefined>>;

export type SignedRequest = {
  headers: Headers;
  /** The raw bytes, base64 of the gateway already taken off: the signature covers these and nothing else. */
  body: Buffer;
  /** Epoch milliseconds, from the event. */
  receivedAt: number;
};

export type Webhook = {
  source: string;
  topic: string | undefined;
  deliveryId: string | undefined;
  /** As `parseJson` gives it: whole numbers a double cannot hold are text. */
  body: unknown;
  /** ISO 8601 UTC. */
  receivedAt: string;
  testOrders: 'accept' | 'ignore';
};

/** How one kind of shop shows that a webhook is its own. No function here throws, whatever it is given. */
export type Sender = {
  /** Whether one of the secrets, newest first, signed this. A refusal tells no detail, so that nobody learns from it. */
  isSigned(request: SignedRequest, secrets: readonly string[]): boolean;
  /** A request the shop sends unsigned to try the address, which wants 200 and does nothing. */
  isPing(request: SignedRequest): boolean;
  /** What the headers tell; a shop that says it in the body leaves both undefined. */
  describe(headers: Headers): { topic: string | undefined; deliveryId: string | undefined };
};

/** What one kind of shop signs, sends and means; it throws as little. */
export type Shop = Sender & {
  kind: ShopKind;
  translate(webhook: Webhook): Translation;
};
