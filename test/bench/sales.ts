/**
 * How many sales a second one machine takes from the shop's webhook to the customer's answer and their outcome: the real
 * stack, the handlers as they are bundled for Lambda, everything on disk before it is acknowledged.
 */
import * as z from 'zod';
import {
  accepted,
  askAll,
  CALLERS,
  clockOf,
  goToMonday,
  linksIn,
  newOrders,
  placeAll,
} from './asked-sales.ts';
import type { Bench, Figure } from './figure.ts';
import { type Caller, callerOf, closedLoop } from './load.ts';
import { type Served, serveAftercare, type Used } from './served.ts';

const UNTIL_OVER = 'P20D';

type Phase = { name: string; seconds: number; cpuMs: number; units: Record<string, number> };

const between = (before: Used, after: Used): Record<string, number> =>
  Object.fromEntries(
    Object.entries(after.units).map(([unit, count]) => [unit, count - (before.units[unit] ?? 0)]),
  );

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

/** Plays sales from their webhooks to their ends, each phase measured with all that it set off. */
const playSales = async (served: Served, sales: number, log: (line: string) => void): Promise<Phase[]> => {
  const world = callerOf(served.url, CALLERS);
  const { phases, measure } = measurer(served, log);
  await goToMonday(world);
  const orders = newOrders(sales);
  await measure('webhooks', () => placeAll(world, orders));
  await measure('asking', () => askAll(world));
  const links = linksIn(served.dataDir);
  if (links.length !== sales) throw new Error(`${links.length} of ${sales} customers were asked.`);
  await measure('answers', async () => {
    await closedLoop(links.length, CALLERS, async (index) => answerForm(world, links[index] ?? ''));
    await clockOf(world).idle();
  });
  await measure('review', () => clockOf(world).advance(UNTIL_OVER));
  await checkEnds(world, sales);
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
      id: 'sales.calls-per-sale',
      what: 'Calls of AWS for a sale from webhook to outcome',
      value: Number((sum(untilOutcome, ({ units }) => units['awsCalls'] ?? 0) / sales).toFixed(1)),
      unit: 'calls',
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
      const phases = await playSales(served, sales, log);
      return figuresOf(phases, sales, (await served.used()).residentMb);
    } finally {
      await served.stop();
    }
  },
};
