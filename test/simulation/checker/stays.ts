/** How long executions stayed in their states: told by their histories alone. */
import { itemIn, type KeptSale, numberIn, textIn } from './items.ts';
import type { Item, SeenExecution } from './seen.ts';

export type Stay = { state: string; from: number; until: number };

const isItem = (value: unknown): value is Item => typeof value === 'object' && value !== null;

const eventsOf = ({ history }: SeenExecution): Item[] => {
  const events: unknown = JSON.parse(history);
  return Array.isArray(events) ? events.filter(isItem) : [];
};

/** Of the states that are named so, or begin so; whoever is still there stays for ever. */
export const staysIn = (execution: SeenExecution, names: readonly string[]): Stay[] => {
  const stays: Stay[] = [];
  for (const event of eventsOf(execution)) {
    const at = numberIn(event, 'timestamp') * 1000;
    const entered = textIn(itemIn(event, 'stateEnteredEventDetails'), 'name');
    const open = stays.at(-1);
    if (open !== undefined && open.until === Number.POSITIVE_INFINITY) {
      const isLeft = textIn(event, 'type').endsWith('StateExited') || entered !== '';
      if (isLeft) open.until = at;
    }
    if (names.some((name) => entered.startsWith(name)))
      stays.push({ state: entered, from: at, until: Number.POSITIVE_INFINITY });
  }
  return stays;
};

export const isFollowUpOf = (sale: KeptSale, { machine, input }: SeenExecution): boolean =>
  machine === 'FollowUp' && input.includes(JSON.stringify(sale.id));
