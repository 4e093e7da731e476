/** What the hourly synthetic sale needs besides: it comes from outside, as a shop and a customer do. */
import type { Instant } from '../core/ids.ts';
import type { Ids, LinkStore, SaleStore, Secrets, Settings } from './ports.ts';

export type OutsideAnswer = { status: number; text: string };

/** The public address, as the world sees it. */
export type Outside = {
  get(url: string): Promise<OutsideAnswer>;
  post(url: string, headers: Record<string, string>, body: string): Promise<OutsideAnswer>;
};

/** Which synthetic sale is under way. */
export type CanaryLog = {
  last(): Promise<{ orderId: string; at: Instant } | undefined>;
  note(run: { orderId: string; at: Instant }): Promise<void>;
};

export type CanaryPorts = {
  settings: Pick<Settings, 'config' | 'publicUrl'>;
  ids: Ids;
  sales: SaleStore;
  links: LinkStore;
  secrets: Secrets;
  outside: Outside;
  log: CanaryLog;
  /** Lets some time pass. */
  pause(ms: number): Promise<void>;
};
