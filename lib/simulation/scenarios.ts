/** What a customer and the staff might do with one sale, each played to its end. */

import { addDelay, addOpenHours, toEpochMs, toInstant } from '../../functions/core/calendar.ts';
import type { Configuration } from '../../functions/core/configuration.ts';
import { staffOpening } from '../../functions/core/openings.ts';
import { isClosed } from '../../functions/core/promises/promise.ts';
import type { Reply } from '../../functions/core/reply.ts';
import { openPromises, type Sale } from '../../functions/core/sale.ts';
import type { World } from './world.ts';

export type Scenario = {
  name:
    | 'nobody-answers'
    | 'happy'
    | 'happy-by-mail'
    | 'wants-a-call'
    | 'unhappy'
    | 'unhappy-put-right'
    | 'unhappy-no-verdict';
  title: string;
  /** Plays on from the announced sale; answers the instant from which on its story is its own. */
  play(world: World, config: Configuration): Promise<string>;
};

const HOUR = 3_600_000;
const later = (world: World, hours: number) => toInstant(toEpochMs(world.now()) + hours * HOUR);

const wasSent = (sale: Sale, message: string) =>
  sale.journal.some((entry) => entry.type === 'sent' && entry.message === message);

const isAtTheHead = (sale: Sale) =>
  openPromises(sale).some((promise) => promise.level === 2 && promise.strikes > 0);

/** The ladder has been climbed to its end, or nobody is on it. */
const playOn = (world: World) => world.advanceUntil(isAtTheHead);

/** Two hours after the check-in. */
const answer = async (world: World, reply: Reply, by?: 'mail'): Promise<string> => {
  await world.advanceUntil((sale) => wasSent(sale, 'check-in'));
  await world.advanceTo(later(world, 2));
  const at = world.now();
  const how = by === undefined ? {} : { by };
  await world.act({ type: 'replied', at, n: 1, reply, evidence: {}, ...how });
  return at;
};

/** The owner takes three working hours, or two thirds of the time there is when that is less. */
const putRight = async (world: World, config: Configuration): Promise<void> => {
  const promise = openPromises((await world.sale()) ?? (await playOn(world)))[0];
  if (promise === undefined) return;
  const { answerHours } = config.promises[promise.kind];
  await world.advanceTo(addOpenHours(world.now(), Math.min(3, (answerHours * 2) / 3), staffOpening(config)));
  await world.act({
    type: 'proposed',
    at: world.now(),
    promise: promise.id,
    n: 1,
    by: promise.owner,
    private: { what: 'It has been put right.' },
  });
};

/** The customer presses "yes" on the next day. */
const confirm = async (world: World, config: Configuration): Promise<void> => {
  await world.advanceTo(addDelay(world.now(), { days: 1 }, staffOpening(config)));
  const promise = (await world.sale())?.promises.find((one) => !isClosed(one));
  if (promise === undefined) return;
  await world.act({ type: 'judged', at: world.now(), promise: promise.id, n: 1, isKept: true });
};

const UNHAPPY: Reply = { rating: 2, call: false };

export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'nobody-answers',
    title: 'If nobody answers',
    play: async (world) => {
      const start = world.now();
      await playOn(world);
      return start;
    },
  },
  {
    name: 'happy',
    title: 'If the customer is happy (or finds it all right), two hours after the check-in',
    play: async (world) => {
      const from = await answer(world, { rating: 5, call: false });
      await playOn(world);
      return from;
    },
  },
  {
    name: 'happy-by-mail',
    title: 'If the customer is happy, and writes so in a mail',
    play: async (world) => {
      const from = await answer(world, { rating: 5, call: false }, 'mail');
      await playOn(world);
      return from;
    },
  },
  {
    name: 'wants-a-call',
    title: 'If the customer is happy and asks for a call, and somebody rings in time',
    play: async (world, config) => {
      const from = await answer(world, { rating: 4, call: true });
      await putRight(world, config);
      await confirm(world, config);
      await playOn(world);
      return from;
    },
  },
  {
    name: 'unhappy',
    title: 'If the customer is unhappy and nobody does anything',
    play: async (world) => {
      const from = await answer(world, UNHAPPY);
      await playOn(world);
      return from;
    },
  },
  {
    name: 'unhappy-put-right',
    title: 'If the customer is unhappy, it is put right in time, and the customer says so',
    play: async (world, config) => {
      const from = await answer(world, UNHAPPY);
      await putRight(world, config);
      await confirm(world, config);
      await playOn(world);
      return from;
    },
  },
  {
    name: 'unhappy-no-verdict',
    title: 'If it is put right in time, and the customer does not say whether it was',
    play: async (world, config) => {
      await answer(world, UNHAPPY);
      await putRight(world, config);
      const from = world.now();
      await playOn(world);
      return from;
    },
  },
];
