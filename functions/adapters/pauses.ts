/**
 * The pauses, in the sales table: `control` / `pause`, one item, because it is read before every send. Each pause is an
 * attribute named after what stands still (`pause#all`, `pause#source shopify`), so that two people may pause two things.
 * `endedUntil` says how late an end those still wait for whom a pause held that was ended early.
 */
import * as z from 'zod';
import { isBefore } from '../core/calendar.ts';
import { Instant } from '../core/ids.ts';
import { Pause, pausedName } from '../core/operations/pause.ts';
import type { Pauses } from './pause-ports.ts';
import type { Item, Table } from './table.ts';

const KEY = { sale: 'control', item: 'pause' } as const;
const PREFIX = 'pause#';
const Ended = z.object({ endedUntil: Instant.optional() });

const nameOf = ({ what }: Pause) => `${PREFIX}${pausedName(what)}`;

const pausesIn = (item: Item): Pause[] =>
  Object.entries(item).flatMap(([name, value]) => (name.startsWith(PREFIX) ? [Pause.parse(value)] : []));

export const createPauses = (table: Table): Pauses => {
  /** Before the pause itself: a crash in between has people looked for who are still held, and that is all. */
  const noteEnd = async ({ until }: Pause): Promise<void> => {
    await table.update(KEY, 'SET #ended = :until', {
      expression: 'attribute_not_exists(#ended) OR #ended < :until',
      names: { '#ended': 'endedUntil' },
      values: { ':until': until },
    });
  };

  /** The word of this moment about this end; a newer one has another. */
  const takeOff = (pause: Pause): Promise<boolean> =>
    table.update(KEY, 'REMOVE #pause', {
      expression: '#pause.#from = :from AND #pause.#until = :until',
      names: { '#pause': nameOf(pause), '#from': 'from', '#until': 'until' },
      values: { ':from': pause.from, ':until': pause.until },
    });

  return {
    read: async () => {
      const item = (await table.get(KEY)) ?? {};
      return { pauses: pausesIn(item), endedUntil: Ended.parse(item).endedUntil };
    },
    put: async (pause, former) => {
      if (former !== undefined && isBefore(pause.until, former.until)) await noteEnd(former);
      await table.update(KEY, 'SET #pause = :pause', {
        names: { '#pause': nameOf(pause) },
        values: { ':pause': pause },
      });
    },
    end: async (pause) => {
      await noteEnd(pause);
      return takeOff(pause);
    },
    forget: async (over) => {
      if ('what' in over) {
        await takeOff(over);
        return;
      }
      await table.update(KEY, 'REMOVE #ended', {
        expression: '#ended = :until',
        names: { '#ended': 'endedUntil' },
        values: { ':until': over.endedUntil },
      });
    },
  };
};
