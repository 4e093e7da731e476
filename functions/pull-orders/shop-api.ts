/** What each kind of shop answers, in one form. */
import type { ShopLine } from '../adapters/pull-ports.ts';
import type { Instant } from '../core/ids.ts';

export type PulledOrder = {
  /** As the shop would have sent it. */
  body: unknown;
  topic: string | undefined;
  /** By the shop's clock. */
  changedAt: Instant;
};

export type PulledPage = {
  orders: PulledOrder[];
  /** Once this page is taken, nothing is left that changed before; undefined as long as something may be. */
  through: Instant | undefined;
};

export type Window = { from: Instant; to: Instant };

export type Connection = {
  line: ShopLine;
  url: string;
  /** `<token>` or `<id>:<secret>`. */
  credential: string;
  /** What is left of this run. */
  remainingMs(): number;
};

/** Every order that changed in the window, in pages; the oldest change first as far as the shop can. */
export type ShopApi = (connection: Connection, window: Window) => AsyncGenerator<PulledPage, void>;

/** The shop was asked in vain; the message says why, and never what it answered. */
export class CannotPull extends Error {
  override name = 'CannotPull' as const;
}

export const MALFORMED = "The shop's answer is not what its API gives";

/** `<id>:<secret>`, told apart at the first colon. */
export const pairOf = (credential: string): { id: string; secret: string } | undefined => {
  const [id = '', ...rest] = credential.split(':');
  const secret = rest.join(':');
  return id === '' || secret === '' ? undefined : { id, secret };
};
