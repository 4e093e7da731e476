/** A page pressed twice, or shown before somebody else acted: what was seen, and whether it is so already. */
import type { Instant } from '../ids.ts';
import type { Sale } from '../sale.ts';
import type { PromiseEntry } from './entries.ts';
import type { OwedPromise } from './promise.ts';
import type { StaffAct } from './staff-rules.ts';

/** Travels with a form: when it has changed, whoever presses decides about something they have not seen. */
export const stampOf = ({ turn, proposals, verdicts }: OwedPromise): string =>
  String(turn + proposals + verdicts);

/** What happened last to this promise: the entries of one instant belong together. */
const lastOf = (sale: Sale, { id }: OwedPromise): PromiseEntry[] => {
  const own = sale.journal.filter(
    (entry): entry is PromiseEntry => 'promise' in entry && entry.promise === id,
  );
  const at: Instant | undefined = own.at(-1)?.at;
  return own.filter((entry) => entry.at === at);
};

const says = (entry: PromiseEntry, by: string, act: StaffAct): boolean => {
  if ('by' in entry && entry.by !== by) return false;
  switch (act.act) {
    case 'take':
      return entry.type === 'taken';
    case 'done':
      return entry.type === 'proposed' && entry.private?.what === act.what.trim();
    case 'hand-over':
      return entry.type === 'handed-over' && entry.to === act.to;
    case 'more-time':
      return entry.type === 'moved' && entry.dueAt === act.dueAt;
    case 'offer':
      return entry.type === 'offered' && entry.from === act.from && entry.to === act.to;
    case 'book':
      return (
        entry.type === 'booked' &&
        entry.provider === act.provider &&
        entry.from === act.from &&
        entry.to === act.to
      );
    case 'accept':
      return entry.type === 'accepted';
    case 'on-my-way':
      return entry.type === 'on-my-way';
    case 'late':
      return entry.type === 'delayed';
    case 'nobody-home':
      return entry.type === 'missed' && entry.who === 'customer';
    case 'nobody-went':
      return entry.type === 'missed' && entry.who === 'provider';
    case 'withdraw':
      return entry.type === 'withdrawn';
    case 'tell':
      return (
        (entry.type === 'told' && entry.private?.words === act.what.trim()) ||
        (entry.type === 'proposed' && entry.private?.what === act.what.trim())
      );
  }
};

/** The last thing that happened to the promise is this very act of this very person. */
export const isSaidAlready = (sale: Sale, promise: OwedPromise, by: string, act: StaffAct): boolean =>
  lastOf(sale, promise).some((entry) => says(entry, by, act));
