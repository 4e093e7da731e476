/** L6, I6: everything open has an owner and something that happens next by itself, and nothing is overdue. */
import {
  entriesOf,
  isErased,
  isOverdue,
  type Kept,
  type KeptSale,
  numberIn,
  saleOf,
  type Wait,
} from './items.ts';
import { endedBy, hasStopped } from './outcome.ts';
import { isClosed, replayPromises } from './replay.ts';
import type { Finding, Seen } from './seen.ts';

const lastRound = (sale: KeptSale, type: 'started' | 'ended'): number =>
  Math.max(0, ...entriesOf(sale, type).map(({ says }) => numberIn(says, 'round')));

const isOver = (sale: KeptSale): boolean =>
  endedBy(sale) !== undefined || hasStopped(sale, 'check-in') || isErased(sale);

/** Told by the tokens of those that run. */
const findWait = (seen: Seen, sale: KeptSale, key: string) => {
  const wait = sale.waits.find((one) => one.key === key);
  const isRunning = seen.executions.some(
    ({ status, tokens }) => status === 'RUNNING' && wait !== undefined && tokens.includes(wait.token),
  );
  return { wait, isRunning };
};

/** By its own time; or by the row of what is owed, which is looked at every hour. */
const isFound = (sale: KeptSale, { key, position, isOnIndex }: Wait): boolean => {
  if (key === 'FollowUp' && position !== 'promise') return isOnIndex;
  return sale.listed.some(
    ({ promise, openOf }) => openOf !== undefined && (key === 'FollowUp' || key === promise),
  );
};

const standsStill = (seen: Seen, sale: KeptSale, key: string): string | undefined => {
  const { wait, isRunning } = findWait(seen, sale, key);
  if (wait === undefined) return 'nobody waits for it';
  if (!isRunning) return `nothing runs that waits at ${wait.position}`;
  if (!isFound(sale, wait)) return `its wait at ${wait.position} is on no index`;
  return isOverdue(wait.until, seen.now) ? `it waits at ${wait.position} since ${wait.until}` : undefined;
};

const followUps = (seen: Seen, kept: Kept): Finding[] =>
  [...kept.sales.values()].flatMap((sale): Finding[] => {
    if (sale.record === undefined) return [];
    const round = lastRound(sale, 'started');
    if (round === 0)
      return isOver(sale) ? [] : [{ law: 'L6', sale: sale.id, what: 'its follow-up never began' }];
    if (lastRound(sale, 'ended') >= round) return [];
    const why = standsStill(seen, sale, 'FollowUp');
    return why === undefined
      ? []
      : [{ law: 'I6', sale: sale.id, what: `round ${round} is open, and ${why}` }];
  });

const promises = (seen: Seen, kept: Kept): Finding[] =>
  [...kept.sales.values()].flatMap((sale) =>
    replayPromises(sale)
      .filter((owed) => !isClosed(owed))
      .flatMap(({ id, owner }): Finding[] => {
        const ownerless =
          owner === '' ? [{ law: 'L6' as const, sale: sale.id, what: `${id} has no owner` }] : [];
        const why = standsStill(seen, sale, id);
        return why === undefined
          ? ownerless
          : [...ownerless, { law: 'I6', sale: sale.id, what: `${id} is open, and ${why}` }];
      }),
  );

/** Journal entries under an id that turned out to be an alias were copied to its sale. */
const strays = (kept: Kept): Finding[] =>
  [...kept.sales.values()].flatMap((sale): Finding[] => {
    const target = sale.aliasOf === undefined ? undefined : saleOf(kept, sale.id);
    if (target === undefined) return [];
    const known = new Set(target.journal.map(({ key }) => key));
    const missing = sale.journal.filter(({ key }) => !known.has(key));
    return missing.length === 0
      ? []
      : [{ law: 'I1', sale: target.id, what: `${missing.length} events under ${sale.id} did not reach it` }];
  });

export const judgeUpkeep = (seen: Seen, kept: Kept): Finding[] =>
  seen.isDrained ? [...followUps(seen, kept), ...promises(seen, kept), ...strays(kept)] : [];
