/**
 * Does what a mail comes to. The mail itself is in the journal before; every step looks whether this mail has done it
 * already, so that after a crash the same mail again ends in the same journal.
 */
import type { SalePorts } from '../adapters/ports.ts';
import type { EntryOf } from '../core/journal.ts';
import { entriesOf } from '../core/journal.ts';
import { ASKING } from '../core/person/standing.ts';
import { decideCustomerAct } from '../core/promises/customer-acts.ts';
import type { PromiseId } from '../core/promises/entries.ts';
import type { Reply } from '../core/reply.ts';
import { promiseOf, type Sale } from '../core/sale.ts';
import { findSale } from '../steps/load.ts';
import { addToPromise, askForAnswer, type Words, writeDecided } from '../steps/pass-on-words.ts';
import { shareAnswer } from '../steps/share-answer.ts';
import { stopPerson } from '../steps/stop-person.ts';
import { tellWorkflow } from '../steps/tell-workflow.ts';
import { type Letter, spokenOf } from './letter.ts';
import type { Plan } from './plan-answer.ts';

/** Others may write at the same moment; each attempt takes the next number. */
const MOST_TRIES = 50;

const reply = async (ports: SalePorts, known: Sale, letter: Letter, said: Reply): Promise<void> => {
  const { at, words } = letter;
  let sale = known;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const isKnown = entriesOf(sale.journal, 'replied').some(
      (entry) => entry.by === 'mail' && entry.at === at && (entry.private?.words ?? '') === words,
    );
    if (isKnown) return;
    const entry: EntryOf<'replied'> = {
      type: 'replied',
      at,
      n: sale.nextReply,
      reply: said,
      by: 'mail',
      evidence: {},
      ...(words === '' ? {} : { private: { words } }),
    };
    if (await ports.sales.append(sale.id, entry)) return;
    sale = (await findSale(ports, sale.id))?.sale ?? sale;
  }
  throw new Error(`No number was free for an answer to sale ${known.id}`);
};

const judge = (
  ports: SalePorts,
  known: Sale,
  letter: Letter,
  { promise: id, isKept }: { promise: PromiseId; isKept: boolean },
): Promise<void> =>
  writeDecided(ports, known, (sale) => {
    const promise = promiseOf(sale, id);
    if (promise === undefined) return [];
    const about = { config: ports.settings.config, sale, promise, now: letter.at };
    const act = { act: isKept ? 'yes' : 'not-yet', words: letter.words } as const;
    const decided = decideCustomerAct(about, act);
    return 'refusal' in decided ? [] : decided.entries;
  });

const said = (letter: Letter): Words => ({
  digest: letter.digest,
  words: spokenOf(letter),
  at: letter.at,
});

const stop = (ports: SalePorts, sale: Sale, { at }: Letter): Promise<void> => {
  const suppression = { since: at, because: 'asked', method: 'mail', saleId: sale.id } as const;
  return stopPerson(ports, sale, { suppressed: ASKING, suppression, method: 'mail', now: at }, tellWorkflow);
};

const act = async (ports: SalePorts, sale: Sale, letter: Letter, plan: Plan): Promise<void> => {
  switch (plan.act) {
    case 'nothing':
      return;
    case 'stop':
      return stop(ports, sale, letter);
    case 'reply':
      return reply(ports, sale, letter, plan.reply);
    case 'say':
      return addToPromise(ports, sale, said(letter), plan.promise);
    case 'judge':
      return judge(ports, sale, letter, plan);
    case 'ask':
      return askForAnswer(ports, sale, said(letter));
  }
};

export const carryOut = async (ports: SalePorts, sale: Sale, letter: Letter, plan: Plan): Promise<void> => {
  await act(ports, sale, letter, plan);
  if (plan.act === 'nothing' || plan.act === 'stop') return;
  const after = await tellWorkflow(ports, sale.id, letter.at);
  if (plan.act === 'reply' && after !== undefined) await shareAnswer(ports, after, letter.at);
};
