import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../../functions/core/journal.ts';
import { saidByCustomer } from '../../../../functions/core/promises/conversation.ts';
import { promiseOf, type Sale } from '../../../../functions/core/sale.ts';
import { promiseSignal } from '../../../../functions/core/signals.ts';
import { configuration } from '../../../fixtures/configuration.ts';
import { at, begun, saleOf, told } from '../../../fixtures/sales.ts';
import { said as saidTo } from '../say.ts';
import { entriesOf, refusalOf } from './staff-cases.ts';

const config = configuration();
const MAIL = 'ab'.repeat(16);
const question = told.promised(at(16), 'answer', { because: 'question', dueAt: at(18) });
const answered: Entry = {
  type: 'proposed',
  at: at(17),
  promise: 'answer-1',
  n: 1,
  by: 'nora',
  via: 'mail',
  private: { what: 'It fits a 60 cm board.' },
};
const saleWith = (entries: Entry[]) => saleOf(begun(...entries));
const owed = (sale: Sale) => {
  const promise = promiseOf(sale, 'answer-1');
  if (promise === undefined) throw new Error('nothing is owed');
  return promise;
};
const writes = (entries: Entry[], words = 'And the oak one?', now = at(17, '12:00')): Entry[] => {
  const promise = owed(saleWith(entries));
  return [...entries, saidByCustomer({ config, promise, now }, { mail: MAIL, words })];
};
const tell = (since: Entry[], what = 'It fits a 60 cm board.'): Entry[] => {
  const entries = entriesOf(since, 'nora', { act: 'tell', what, via: 'desk' });
  if (typeof entries === 'string') throw new Error(entries);
  return entries;
};

describe('what a customer writes about a promise', () => {
  it('reaches its owner as a note of its own, each time', () => {
    const once = [...writes([question]), told.sent('answer-1/said#1', at(17, '12:00'))];
    const twice = writes(once, 'I forgot to say: it is the blue one', at(17, '13:00'));

    expect(saidTo(writes([question]), at(17, '12:00'))).toContain('said to owner');
    expect(saidTo(once, at(17, '12:00'))).not.toContain('said to owner');
    expect(saidTo(twice, at(17, '13:00'))).toContain('said to owner');
  });

  it('opens what staff said was done, with a new time and without a strike', () => {
    const promise = owed(saleWith(writes([question, answered])));

    expect(promise.status).toBe('open');
    expect(promise.strikes).toBe(0);
    expect(promise.dueAt > at(17, '12:00')).toBe(true);
  });

  it('leaves the time alone while it is open', () => {
    expect(owed(saleWith(writes([question]))).dueAt).toBe(at(18));
  });

  it.each(['owner', 'ask', 'again'] as const)('wakes the workflow that waits at %s', (position) => {
    const before = position === 'owner' ? [question] : [question, answered];
    const sale = saleWith(writes(before));
    const wait = { until: at(25), turn: owed(saleWith(before)).turn };

    const signal = promiseSignal(config, sale, owed(sale), position, wait, at(17, '12:00'));

    expect(signal).toMatchObject({ kind: 'failure', error: 'Rescheduled' });
  });
});

describe('what staff write to a customer', () => {
  it('proposes the answer to a question as done, in their own words', () => {
    const [entry] = tell([question]);

    expect(entry).toMatchObject({
      type: 'proposed',
      via: 'desk',
      private: { what: 'It fits a 60 cm board.' },
    });
  });

  it('leaves anything else open, and goes to the customer once', () => {
    const call = told.promised(at(16), 'call');
    const entries = tell([call]);

    expect(entries).toMatchObject([{ type: 'told', n: 1, by: 'nora' }]);
    const now = at(17, '12:00');
    expect(saidTo([call, ...entries], now)).toContain('told to customer');
    expect(saidTo([call, ...entries, told.sent('call-1/told#1', now)], now)).not.toContain(
      'told to customer',
    );
  });

  it('can follow an answer that was given already', () => {
    expect(tell([question, answered], 'One more thing.')).toMatchObject([{ type: 'told' }]);
  });

  it.each([
    ['', 'what-missing'],
    ['  \n', 'what-missing'],
    ['é'.repeat(5121), 'words-too-long'],
  ])('is refused when it says nothing or too much: %#', (what, refusal) => {
    expect(refusalOf([question], 'nora', { act: 'tell', what, via: 'desk' })).toBe(refusal);
  });
});
