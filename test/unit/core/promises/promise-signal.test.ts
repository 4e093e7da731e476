import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../../functions/core/journal.ts';
import { PromisePlan, promisePlan } from '../../../../functions/core/plan.ts';
import { nextMoment, toSayNow } from '../../../../functions/core/promises/tidings.ts';
import { promiseOf, type Sale } from '../../../../functions/core/sale.ts';
import { endedWithOrder, type PromisePosition, promiseSignal } from '../../../../functions/core/signals.ts';
import { configuration } from '../../../fixtures/configuration.ts';
import { since } from '../../../fixtures/promise-entries.ts';
import { at, begun, saleOf, told } from '../../../fixtures/sales.ts';

const config = configuration();
const NOW = at(12, '14:00');
const promised = [told.replied(at(10), 1), told.promised(at(10, '10:01'), 'resolve', { reply: 1 })];
const proposed = told.proposed(at(11));

const owedIn = (sale: Sale) => {
  const promise = promiseOf(sale, 'resolve-1');
  if (promise === undefined) throw new Error('There is no promise');
  return promise;
};
const owing = (...entries: Entry[]) => saleOf(begun(...promised, ...entries));
const clockOf = (sale: Sale, now = NOW) => nextMoment(config, sale, owedIn(sale), now);

type Wait = { until?: string; turn?: number; now?: string };

/** The wait began before any of it happened, unless said otherwise. */
const hear = (
  position: PromisePosition,
  entries: Entry[],
  { until = clockOf(owing()), turn = 1, now = NOW }: Wait = {},
) => {
  const sale = owing(...entries);
  return promiseSignal(config, sale, owedIn(sale), position, { until, turn }, now);
};

const summaryOf = (signal: ReturnType<typeof promiseSignal>): string => {
  if (signal === undefined) return 'waits';
  return signal.kind === 'success' ? 'goes on' : signal.error;
};

const NEWS = { owner: 'Rescheduled', ask: 'Rescheduled', again: 'Rescheduled' };
const NO_NEWS = { owner: 'waits', ask: 'Rescheduled', again: 'Rescheduled' };
const CLOSED = { owner: 'PromiseClosed', ask: 'goes on', again: 'goes on' };

describe('a waiting promise', () => {
  it.each<[string, Entry[], Record<PromisePosition, string>]>([
    ['nothing', [], NO_NEWS],
    ['somebody takes it', [told.taken(at(11))], NEWS],
    ['it is handed over', [told.handedOver(at(11))], NEWS],
    ['the owner needs more time', [since.moved(at(11))], NEWS],
    ['another time is offered', [since.offered(at(11))], NEWS],
    ['the customer takes it', [since.offered(at(11)), since.answered(at(12), true)], NEWS],
    ['the customer asks for another time', [since.wished(at(11))], NEWS],
    ['it goes up', [told.escalated(at(11))], NEWS],
    ['it is taken back', [since.withdrawn(at(11))], NEWS],
    ['it is taken back after it was proposed', [proposed, since.withdrawn(at(12))], NEWS],
    ['staff say it is done', [proposed], { owner: 'goes on', ask: 'waits', again: 'waits' }],
    [
      'the customer says not yet',
      [proposed, told.judged(at(12), false)],
      { owner: 'goes on', ask: 'NotYet', again: 'NotYet' },
    ],
    ['the customer says yes', [proposed, told.judged(at(12), true)], CLOSED],
    ['a happy answer waives it', [told.waived(at(12))], CLOSED],
    ['the order is refunded', [told.refunded(at(12))], NO_NEWS],
    ['the last level is paged', [since.paged(at(12))], NO_NEWS],
    [
      'the customer says stop',
      [proposed, told.stopped(at(12))],
      { owner: 'goes on', ask: 'waits', again: 'waits' },
    ],
  ])('when %s', (_, entries, expected) => {
    const heard = Object.fromEntries(
      (['owner', 'ask', 'again'] as const).map((position) => [position, summaryOf(hear(position, entries))]),
    );

    expect(heard).toEqual(expected);
  });

  it('tells its new owner though the due time stays the same', () => {
    const handed = [told.handedOver(at(11), { dueAt: at(24, '12:00') })];

    expect(summaryOf(hear('owner', handed))).toBe('Rescheduled');
    expect(hear('owner', handed, { turn: 2, until: clockOf(owing(...handed)) })).toBeUndefined();
  });

  it('is woken by a clock that moved, and not by one that moved less than a minute', () => {
    const clock = clockOf(owing());
    const moved = (ms: number) => new Date(Date.parse(clock) + ms).toISOString();

    expect(hear('owner', [], { until: moved(59_000) })).toBeUndefined();
    expect(summaryOf(hear('owner', [], { until: moved(61_000) }))).toBe('Rescheduled');
  });

  it('does not go round and round when it is overdue: it waits its second and goes up', () => {
    const late = at(26, '12:00');

    expect(hear('owner', [], { now: late, until: at(26, '12:00:01.000') })).toBeUndefined();
  });

  it('does not go round and round when its next clock is more than a year away: the longest wait will do', () => {
    const far = [told.promised(at(10), 'call', { dueAt: '2029-11-10T12:00:00.000Z', clock: 'calendar' })];
    const sale = saleOf(begun(...far));
    const [promise] = sale.promises;
    if (promise === undefined) throw new Error('There is no promise');
    const plan = promisePlan(config, sale, promise, NOW);
    const until = new Date(Date.parse(NOW) + plan.seconds.owner * 1000).toISOString();

    expect(promiseSignal(config, sale, promise, 'owner', { until, turn: plan.turn }, NOW)).toBeUndefined();
  });

  it('is handed a plan with its new turn', () => {
    const signal = hear('owner', [told.escalated(at(11))]);

    expect(signal?.kind === 'failure' && PromisePlan.parse(signal.plan).turn).toBe(2);
  });
});

describe('a promise taken back', () => {
  it.each(['owner', 'ask', 'again'] as const)(
    'is told to everybody before its workflow ends, wherever that waits: %s',
    (position) => {
      const entries = [...(position === 'owner' ? [] : [proposed]), since.withdrawn(at(12))];
      const first = hear(position, entries);
      const plan = first?.kind === 'failure' ? PromisePlan.parse(first.plan) : undefined;

      expect(summaryOf(first)).toBe('Rescheduled');
      expect(summaryOf(hear('owner', entries, { turn: plan?.turn ?? 0 }))).toBe('PromiseClosed');
    },
  );

  it('is told at night too, because nobody is left to tell it in the morning', () => {
    const sale = owing(since.withdrawn(at(12, '23:00')));

    const names = toSayNow(config, sale, owedIn(sale), at(12, '23:00')).map(({ name }) => name);

    expect(names).toEqual(['withdrawn-owner', 'withdrawn']);
  });
});

describe('what the end of the order takes back', () => {
  const published = told.promised(at(3), 'call', { because: 'published' });
  const booked = since.visitPromised(at(3));
  const ids = (...entries: Entry[]) => endedWithOrder(saleOf(begun(...entries))).map(({ id }) => id);

  it('is what was promised with it, and not what went wrong with it', () => {
    const asked = told.promised(at(5), 'answer', { because: 'question' });

    expect(ids(published, booked, ...promised, asked, told.refunded(at(12)))).toEqual(['call-1', 'visit-1']);
  });

  it('is nothing while it goes on, or once it is closed, or when the customer opened it again', () => {
    const back = since.withdrawn(at(12), { promise: 'call-1', by: 'shop', because: 'order-ended' });
    const again = told.escalated(at(13), { promise: 'call-1', because: 'not-yet' });

    expect(ids(published)).toEqual([]);
    expect(ids(published, told.refunded(at(12)), back)).toEqual([]);
    expect(ids(published, told.refunded(at(12)), back, again)).toEqual([]);
  });
});
