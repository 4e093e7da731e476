/** The hourly synthetic sale, through the whole stack: from its signed webhook to the end of its workflow. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import * as z from 'zod';
import { type OpenWorld, openWorld } from './world.ts';

const HOUR_MS = 3_600_000;

let world: OpenWorld;
beforeAll(async () => {
  world = await openWorld({
    assembly: inject('assembly'),
    start: 'now',
    hasCanary: true,
  });
  /* It flies at 35 past: at 50 past the check-in of the last one is out and has arrived, whenever this test runs. */
  const now = await world.now();
  await world.goTo(new Date(Math.ceil(now / HOUR_MS + 1) * HOUR_MS + 50 * 60_000).toISOString());
});
afterAll(() => world.close());

const SLOW = 60_000;
const Told = z.looseObject({ CanaryPassed: z.number().optional(), CanaryFailed: z.number().optional() });

/** What it told, oldest first. */
const told = (): string[] =>
  readdirSync(join(world.dataDir, 'logs'))
    .filter((name) => name.startsWith('Aftercare-FunctionsCanary'))
    .map((name) => readFileSync(join(world.dataDir, 'logs', name), 'utf8'))
    .join('')
    .split('\n')
    .filter((line) => line.includes('"_aws"'))
    .map((line) => Told.parse(JSON.parse(line)))
    .map((line) => (line.CanaryPassed === 1 ? 'passed' : `failed: ${String(line['why'])}`));

/** The state of an alarm as the dashboards show it. */
const alarmOf = async (id: string): Promise<string | undefined> =>
  z
    .array(z.object({ name: z.string(), state: z.string() }))
    .parse(await world.read('/_local/alarms'))
    .find(({ name }) => name.endsWith(id))?.state;

const sales = async () =>
  z.array(z.looseObject({ id: z.string(), status: z.string() })).parse(await world.read('/_local/sales'));

const finished = async () => (await sales()).filter(({ status }) => status === 'closed').length;

test(
  'goes through from webhook to end, hour after hour, and is counted as no sale of the shop',
  async () => {
    const before = told().length;
    const closed = await finished();

    await world.advance('PT2H');

    await expect.poll(() => told().slice(before)).toEqual(['passed', 'passed']);
    expect(await finished()).toBe(closed + 2);
    expect(await world.mailsTo('ana@shop.example')).toEqual([]);
  },
  SLOW,
);

test(
  'names the step it came to grief at, and leaves nothing behind that a person would be called for',
  async () => {
    const before = told().length;
    world.sqs.pause();
    await world.advance('PT2H');
    const alarm = await alarmOf('CanaryFailed');
    world.sqs.resume();
    await world.advance('PT6H');

    await expect.poll(() => told().slice(before, before + 2)).toEqual(['passed', 'failed: sale']);
    await expect.poll(() => told().at(-1)).toBe('passed');
    expect((await sales()).filter(({ status }) => status === 'open')).toHaveLength(1);
    expect(alarm).toBe('ALARM');
    await expect.poll(() => alarmOf('CanaryFailed')).toBe('OK');
  },
  SLOW,
);
