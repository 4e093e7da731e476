/** What looking after waits, shops and the mail service takes. */
import type { Instant, SaleId } from '../core/ids.ts';
import type { SourceSeen } from '../core/operations/sources.ts';
import type { Page } from './page.ts';
import type { Pauses } from './pause-ports.ts';
import type { SalePorts } from './ports.ts';

/** Which wait of which sale, and until when; read from an index, so a moment old. */
export type DueWait = { saleId: SaleId; key: string; dueAt: Instant };

export type DueWaits = {
  /** Of one shard, longest past first; `before` excluded. */
  past(
    shard: string,
    options: { before: Instant; limit: number; after?: string | undefined },
  ): Promise<Page<DueWait>>;
  /** The first one at or after `from`; undefined when nobody waits. */
  next(shard: string, from: Instant): Promise<DueWait | undefined>;
  /** The workflow was told at `at`, and the wait stands on the index under `dueAt` again. */
  noteTold(id: SaleId, wait: { key: string; token: string; dueAt: Instant }, at: Instant): Promise<void>;
};

/** What came from each shop connection, and when. */
export type SourcesSeen = {
  /** Something came; at most one write a minute for each source. */
  note(source: string, at: Instant): Promise<void>;
  all(): Promise<SourceSeen[]>;
};

/** Whether the mail service sends for us, and how much of what it lets us send in a day is used. */
export type SendingState = {
  isEnabled(): Promise<boolean>;
  quota(): Promise<{ most: number; used: number }>;
};

export type WatchPorts = SalePorts & {
  due: DueWaits;
  seen: SourcesSeen;
  sending: SendingState;
  pauses: Pick<Pauses, 'read'>;
};
