/** Sales live while their runtime dies again and again; then it is left in peace, and judged. */
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import configInput from '../../../aftercare.config.ts';
import { checkConfiguration } from '../../../functions/core/configuration.ts';
import { castOf, type Order } from '../seeds/cast.ts';
import { createChance } from '../seeds/chance.ts';
import { createHttpStage, type HttpStage } from './http-stage.ts';
import { type Judged, judgeFolder } from './judge-folder.ts';
import { createMachine, type Machine } from './machine.ts';
import type { Reaper } from './reapers.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** A Monday that lies ahead of any today. */
const START = Date.parse('2031-03-03T07:00:00.000Z');
const DRAIN_DAYS = 3;
const DRAIN_STEP_HOURS = 12;
/** Deaths that have not come by then never will; what is parked is kept for 30 days, and nobody can judge what is gone. */
const MOST_DAYS = 26;
const Replayed = z.object({ replayed: z.number() });
const Redriven = z.array(z.object({ outcome: z.string() }));
const DeadLetters = z.array(z.object({ name: z.string(), waiting: z.number() }));

export type Asked = {
  dataDir: string;
  sales: number;
  seed: number;
  /** Of the runtime's clock, while it dies. */
  days: number;
  /** How far the clock moves before people and shops have their turn again. */
  stepHours?: number;
};

export type Lived = Judged & {
  /** Dead letters that were sent again once the deaths were over. */
  replayed: number;
  /** Workflows that had failed, and were made to go on. */
  redriven: number;
  starts: number;
  startsMs: readonly number[];
  mails: number;
  webhooks: number;
  acts: number;
  /** Webhooks and forms whose answer never came. */
  broken: number;
};

/** All of them are there when the second half of the deaths begins. */
const spread = (cast: readonly Order[], days: number): Order[] =>
  cast.map((order) => ({ ...order, placed: (order.placed / 4) * days * 0.5 }));

const step = async (machine: Machine, stage: HttpStage, to: number): Promise<void> => {
  await machine.moveTo(to);
  stage.settle();
  await stage.read();
  await stage.act();
};

const liveThrough = async (
  machine: Machine,
  stage: HttpStage,
  { days, stepHours = 1 }: Asked,
  reaper: Reaper,
): Promise<void> => {
  const { progress, isPaced, next } = reaper;
  const span = days * DAY_MS;
  const end = START + span;
  while (machine.now() < end || progress() < 1) {
    if (machine.now() > START + MOST_DAYS * DAY_MS)
      throw new Error(`In ${MOST_DAYS} days it did not die of ${next()}.`);
    const isAhead = isPaced() && machine.now() >= Math.min(START + span * (progress() + 0.02), end);
    /* Ahead of the deaths it goes on in small steps, so that each of them meets something. */
    await step(machine, stage, machine.now() + (isAhead ? MINUTE_MS : stepHours * HOUR_MS));
    if (isAhead) await sleep(20);
  }
};

/** What ops do: a message in whose middle five lives ended is a dead letter. Says how many there were. */
const replayDeadLetters = async (machine: Machine): Promise<number> => {
  let replayed = 0;
  const queues = DeadLetters.parse(JSON.parse(await machine.command('dlq', 'list', '--json')));
  for (const { name } of queues.filter(({ waiting }) => waiting > 0)) {
    const said = await machine.command('dlq', 'replay', name, '--all', '--reason', 'killed', '--json');
    replayed += Replayed.parse(JSON.parse(said)).replayed;
  }
  return replayed;
};

/** What ops do next, as the runbook says: a state that every one of its tries was killed in has failed. Says how many there were. */
const redriveFailed = async (machine: Machine): Promise<number> => {
  const said = await machine.command('redrive', '--since', 'P14D', '--yes', '--json');
  return Redriven.parse(JSON.parse(said)).filter(({ outcome }) => outcome === 'redriven').length;
};

const drain = async (machine: Machine, stage: HttpStage): Promise<void> => {
  for (let hours = 0; hours < DRAIN_DAYS * 24; hours += DRAIN_STEP_HOURS)
    await step(machine, stage, machine.now() + DRAIN_STEP_HOURS * HOUR_MS);
  await stage.read();
};

export const playLives = async (asked: Asked, reaper: Reaper): Promise<Lived> => {
  const { dataDir, sales, seed, days } = asked;
  const machine = createMachine({ dataDir });
  await machine.start();
  await machine.moveTo(START);
  const cast = spread(castOf(createChance(seed), sales), days);
  const staff = new Set(checkConfiguration(configInput).staff.map(({ email }) => email));
  const stage = createHttpStage({ machine, dataDir, seed, start: START, cast, staff });
  let replayed = 0;
  let redriven = 0;
  try {
    await Promise.all([reaper.run(machine), liveThrough(machine, stage, asked, reaper)]);
    stage.end();
    replayed = await replayDeadLetters(machine);
    redriven = await redriveFailed(machine);
    await drain(machine, stage);
  } finally {
    await machine.retire();
  }
  const { witness } = stage.stage;
  return {
    ...judgeFolder({ dataDir, witness, cast, pages: [], now: machine.now() }),
    replayed,
    redriven,
    starts: machine.startsMs.length,
    startsMs: machine.startsMs,
    mails: witness.mails.length,
    webhooks: witness.told.length,
    acts: witness.acts.length,
    broken: [...witness.told, ...witness.acts].filter(({ status }) => status === 0).length,
  };
};
