/** What asking shops for their orders takes. */
import type { Instant } from '../core/ids.ts';
import type { IntakeQueue, SaleStore, Settings } from './ports.ts';

/** How far a shop has been asked. */
export type Cursor = {
  /** Orders placed before this and unknown here are the business of `aftercare import`. */
  since: Instant;
  /** By the shop's own clock: whatever changed until then is on the queue, or was known. */
  through: Instant;
};

export type Cursors = {
  of(source: string): Promise<Cursor | undefined>;
  /** Never moves back: of two runs at once the one that came further counts. */
  move(source: string, cursor: Cursor): Promise<void>;
};

/** What lets us read a shop's orders; nothing of it may be logged. */
export type ShopCredentials = { of(source: string): Promise<string | undefined> };

export type ShopQuestion = {
  url: string;
  headers: Readonly<Record<string, string>>;
  /** A question with a body is a POST. */
  body?: string;
};

/** Header names in lower case. */
export type ShopAnswer = { status: number; headers: Readonly<Record<string, string>>; body: Buffer };

export type ShopLine = {
  /** Rejects when the shop cannot be reached, or takes too long. */
  ask(question: ShopQuestion, patienceMs: number): Promise<ShopAnswer>;
  pause(ms: number): Promise<void>;
};

export type PullPorts = {
  settings: Pick<Settings, 'config'>;
  sales: Pick<SaleStore, 'load'>;
  cursors: Cursors;
  credentials: ShopCredentials;
  queue: IntakeQueue;
  line: ShopLine;
};
