/**
 * What somebody wrote, for whoever owes something: added to what is open, or a question that somebody must answer.
 * Never a verdict and never a stop. Done twice it is done once.
 */
import type { SalePorts } from '../adapters/ports.ts';
import type { Instant } from '../core/ids.ts';
import { entriesOf } from '../core/journal.ts';
import { saidByCustomer } from '../core/promises/conversation.ts';
import { askedQuestion } from '../core/promises/customer-acts.ts';
import type { PromiseEntry, PromiseId } from '../core/promises/entries.ts';
import { promiseOf, type Sale } from '../core/sale.ts';
import { commit } from './commit.ts';
import { findSale } from './load.ts';

export type Words = {
  /** Of the mail they came in, as in `wrote`. */
  digest: string;
  /** Never empty: a mail may be a picture and nothing else, and is then called by its subject or the picture's name. */
  words: string;
  at: Instant;
};

type Ports = Pick<SalePorts, 'settings' | 'sales' | 'lists' | 'bookings'>;

/** Others may write at the same moment; each attempt takes the next number. */
const MOST_TRIES = 50;

/** Writes what is decided of the sale as it is, until nobody was faster. */
export const writeDecided = async (
  ports: Ports,
  known: Sale,
  decide: (sale: Sale) => readonly PromiseEntry[],
): Promise<void> => {
  let sale = known;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    if ((await commit(ports, sale, decide(sale))) !== 'overtaken') return;
    sale = (await findSale(ports, sale.id))?.sale ?? sale;
  }
  throw new Error(`No number was free for a mail about sale ${known.id}`);
};

export const addToPromise = (ports: Ports, known: Sale, said: Words, id: PromiseId): Promise<void> =>
  writeDecided(ports, known, (sale) => {
    const promise = promiseOf(sale, id);
    const isSaid = entriesOf(sale.journal, 'said').some(({ mail }) => mail === said.digest);
    if (promise === undefined || isSaid) return [];
    const { config } = ports.settings;
    return [saidByCustomer({ config, promise, now: said.at }, { mail: said.digest, words: said.words })];
  });

export const askForAnswer = (ports: Ports, known: Sale, { words, at }: Words): Promise<void> =>
  writeDecided(ports, known, (sale) => {
    const isAsked = entriesOf(sale.journal, 'promised').some(
      (entry) => entry.because === 'question' && entry.at === at && entry.private?.words === words.trim(),
    );
    const decided = askedQuestion(ports.settings.config, sale, words, at);
    return isAsked || 'refusal' in decided ? [] : decided.entries;
  });
