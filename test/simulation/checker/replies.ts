/** L5, I5: no answer is lost, and none is counted twice; it ends its wait and a person at the desk can read it. */
import { entriesOf, isErased, type Kept, type KeptSale, saleOf, textIn } from './items.ts';
import { answersOf } from './outcome.ts';
import type { Act, Finding, Seen } from './seen.ts';

const isTaken = ({ status, via, doneAt }: Act): boolean =>
  via === 'mail' ? doneAt !== undefined : status >= 200 && status < 300;

const wordsOf = (act: Act): string => act.words ?? '';

/** As text within JSON. */
const quoted = (words: string): string => JSON.stringify(words).slice(1, -1);

const keeps = (sale: KeptSale, words: string): boolean =>
  sale.journal.some(({ says }) => JSON.stringify(says).includes(quoted(words)));

const said = ({ acts }: Seen): Act[] =>
  acts.filter((act) => act.by === 'customer' && act.words !== undefined && isTaken(act));

const lost = (seen: Seen, kept: Kept): Finding[] =>
  said(seen).flatMap((act): Finding[] => {
    const sale = saleOf(kept, act.sale);
    if (isErased(sale)) return [];
    if (sale !== undefined && keeps(sale, wordsOf(act))) return [];
    /* A mail that nobody could assign waits for a person. */
    if (kept.parked.some((item) => textIn(item, 'words').includes(wordsOf(act)))) return [];
    return [{ law: 'I5', sale: act.sale, what: `what they said by ${act.via} at ${act.at} is nowhere` }];
  });

const counted = (seen: Seen, kept: Kept): Finding[] => {
  const times = new Map<string, number>();
  for (const act of seen.acts.filter(({ words }) => words !== undefined))
    times.set(wordsOf(act), (times.get(wordsOf(act)) ?? 0) + 1);
  return [...kept.sales.values()].flatMap((sale) => {
    const answers = entriesOf(sale, 'replied').map(({ says }) => wordsIn(says['private']));
    return [...new Set(answers)].flatMap((words): Finding[] => {
      const kept = answers.filter((one) => one === words).length;
      if (words === '' || kept <= (times.get(words) ?? kept)) return [];
      return [{ law: 'I5', sale: sale.id, what: `one answer is kept ${kept} times` }];
    });
  });
};

const wordsIn = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'words' in value && typeof value.words === 'string'
    ? value.words
    : '';

const STILL_ASKING = ['use', 'ask', 'again'];

/** Once everything is told, nobody waits for an answer that is there. */
const unheard = (seen: Seen, kept: Kept): Finding[] => {
  if (!seen.isDrained) return [];
  return [...kept.sales.values()].flatMap((sale): Finding[] => {
    const wait = sale.waits.find(({ key, isOnIndex }) => key === 'FollowUp' && isOnIndex);
    const isAsking = wait !== undefined && STILL_ASKING.includes(wait.position);
    if (!isAsking || answersOf(sale).length === 0 || isErased(sale)) return [];
    return [{ law: 'I5', sale: sale.id, what: `has answered, and its workflow waits at ${wait.position}` }];
  });
};

const unshown = (seen: Seen, kept: Kept): Finding[] =>
  seen.pages
    .filter((page) => page.of === 'desk' && page.status === 200)
    .flatMap((page) =>
      said(seen)
        .filter((act) => act.sale === page.sale && !isErased(saleOf(kept, act.sale)))
        .filter((act) => !page.text.includes(wordsOf(act)))
        .map(
          (act): Finding => ({
            law: 'I5',
            sale: act.sale,
            what: `the desk does not show what they said at ${act.at}`,
          }),
        ),
    );

/** Whoever is not forgotten never meets "this link leads nowhere". */
const turnedAway = (seen: Seen, kept: Kept): Finding[] =>
  seen.acts
    .filter(
      ({ by, via, status }) => by === 'customer' && via !== 'mail' && (status === 404 || status === 410),
    )
    .filter(({ sale }) => saleOf(kept, sale)?.record !== undefined && !isErased(saleOf(kept, sale)))
    .map(({ sale, status, what }) => ({ law: 'L5', sale, what: `${what} was answered ${status}` }));

export const judgeReplies = (seen: Seen, kept: Kept): Finding[] => [
  ...lost(seen, kept),
  ...counted(seen, kept),
  ...unheard(seen, kept),
  ...unshown(seen, kept),
  ...turnedAway(seen, kept),
];
