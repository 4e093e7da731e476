/** Pauses and whom they hold, in memory, with the adapters' semantics. */
import type { HeldSale, HeldSales, Pauses } from '../../functions/adapters/pause-ports.ts';
import { heldShard, type Pause, pausedName } from '../../functions/core/operations/pause.ts';

export const createMemoryPauses = (): Pauses => {
  const pauses = new Map<string, Pause>();
  let endedUntil: string | undefined;
  const noteEnd = ({ until }: Pause) => {
    if (endedUntil === undefined || endedUntil < until) endedUntil = until;
  };
  const takeOff = (pause: Pause): boolean => {
    const name = pausedName(pause.what);
    const known = pauses.get(name);
    return known?.from === pause.from && known.until === pause.until && pauses.delete(name);
  };
  return {
    read: async () => ({ pauses: structuredClone([...pauses.values()]), endedUntil }),
    put: async (pause, former) => {
      if (former !== undefined && pause.until < former.until) noteEnd(former);
      pauses.set(pausedName(pause.what), structuredClone(pause));
    },
    end: async (pause) => {
      noteEnd(pause);
      return takeOff(pause);
    },
    forget: async (over) => {
      if ('what' in over) takeOff(over);
      else if (over.endedUntil === endedUntil) endedUntil = undefined;
    },
  };
};

const keyOf = ({ until, saleId }: HeldSale) => `${until}#${saleId}`;

export const createMemoryHeldSales = (): HeldSales & { all(): HeldSale[] } => {
  const rows = new Map<string, HeldSale>();
  const all = () => [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, held]) => held);
  return {
    all,
    hold: async (held) => {
      rows.set(keyOf(held), { ...held });
    },
    look: async (shard, { limit, after }) => {
      const found = all().filter(
        (held) => heldShard(held.saleId) === shard && (after === undefined || keyOf(held) > after),
      );
      const items = found.slice(0, limit);
      const last = items.at(-1);
      return { items, next: found.length > limit && last !== undefined ? keyOf(last) : undefined };
    },
    drop: async (held) => {
      rows.delete(keyOf(held));
    },
  };
};
