/** What everybody in a run has to do with: the clock, the schedule, the product's doors, and somebody who watches. */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Item } from '../../../functions/adapters/table.ts';
import type { Agenda } from './agenda.ts';
import type { Order } from './cast.ts';
import type { Chance } from './chance.ts';
import type { Witness } from './witness.ts';

export type Answer = { status: number; text: string; writes: number };

export type Stage = {
  chance: Chance;
  witness: Witness;
  secret: string;
  start: number;
  now(): number;
  /** What people and shops do, whether or not the product is there. */
  outside: Agenda;
  /** Something that somebody does of their own accord, at an instant; left out of runs that were cut down. */
  happen(name: string, at: number, act: () => void): void;
  /** Nobody does anything of their own accord any more. */
  isOver(): boolean;
  /** Asks the product by HTTP; 0 when no answer came. `done`: what it put on a queue has been dealt with. */
  http(name: string, event: APIGatewayProxyEventV2, purpose: string, done?: () => void): Promise<Answer>;
  /** A mail comes to the shop. */
  arrive(raw: Uint8Array, done: () => void): void;
  /** The mail service tells what became of a mail. */
  report(event: unknown, done: () => void): void;
  /** What lies in a sale's partition now. */
  partition(sale: string): Item[];
  orderOf(sale: string): Order | undefined;
};

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** When the wait under this key runs out. */
const endOfWait = (stage: Stage, sale: string, key: string): number | undefined => {
  const data = stage.partition(sale).find((item) => item['item'] === `wait#${key}`)?.['data'];
  const until = typeof data === 'object' && data !== null && 'until' in data ? data.until : undefined;
  return typeof until === 'string' ? Date.parse(until) : undefined;
};

/** Soon, in some days, or in the very instant in which nobody waits any longer. */
export const momentFor = (stage: Stage, name: string, sale: string, key: string): number => {
  const { chance } = stage;
  const how = chance.draw(`how soon ${name}`);
  const end = how > 0.75 ? endOfWait(stage, sale, key) : undefined;
  if (end !== undefined && end > stage.now())
    return Math.max(
      stage.now() + 1,
      end + chance.pick(`to the instant ${name}`, [0, 0, 0, 0, -1, 1, 500, -1000]),
    );
  const most = how < 0.4 ? 2 * HOUR_MS : 4 * DAY_MS;
  return stage.now() + 3000 + Math.round(chance.draw(`later ${name}`) * most);
};
