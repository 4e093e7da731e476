/** L7, I7, I8: a promise is kept, assumed or goes up, once a cause, and never silently; only the customer closes it. */
import {
  entriesOf,
  isErased,
  isOverdue,
  itemIn,
  type Journaled,
  type Kept,
  type KeptSale,
  numberIn,
  textIn,
} from './items.ts';
import { latitudeAt } from './latitude.ts';
import { endedBy } from './outcome.ts';
import { isClosed, type Owed, replayPromises } from './replay.ts';
import type { Finding, Seen } from './seen.ts';

const about = (sale: KeptSale, type: string, promise: string): Journaled[] =>
  entriesOf(sale, type).filter(({ says }) => textIn(says, 'promise') === promise);

/** Which due time was in force before each entry: as the run that wrote it may have read it. */
const dueBefore = (seen: Seen, sale: KeptSale, promise: string, entry: Journaled): string => {
  const read = new Date(Date.parse(entry.at) - latitudeAt(seen, entry.at)).toISOString();
  const earlier = {
    ...sale,
    journal: sale.journal.filter((one) => one.at < read || one.type === 'promised'),
  };
  return replayPromises(earlier).find(({ id }) => id === promise)?.dueAt ?? '';
};

const climbed = (seen: Seen, sale: KeptSale, { id }: Owed): Finding[] => {
  const raises = about(sale, 'escalated', id);
  const by = (because: string) => raises.filter(({ says }) => says['because'] === because);
  const early = by('overdue').filter((entry) => entry.at < dueBefore(seen, sale, id, entry));
  const noes = about(sale, 'judged', id).filter(({ says }) => says['isKept'] === false).length;
  const misses = new Set(about(sale, 'missed', id).map(({ says }) => numberIn(says, 'n'))).size;
  const tooMany: [string, number, number][] = [
    ['not yet', by('not-yet').length, noes],
    ['missed', by('missed').length, misses],
  ];
  return [
    ...early.map(
      ({ at }): Finding => ({ law: 'I8', sale: sale.id, what: `${id} went up at ${at}, before it was due` }),
    ),
    ...tooMany
      .filter(([, ups, causes]) => ups > causes)
      .map(
        ([why, ups, causes]): Finding => ({
          law: 'I8',
          sale: sale.id,
          what: `${id} went up ${ups} times for ${causes} times "${why}"`,
        }),
      ),
  ];
};

/** Silence is only silence when they were asked, or could not be. */
const wasAsked = (sale: KeptSale, id: string): boolean =>
  sale.journal.some(
    ({ type, says }) =>
      ['sent', 'unclear', 'skipped'].includes(type) && textIn(says, 'message').startsWith(`${id}/`),
  );

const closing = (sale: KeptSale, owed: Owed): string | undefined => {
  const { id, status } = owed;
  const answers = entriesOf(sale, 'replied').length;
  if (status === 'assumed' && about(sale, 'proposed', id).length === 0)
    return 'is assumed kept, and nobody said that it is';
  if (status === 'assumed' && !wasAsked(sale, id) && textIn(itemIn(sale.customer, 'data'), 'email') !== '')
    return 'is assumed kept, and the customer was not asked';
  if (status === 'waived' && answers === 0) return 'is called pointless by an answer that is not there';
  const withdrawn = about(sale, 'withdrawn', id).at(-1)?.says;
  if (status !== 'withdrawn' || withdrawn === undefined) return undefined;
  const because = textIn(withdrawn, 'because');
  if (because === 'order-ended' && endedBy(sale) === undefined)
    return 'was taken back with an order that goes on';
  return because === 'erased' && !isErased(sale)
    ? 'was taken back for somebody who is not forgotten'
    : undefined;
};

/** Due, not done, and nothing has happened. */
const silent = (seen: Seen, sale: KeptSale, owed: Owed): Finding[] => {
  const isOurs = owed.status === 'open' || owed.status === 'taken' || owed.status === 'offered';
  if (!seen.isDrained || !isOurs || !isOverdue(owed.dueAt, seen.now)) return [];
  return [{ law: 'I7', sale: sale.id, what: `${owed.id} was due at ${owed.dueAt} and did not go up` }];
};

const refused = (seen: Seen, sale: KeptSale, owed: Owed): Finding[] =>
  seen.isDrained && owed.isRefused && !isErased(sale)
    ? [{ law: 'I7', sale: sale.id, what: `${owed.id}: the customer said "not yet", and it did not go up` }]
    : [];

export const judgePromises = (seen: Seen, kept: Kept): Finding[] =>
  [...kept.sales.values()].flatMap((sale) =>
    replayPromises(sale).flatMap((owed): Finding[] => {
      const why = isClosed(owed) ? closing(sale, owed) : undefined;
      return [
        ...climbed(seen, sale, owed),
        ...(why === undefined ? [] : [{ law: 'L7' as const, sale: sale.id, what: `${owed.id} ${why}` }]),
        ...silent(seen, sale, owed),
        ...refused(seen, sale, owed),
      ];
    }),
  );
