/**
 * Calls functions at the times that EventBridge rules and schedules set. What is due next is on disk: a time that
 * passed while the runtime was down comes once, at the next start.
 */
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { LambdaRunner } from '../lambda/runner.ts';
import type { Meter } from '../meter.ts';
import type { Place } from '../stack/place.ts';
import type { Schedule } from '../stack/schedules.ts';
import type { Store } from '../store.ts';
import type { Timekeeper } from '../time.ts';
import { nextTime, timeFrom } from './expression.ts';
import { createRests } from './rests.ts';

type Options = {
  readonly schedules: readonly Schedule[];
  readonly store: Store;
  readonly time: Timekeeper;
  readonly meter: Meter;
  readonly invoke: LambdaRunner['invoke'];
  readonly place: Pick<Place, 'region' | 'accountId'>;
  log(line: string): void;
};

const Row = z.object({ key: z.string(), expression: z.string(), next_due_at: z.number() });

const prepare = ({ db }: Store) =>
  db.exec(
    'CREATE TABLE IF NOT EXISTS schedules (key TEXT PRIMARY KEY, expression TEXT NOT NULL, next_due_at INTEGER NOT NULL) STRICT',
  );

/** The event that EventBridge sends when a rule gives no input of its own. */
const scheduledEvent = ({ arn }: Schedule, at: number, { region, accountId }: Options['place']) => ({
  version: '0',
  id: randomUUID(),
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account: accountId,
  time: `${new Date(at).toISOString().slice(0, 19)}Z`,
  region,
  resources: [arn],
  detail: {},
});

const payloadOf = (schedule: Schedule, at: number, place: Options['place']): unknown => {
  if (schedule.input !== undefined) return JSON.parse(schedule.input);
  const event: Record<string, unknown> = scheduledEvent(schedule, at, place);
  const { transformer } = schedule;
  if (transformer === undefined) return event;
  const { fields, template } = transformer;
  return JSON.parse(
    template.replace(/<(\w+)>/g, (_, name: string) => JSON.stringify(event[fields[name] ?? ''] ?? null)),
  );
};

/** @throws ScheduleError for an expression that cannot be played. */
export const playSchedules = ({ schedules, store, time, meter, invoke, place, log }: Options): void => {
  prepare(store);
  const rows = z.array(Row).parse(store.db.prepare('SELECT * FROM schedules').all());
  const saved = new Map(rows.map((row) => [`${row.key} ${row.expression}`, row.next_due_at]));
  const due = new Map<Schedule, number>();
  const rests = createRests(meter);

  const keep = ({ key, expression }: Schedule, at: number) =>
    store.write((db) => {
      db.prepare(
        'INSERT INTO schedules (key, expression, next_due_at) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET expression = excluded.expression, next_due_at = excluded.next_due_at',
      ).run(key, expression, at);
    });

  const report = (schedule: Schedule) => (error: unknown) =>
    log(`Schedule ${schedule.logicalId} could not be kept: ${String(error)}`);

  const fire = async (schedule: Schedule, at: number) => {
    const payload = payloadOf(schedule, at, place);
    const result = await invoke({ functionArn: schedule.functionArn, payload });
    rests.note(schedule, result.ok ? result.payload : undefined);
    if (!result.ok) log(`Schedule ${schedule.logicalId} called a function that failed: ${result.cause}`);
  };

  for (const schedule of schedules) {
    const { key, expression, timeZone } = schedule;
    const known = saved.get(`${key} ${expression}`);
    const at = known ?? nextTime(expression, timeZone, time.now());
    due.set(schedule, at);
    if (known === undefined) keep(schedule, at).catch(report(schedule));
  }

  const skipTo = (schedule: Schedule, at: number, from: number): number => {
    const next = timeFrom(schedule.expression, schedule.timeZone, at, from);
    due.set(schedule, next);
    return next;
  };

  /** Times that passed while it rested are left out; one that passed while the runtime was down comes once. */
  const dueOf = (schedule: Schedule, at: number): number => {
    const rest = rests.of(schedule, time.now());
    if (rest === 'awake') return at;
    const { expression, timeZone } = schedule;
    if (!time.isMoving()) {
      const isMissed = nextTime(expression, timeZone, at) <= time.now();
      return isMissed ? skipTo(schedule, at, time.now()) : at;
    }
    if (rest === 'woken') return skipTo(schedule, at, time.now());
    const { until } = rest;
    return until === Number.POSITIVE_INFINITY ? until : timeFrom(expression, timeZone, at, until);
  };
  const dueTimes = () => [...due].map(([schedule, at]) => [schedule, dueOf(schedule, at)] as const);

  time.register({
    name: 'schedules',
    nextDueAt: () => {
      const next = Math.min(...dueTimes().map(([, at]) => at));
      return next === Number.POSITIVE_INFINITY ? undefined : next;
    },
    runDue: async (now) => {
      const ready = dueTimes().filter(([, at]) => at <= now);
      for (const [schedule, at] of ready) {
        const next = nextTime(schedule.expression, schedule.timeZone, now);
        due.set(schedule, next);
        await fire(schedule, at);
        // Kept after the call: a crash between the two makes the call again, as EventBridge may.
        await keep(schedule, next);
      }
      return ready.length;
    },
  });
};
