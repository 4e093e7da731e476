/** What a mail has done already: it comes again after a crash, and what it did must not change what it comes to. */
import { entriesOf } from '../core/journal.ts';
import type { Sale } from '../core/sale.ts';
import type { Letter } from './letter.ts';
import type { Plan } from './plan-answer.ts';

const doneBy = (sale: Sale, { at, words, digest }: Letter): Plan | undefined => {
  const as = 'more';
  const replied = entriesOf(sale.journal, 'replied').find(
    (entry) => entry.by === 'mail' && entry.at === at && (entry.private?.words ?? '') === words,
  );
  if (replied !== undefined) return { as: 'answer', act: 'reply', reply: replied.reply };
  const judged = entriesOf(sale.journal, 'judged').find(
    (entry) => entry.at === at && entry.private?.words === words.trim(),
  );
  if (judged !== undefined) return { as, act: 'judge', promise: judged.promise, isKept: judged.isKept };
  const said = entriesOf(sale.journal, 'said').find(({ mail }) => mail === digest);
  if (said !== undefined) return { as, act: 'say', promise: said.promise };
  const asked = entriesOf(sale.journal, 'promised').find(
    (entry) => entry.because === 'question' && entry.by === 'customer' && entry.at === at,
  );
  return asked === undefined ? undefined : { as, act: 'ask' };
};

/** Undefined for a mail that has done nothing yet. */
export const earlierBy = (sale: Sale, letter: Letter): Plan | undefined => {
  const wrote = entriesOf(sale.journal, 'wrote').find(({ mail }) => mail === letter.digest);
  if (wrote === undefined) return undefined;
  /* Taken back since: a late copy does not say it again. */
  const isTakenBack = sale.journal.some(({ type, at }) => type === 'resumed' && at > wrote.at);
  if (wrote.as === 'stop' && isTakenBack) return { as: 'stop', act: 'nothing' };
  return doneBy(sale, letter);
};
