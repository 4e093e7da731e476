/**
 * How many sales a second one machine takes from the shop's webhook to the customer's answer and their outcome: the real
 * stack, the handlers as they are bundled for Lambda, everything on disk before it is acknowledged.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { newOrder, type Placed, placed } from '../e2e/orders.ts';
import { MONDAY } from '../e2e/world.ts';
import type { Bench, Figure } from './figure.ts';
import { type Caller, callerOf, closedLoop } from './load.ts';
import { type Served, serveAftercare, type Used } from './served.ts';

const CALLERS = 64;
/** Placed at eight in the morning; the check-in of each is sent on the morning of a day in between. */
const UNTIL_ASKED = 'P14D';
const UNTIL_OVER = 'P20D';

type Phase = { name: string; seconds: number; cpuMs: number; units: Record<string, number> };

const accepted = async (answer: Promise<{ status: number; text: string }>, what: string): Promise<string> => {
  const { status, text } = await answer;
  if (status !== 200) throw new Error(`${what} answered ${status}: ${text.slice(0, 300)}`);
  return text;
};

const between = (before: Used, after: Used): Record<string, number> =>
  Object.fromEntries(
    Object.entries(after.units).map(([unit, count]) => [unit, count - (before.units[unit] ?? 0)]),
  );

const clockOf = ({ call }: Caller) => {
  const move = (body: Record<string, string>) =>
    accepted(call({ method: 'POST', path: '/_local/clock', body: JSON.stringify(body) }), 'The clock');
  return {
    goTo: (to: string) => move({ to }),
    advance: (advance: string) => move({ advance }),
    idle: () => move({ advance: 'PT0S' }),
  };
};

/** The customers' links, read from the mails themselves: asking the mailbox for them would be work of the server. */
const linksIn = (dataDir: string): string[] => {
  const folder = join(dataDir, 'mails');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.eml'))
    .flatMap((name) => {
      const text = readFileSync(join(folder, name), 'utf8').replaceAll('=\r\n', '');
      const found = /http:\/\/[^\s"<>]*(\/r\/[a-z2-7]{32})/.exec(text)?.[1];
      return found === undefined ? [] : [found];
    });
};

const answerForm = async ({ call }: Caller, path: string): Promise<void> => {
  await accepted(call({ method: 'GET', path }), 'The form');
  const body = new URLSearchParams({ rating: '5', words: 'They fit like old friends.', recommend: 'yes' });
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  await accepted(call({ method: 'POST', path, headers, body: body.toString() }), 'The answer');
};

const Executions = z.array(z.object({ status: z.string() }));

const checkEnds = async ({ call }: Caller, sales: number): Promise<void> => {
  const path = '/_local/executions?status=SUCCEEDED';
  const ended = Executions.parse(JSON.parse(await accepted(call({ method: 'GET', path }), path)));
  if (ended.length !== sales) throw new Error(`${ended.length} of ${sales} sales came to their end.`);
};

const measurer = (served: Served, log: (line: string) => void) => {
  const phases: Phase[] = [];
  return {
    phases,
    measure: async (name: string, work: () => Promise<unknown>): Promise<void> => {
      const before = await served.used();
      const began = performance.now();
      await work();
      const seconds = (performance.now() - began) / 1000;
      const after = await served.used();
      phases.push({ name, seconds, cpuMs: after.cpuMs - before.cpuMs, units: between(before, after) });
      log(`${name}: ${seconds.toFixed(1)} s, ${((after.cpuMs - before.cpuMs) / 1000).toFixed(1)} s of CPU`);
    },
  };
};

/** Plays `orders` from their webhooks to their ends, each phase measured with all that it set off. */
const playSales = async (
  served: Served,
  orders: (now: number) => Placed[],
  log: (line: string) => void,
): Promise<Phase[]> => {
  const world = callerOf(served.url, CALLERS);
  const clock = clockOf(world);
  const { phases, measure } = measurer(served, log);
  await clock.goTo(MONDAY);
  const placedNow = orders(Date.parse(MONDAY)).map((order) => placed(order));
  await measure('webhooks', async () => {
    await closedLoop(placedNow.length, CALLERS, async (index) => {
      const shop = placedNow[index];
      if (shop !== undefined) await accepted(world.call({ method: 'POST', ...shop }), 'The webhook');
    });
    await clock.idle();
  });
  await measure('asking', () => clock.advance(UNTIL_ASKED));
  const links = linksIn(served.dataDir);
  if (links.length !== placedNow.length)
    throw new Error(`${links.length} of ${placedNow.length} customers were asked.`);
  await measure('answers', async () => {
    await closedLoop(links.length, CALLERS, async (index) => answerForm(world, links[index] ?? ''));
    await clock.idle();
  });
  await measure('review', () => clock.advance(UNTIL_OVER));
  await checkEnds(world, placedNow.length);
  world.close();
  return phases;
};

const sum = (phases: readonly Phase[], pick: (phase: Phase) => number): number =>
  phases.reduce((total, phase) => total + pick(phase), 0);

const figuresOf = (phases: readonly Phase[], sales: number, residentMb: number): Figure[] => {
  const untilOutcome = phases.filter(({ name }) => name !== 'review');
  const each = phases
    .map(
      ({ name, seconds, cpuMs }) =>
        `${name} ${Math.round(sales / seconds)}/s ${(cpuMs / sales).toFixed(1)} ms`,
    )
    .join(', ');
  return [
    {
      id: 'sales.per-second',
      what: 'Sales from webhook to outcome, durable, through the real handlers',
      value: Math.round(sales / sum(untilOutcome, ({ seconds }) => seconds)),
      unit: 'sales/s',
      target: { atLeast: 300 },
      note: `${sales} sales of as many customers, ${CALLERS} callers; CPU per sale: ${each}`,
    },
    {
      id: 'sales.cpu-per-sale',
      what: 'CPU of the runtime for a sale from webhook to outcome',
      value: Number((sum(untilOutcome, ({ cpuMs }) => cpuMs) / sales).toFixed(2)),
      unit: 'ms',
    },
    {
      id: 'sales.resident',
      what: 'Memory of the runtime after these sales',
      value: Math.round(residentMb),
      unit: 'MB',
    },
  ];
};

export const bench: Bench = {
  name: 'sales',
  about:
    'Sales from webhook over check-in, form and answer to their outcome on one machine, handlers and all.',
  run: async ({ isQuick, log }) => {
    const sales = isQuick ? 50 : 2000;
    const served = await serveAftercare(log);
    try {
      const all = (count: number) => (now: number) => Array.from({ length: count }, () => newOrder(now));
      const phases = await playSales(served, all(sales), log);
      return figuresOf(phases, sales, (await served.used()).residentMb);
    } finally {
      await served.stop();
    }
  },
};
