/** Plays one seed: a shop, its customers and staff for some weeks, with everything that can go wrong; then it is judged. */
import { Instant } from '../../../functions/core/ids.ts';
import type { MachineDefinitions } from '../../../lib/simulation/machines.ts';
import { judge } from '../checker/judge.ts';
import type { Finding, Seen } from '../checker/seen.ts';
import { type Built, build } from './build.ts';
import type { Case } from './case.ts';
import { type Course, createCourse } from './course.ts';
import { digestOf } from './digest.ts';
import { DAYS, DRAIN_DAYS } from './scene.ts';
import { createSchedules } from './schedules.ts';
import { seenOf } from './seen-of.ts';
import { openShop } from './shop.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MINUTE_MS = 60_000;
/** So often ops look at what alarms have rung for. */
const REPAIR_DAYS = 5;

export type Played = {
  findings: Finding[];
  digest: string;
  happenings: readonly string[];
  faults: readonly string[];
  story: readonly string[];
  counts: Readonly<Record<string, number>>;
};

const instantOf = (at: number): Instant => Instant.parse(new Date(at).toISOString());

/** Somebody presses the kill switch, and perhaps takes it back before its time. */
const pauseNowAndThen = ({ scene, stage, ports, chance }: Built): void => {
  for (const [n, { from, until }] of scene.pauses.entries()) {
    const what = { of: 'all' } as const;
    const pause = { what, from: instantOf(from), until: instantOf(until), by: 'ops', reason: 'test' };
    stage.happen(`pause ${n}`, from, () => void ports.pauses.put(pause));
    if (chance.isLikely(`ends early ${n}`, 0.3))
      stage.happen(`pause ${n} ends`, (from + until) / 2, () => void ports.pauses.end(pause));
  }
};

const deployLater = ({ scene, stage, deploy, witness }: Built): void => {
  for (const { at, name, config } of scene.deploys)
    stage.happen(`deploy ${name}`, at, () => {
      deploy(config);
      witness.story.push(`${instantOf(at)} another policy: ${name}`);
    });
};

/** Dead letters again, failed executions on. */
const repair = async ({ queues, flow, runs }: Built): Promise<void> => {
  for (const queue of Object.values(queues)) queue.replay();
  await flow.redrive();
  await runs.settle();
};

const live = async (world: Built, course: Course): Promise<void> => {
  const schedules = createSchedules({ inside: world.inside, now: world.now, invoke: world.invoke });
  const { start } = world.scene;
  openShop(world.stage, world.cast);
  pauseNowAndThen(world);
  deployLater(world);
  schedules.start();
  for (let day = 0; day < DAYS; day += REPAIR_DAYS) {
    await course.goTo(start + day * DAY_MS);
    await repair(world);
  }
  await course.goTo(start + DAYS * DAY_MS);
  world.faults.stop();
  world.happenings.end();
  for (let hours = 0; hours <= DRAIN_DAYS * 24; hours += 12) {
    await repair(world);
    await course.goTo(world.now() + 12 * HOUR_MS);
  }
  const last = schedules.runNow();
  await world.runs.settle();
  await last;
  await course.goTo(world.now() + MINUTE_MS);
};

/** The interpreter's jitter is drawn from the seed as well; answers how to undo that. */
const drawJitter = ({ chance }: Built): (() => void) => {
  const { random } = Math;
  let draws = 0;
  Math.random = () => {
    draws += 1;
    return chance.draw(`jitter ${draws}`);
  };
  return () => {
    Math.random = random;
  };
};

const countsOf = (seen: Seen, faults: readonly string[], steps: number): Played['counts'] => ({
  mails: seen.mails.length,
  acts: seen.acts.length,
  webhooks: seen.told.length,
  executions: seen.executions.length,
  faults: faults.length,
  steps,
});

/** `logs`: where every line that is logged ends up. */
export const createPlayer =
  (machines: MachineDefinitions, logs: string[]) =>
  async (given: Case): Promise<Played> => {
    logs.length = 0;
    const world = await build(given, machines);
    const course = createCourse({ ...world, down: world.scene.down });
    const undo = drawJitter(world);
    try {
      await live(world, course);
      const seen = await seenOf(world, logs);
      const faults = world.faults.struck();
      return {
        findings: judge(seen),
        digest: digestOf(seen),
        happenings: world.happenings.names,
        ...{ faults, story: world.witness.story },
        counts: countsOf(seen, faults, course.steps()),
      };
    } finally {
      undo();
      world.flow.close();
    }
  };
