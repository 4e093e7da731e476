/** I12: what somebody was told has been done is still done at the end, whatever crashed in between. */
import { entriesOf, isErased, type Kept, type KeptSale, saleOf, textIn } from './items.ts';
import { hasStopped } from './outcome.ts';
import type { Act, Finding, Seen } from './seen.ts';

const isAcknowledged = ({ status, doneAt }: Act): boolean =>
  status >= 200 && status < 300 && doneAt !== undefined;

const about = (sale: KeptSale | undefined, types: readonly string[], promise: string | undefined) =>
  (sale?.journal ?? []).filter(
    ({ type, says }) =>
      types.includes(type) && (promise === undefined || textIn(says, 'promise') === promise),
  );

/** What the journal must know of an act; somebody else may have been quicker, so closing in any way will do. */
const CLOSERS = ['judged', 'waived', 'withdrawn', 'assumed'];

const missing = (sale: KeptSale | undefined, act: Act): string | undefined => {
  const { what, promise } = act;
  switch (what) {
    case 'stop':
      return entriesOf(sale, 'stopped').length > 0 ? undefined : 'their stop';
    case 'resume':
      return sale !== undefined && hasStopped(sale, 'check-in')
        ? 'that they take their stop back'
        : undefined;
    case 'erase':
      return isErased(sale) ? undefined : 'that they are to be forgotten';
    case 'kept':
    case 'not-yet':
      return about(sale, CLOSERS, promise).length > 0 ? undefined : `what they say of ${promise ?? 'it'}`;
    case 'done':
      return about(sale, ['proposed', ...CLOSERS], promise).length > 0
        ? undefined
        : `that ${promise ?? 'it'} is done`;
    default:
      return undefined;
  }
};

/** A press cannot take back what a mail server or a complaint says, nor a stop that came later. */
const isMoot = (seen: Seen, act: Act): boolean => {
  if (act.what !== 'resume') return false;
  const person = seen.people[act.sale] ?? act.sale;
  const isTheirs = ({ sale }: { sale: string }) => (seen.people[sale] ?? sale) === person;
  const isBarred = seen.fates.some(
    (fate) => isTheirs(fate) && (fate.kind === 'complaint' || fate.kind === 'hard-bounce'),
  );
  const stops = seen.acts.filter((one) => one.what === 'stop' && isTheirs(one));
  /* Pressed again later, or while this was being answered: nobody can say that it is taken back. */
  return isBarred || !stops.every(({ doneAt }) => doneAt !== undefined && doneAt.seq < act.seq);
};

const lost = (seen: Seen, kept: Kept): Finding[] =>
  seen.acts
    .filter((act) => isAcknowledged(act) && !isMoot(seen, act))
    .flatMap((act): Finding[] => {
      const sale = saleOf(kept, act.sale);
      if (act.what !== 'erase' && isErased(sale)) return [];
      const what = missing(sale, act);
      return what === undefined
        ? []
        : [
            {
              law: 'I12',
              sale: act.sale,
              what: `${act.by} by ${act.via} at ${act.at}: the journal lost ${what}`,
            },
          ];
    });

/** Forgetting goes on in the background; in the end nothing is left that says who it was. */
const unforgotten = (seen: Seen, kept: Kept): Finding[] => {
  if (!seen.isDrained) return [];
  return [...kept.sales.values()]
    .filter((sale) => isErased(sale) && sale.customer !== undefined)
    .filter(({ customer }) => customer?.['erased'] !== true)
    .map(({ id }) => ({ law: 'I12', sale: id, what: 'is to be forgotten, and who it was is still there' }));
};

export const judgeAcknowledged = (seen: Seen, kept: Kept): Finding[] => [
  ...lost(seen, kept),
  ...unforgotten(seen, kept),
];
