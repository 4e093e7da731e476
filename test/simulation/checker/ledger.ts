/** I10: what is computed beside the journal says what the journal says. */
import { isErased, type Kept, type KeptSale, numberIn, textIn } from './items.ts';
import { outcomeOf } from './outcome.ts';
import { isClosed, type Owed, replayPromises } from './replay.ts';
import type { Finding, Seen } from './seen.ts';

/** Attributes of the desk's row, by their names there. */
const differences = (owed: Owed, row: Readonly<Record<string, unknown>>): string[] => {
  const pairs: [string, unknown, unknown][] = [
    ['owner', owed.owner, row['owner']],
    ['level', owed.level, row['level']],
    ['dueAt', owed.dueAt, row['dueAt']],
    ['status', owed.status, row['status']],
  ];
  return pairs
    .filter(([, ours, theirs]) => ours !== theirs)
    .map(([name, ours, theirs]) => `${name} ${String(theirs)} instead of ${String(ours)}`);
};

const rows = (sale: KeptSale): Finding[] => {
  const owed = replayPromises(sale);
  const wrong = (what: string): Finding => ({ law: 'I10', sale: sale.id, what });
  const listed = new Map(
    sale.listed.filter(({ openOf }) => openOf !== undefined).map((one) => [one.promise, one]),
  );
  const unlisted = owed.filter((one) => !isClosed(one) && !listed.has(one.id));
  const gone = [...listed.keys()].filter((id) => !owed.some((one) => one.id === id && !isClosed(one)));
  const differing = owed.flatMap((one) => {
    const found = listed.get(one.id);
    const about = found === undefined || isClosed(one) ? [] : differences(one, found.row ?? {});
    const isElsewhere = found !== undefined && !isClosed(one) && found.openOf !== one.owner;
    return isElsewhere ? [...about, `on the list of ${found.openOf ?? 'nobody'}`] : about;
  });
  return [
    ...unlisted.map(({ id }) => wrong(`${id} is open and on no list`)),
    ...gone.map((id) => wrong(`${id} is on a list and not open`)),
    ...differing.map((text) => wrong(`the desk's row: ${text}`)),
  ];
};

/** A month counts how its sales ended; nothing is counted before it is known. */
const counts = (sale: KeptSale): Finding[] => {
  if (sale.record === undefined || isErased(sale)) return [];
  const outcome = outcomeOf(sale);
  const counted = textIn(sale.counted, 'outcome') || undefined;
  if (outcome === counted) return [];
  const what = `counts as ${counted ?? 'nothing'}, and its journal says ${outcome ?? 'nothing'}`;
  return [{ law: 'I10', sale: sale.id, what }];
};

/** Numbers within a sale leave no gap: none was written twice, none is missing. */
const gaps = (sale: KeptSale): Finding[] => {
  const numbers = sale.journal
    .filter(({ type }) => type === 'replied')
    .map(({ says }) => numberIn(says, 'n'))
    .sort((a, b) => a - b);
  const isWhole = numbers.every((n, index) => n === index + 1);
  return isWhole
    ? []
    : [{ law: 'I10', sale: sale.id, what: `its answers are numbered ${numbers.join(', ')}` }];
};

export const judgeLedger = (seen: Seen, kept: Kept): Finding[] =>
  seen.isDrained
    ? [...kept.sales.values()].flatMap((sale) => [...rows(sale), ...counts(sale), ...gaps(sale)])
    : [];
