/** Plays one seed: a shop, its customers and staff for some weeks, with everything that can go wrong; then it is judged. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import * as z from 'zod';
import configInput from '../../../aftercare.config.ts';
import { checkConfiguration } from '../../../functions/core/configuration.ts';
import { Instant } from '../../../functions/core/ids.ts';
import type { MachineDefinitions } from '../../../lib/simulation/machines.ts';
import { judge } from '../checker/judge.ts';
import type { Finding, Seen, SeenMail } from '../checker/seen.ts';
import { createAgenda } from './agenda.ts';
import type { Case } from './case.ts';
import { castOf } from './cast.ts';
import { createChance, shortOf } from './chance.ts';
import { createClock } from './clock.ts';
import { createCustomers } from './customers.ts';
import { createFaults } from './faults.ts';
import { createFunctions } from './functions.ts';
import { createPorts, type World } from './ports.ts';
import { type Outage, openPost } from './post.ts';
import { createQueue } from './queue.ts';
import { createRuns, type Ended } from './runs.ts';
import { createSchedules } from './schedules.ts';
import { seenOf } from './seen-of.ts';
import { openShop } from './shop.ts';
import { createStaff } from './staff.ts';
import type { Answer, Stage } from './stage.ts';
import { createTable } from './tables.ts';
import { createWitness } from './witness.ts';
import { createStepFunctionsWorld } from './workflows.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Long enough for a check-in, a reminder, a promise that climbs, and the review. */
const DAYS = 34;
/** And then nothing goes wrong any more, and nobody does anything new. */
const DRAIN_DAYS = 3;
const MOST_STEPS = 50_000;
const SECRET = 'whsec_c2ltdWxhdGlvbi1zZWNyZXQtb2YtMzItYnl0ZXM=';

/** Around the ends of summer time, a leap day, the turn of the year, and a plain November. */
const STARTS = [
  '2026-11-02T07:00:00.000Z',
  '2026-10-19T06:00:00.000Z',
  '2027-03-22T07:00:00.000Z',
  '2028-02-21T07:00:00.000Z',
  '2026-12-18T09:00:00.000Z',
] as const;

const settings = {
  config: checkConfiguration(configInput),
  contentDir: join(import.meta.dirname, '..', '..', '..', 'content'),
  publicUrl: 'https://care.shop.example',
};

export type Played = {
  findings: Finding[];
  /** Of all mails, tables and executions: the same for the same case. */
  digest: string;
  happenings: readonly string[];
  faults: readonly string[];
  story: readonly string[];
  counts: Readonly<Record<string, number>>;
};

const withRoute = (event: unknown): unknown => {
  if (typeof event !== 'object' || event === null || !('routeKey' in event)) return event;
  return { ...event, routeKey: String(event.routeKey).replace(/[a-z2-7]{32}$/, '{token}') };
};

const HttpAnswer = z.object({ statusCode: z.number(), body: z.string().default('') });

const windowsOf = (
  chance: ReturnType<typeof createChance>,
  start: number,
  what: string,
  hours: number,
): Outage[] => {
  if (!chance.isLikely(`any ${what}`, 0.25)) return [];
  return Array.from({ length: 1 + chance.below(`count ${what}`, 2) }, (_, n) => {
    const from = start + Math.round(chance.draw(`${what} from ${n}`) * (DAYS - 4) * DAY_MS);
    return { from, until: from + Math.round((0.2 + chance.draw(`${what} until ${n}`)) * hours * HOUR_MS) };
  });
};

const digestOf = (seen: Seen): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        seen.mails,
        seen.told,
        seen.acts,
        seen.fates,
        /* Task tokens are sealed with a key of their own each time. */
        seen.tables.sales.map((item) => JSON.stringify(item).replace(/"token":"[^"]*"/g, '')),
        seen.tables.links,
        seen.tables.parked,
        seen.executions.map(({ name, status }) => [name, status]),
      ]),
    )
    .digest('hex');

export const createPlayer = (machines: MachineDefinitions, logs: string[]) => {
  const play = async (given: Case): Promise<Played> => {
    logs.length = 0;
    const chance = createChance(given.seed);
    const start = Date.parse(chance.pick('start', STARTS)) + chance.below('hour', 48) * HOUR_MS;
    const clock = createClock(start);
    const now = () => clock.now();
    const [inside, outside] = [createAgenda(), createAgenda()];
    const faults = createFaults(chance, given.faults);
    const witness = createWitness(now);
    let settled = async (): Promise<void> => undefined;
    const runs = createRuns({ chance, faults, agenda: inside, now, settled: () => settled() });
    const cast = castOf(chance, given.sales);
    const shelves = {
      sales: createTable(runs, 'sales'),
      links: createTable(runs, 'links'),
      parked: createTable(runs, 'parked'),
    };
    const archive = new Map<string, Uint8Array>();
    const down = windowsOf(chance, start, 'down', 60);
    const isDown = () => down.some(({ from, until }) => from <= now() && now() < until);
    const happenings: string[] = [];
    let isOver = false;

    const invoke = (name: string, event: unknown, purpose: string): Promise<Ended> =>
      runs.begin(`${name} ${purpose}`, () => call(name, event));

    const queue = (name: string, consumer: string) =>
      createQueue({
        ...{ name, chance, agenda: inside, now },
        take: (record) => invoke(consumer, { Records: [record] }, record.messageId),
      });
    const queues = {
      intake: queue('intake', 'start-follow-up'),
      forget: queue('forget', 'forget-person'),
      mail: queue('mail', 'receive-mail'),
      events: queue('events', 'hear-of-mail'),
    };

    const onDone = new Map<object, () => void>();

    const stage: Stage = {
      ...{ chance, witness, secret: SECRET, start, now, outside },
      happen: (name, at, act) => {
        if (isOver || (given.happenings !== undefined && !given.happenings.has(shortOf(name)))) return;
        happenings.push(name);
        outside.add(at, () => {
          if (!isOver) act();
        });
      },
      isOver: () => isOver,
      http: async (name, event, purpose, done): Promise<Answer> => {
        if (isDown()) return { status: 0, text: '', writes: 0 };
        let writes = 0;
        const ended = await runs.begin(`${name} ${purpose}`, async (run) => {
          if (done !== undefined) onDone.set(run, done);
          const value = await call(name, event);
          writes = run.writes;
          return value;
        });
        if (ended.kind !== 'done') return { status: ended.kind === 'died' ? 0 : 502, text: '', writes };
        const { statusCode, body } = HttpAnswer.parse(ended.value);
        return { status: statusCode, text: body, writes };
      },
      arrive: (raw, done) => {
        const key = `mail/${archive.size + 1}`;
        archive.set(key, raw);
        const eventTime = new Date(now()).toISOString();
        queues.mail.send(JSON.stringify({ Records: [{ eventTime, s3: { object: { key } } }] }), done);
      },
      report: (event, done) => queues.events.send(JSON.stringify(event), done),
      partition: (sale) => shelves.sales.partition(sale),
      orderOf: (sale) => cast.find(({ id }) => id === sale),
    };

    const [customers, staff] = [createCustomers(stage), createStaff(stage)];
    const read = (mail: SeenMail) => (mail.to === 'customer' ? customers(mail) : staff(mail));
    const flow = await createStepFunctionsWorld({ clock, chance, runs, machines, invoke });
    settled = flow.settled;

    const tables = {
      sales: shelves.sales.table(witness.seq),
      links: shelves.links.table(witness.seq),
      parked: shelves.parked.table(witness.seq),
    };
    const world: World = {
      ...{ settings, chance, runs, tables, workflows: flow.workflows, secret: SECRET },
      mailer: openPost({
        ...{ stage, runs, read, sales: cast.map(({ id }) => id) },
        staff: new Set(settings.config.staff.map(({ email }) => email)),
        outages: windowsOf(chance, start, 'outage of mail', 2),
      }),
      mails: {
        read: (key) =>
          runs.call({
            kind: 'archive',
            at: `read ${key}`,
            act: () => archive.get(key),
            errors: ['TimeoutError'],
          }),
        drop: (key) =>
          runs.call({
            kind: 'archive',
            at: `drop ${key}`,
            act: () => {
              archive.delete(key);
            },
            errors: ['TimeoutError'],
          }),
      },
      send: (name, body) => {
        const run = runs.current();
        queues[name].send(body, run === undefined ? undefined : onDone.get(run));
      },
      sales: () => [],
    };
    const ports = createPorts(world);
    const functions = createFunctions(ports);
    /* The gateway names the route, not the path: what is secret in it stays out of logs. */
    const call = (name: string, event: unknown) => functions(name, withRoute(event));
    const schedules = createSchedules({ inside, now, invoke });

    openShop(stage, cast);
    schedules.start();
    for (const [n, { from, until }] of windowsOf(chance, start, 'pause', 40).entries())
      stage.happen(`pause ${n}`, from, () => {
        const instant = (at: number) => Instant.parse(new Date(at).toISOString());
        const pause = {
          ...{
            what: { of: 'all' as const },
            from: instant(from),
            until: instant(until),
            by: 'ops',
            reason: 'test',
          },
        };
        void ports.pauses.put(pause);
        if (chance.isLikely(`ends early ${n}`, 0.3))
          stage.happen(`pause ${n} ends`, (from + until) / 2, () => void ports.pauses.end(pause));
      });

    /** The next instant at which the product does something by itself: not while it is down. */
    const insideNext = (): number => {
      const next = Math.min(inside.nextAt(), clock.nextDueAt());
      const window = down.find(
        ({ from, until }) => from <= Math.max(next, now()) && Math.max(next, now()) < until,
      );
      return window === undefined ? next : window.until;
    };

    /* The interpreter's jitter. */
    const { random } = Math;
    let draws = 0;
    Math.random = () => {
      draws += 1;
      return chance.draw(`jitter ${draws}`);
    };

    let steps = 0;
    const goTo = async (end: number): Promise<void> => {
      for (;;) {
        const at = Math.min(insideNext(), outside.nextAt());
        if (at > end) break;
        steps += 1;
        if (steps > MOST_STEPS) throw new Error(`Seed ${given.seed} goes round in circles`);
        clock.moveTo(at);
        for (const act of outside.take(now())) act();
        if (!isDown()) for (const act of inside.take(now())) act();
        const fired = !isDown() && clock.nextDueAt() <= now() ? clock.fire() : undefined;
        await runs.settle();
        if (fired !== undefined) {
          await fired;
          await runs.settle();
        }
      }
      clock.moveTo(end);
    };

    /** What ops do once alarms have rung: dead letters again, failed executions on. */
    const repair = async (): Promise<void> => {
      for (const one of Object.values(queues)) one.replay();
      await flow.redrive();
      await runs.settle();
    };

    try {
      for (let day = 1; day <= DAYS; day += 5) {
        await goTo(start + day * DAY_MS);
        await repair();
      }
      await goTo(start + DAYS * DAY_MS);
      faults.stop();
      isOver = true;
      for (let hours = 0; hours <= DRAIN_DAYS * 24; hours += 12) {
        await repair();
        await goTo(now() + 12 * HOUR_MS);
      }
      const last = schedules.runNow();
      await runs.settle();
      await last;
      await goTo(now() + 60_000);
      const seen = await seenOf({ stage, cast, flow, ports, call, logs, shelves, archive });
      const findings = judge(seen);
      return {
        findings,
        digest: digestOf(seen),
        happenings,
        faults: faults.struck(),
        story: witness.story,
        counts: {
          mails: seen.mails.length,
          acts: seen.acts.length,
          webhooks: seen.told.length,
          executions: seen.executions.length,
          faults: faults.struck().length,
          steps,
        },
      };
    } finally {
      Math.random = random;
      flow.close();
    }
  };

  return play;
};
