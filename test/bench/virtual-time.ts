/**
 * How fast time passes: a month of a large shop on the interpreter, with the clock moved from hour to hour. Nineteen
 * sales of twenty are answered the day after they were asked, one falls silent and ends with a call.
 */
import { join } from 'node:path';
import type { Bench } from './figure.ts';
import { DAY_S, type Flow, openFlow, saleName } from './follow-up-flow.ts';
import { closedLoop } from './load.ts';
import { inFolder, measure, rounded } from './measuring.ts';

const HOUR_MS = 3_600_000;
const DAYS = 30;
const CALLERS = 64;
const SILENT = 20;
/** As short as it takes for every sale of the month to end within it, but for those of its last days. */
const WAITS = { use: 3 * DAY_S, answer: 2 * DAY_S, again: 2 * DAY_S, promise: 5 * DAY_S, review: DAY_S };

/** Those that are asked now are answered a day later. */
type Answers = { note(sale: string, token: string): void; due(hour: number): string[] };

const createAnswers = (hourNow: () => number): Answers => {
  const byHour = new Map<number, string[]>();
  return {
    note: (sale, token) => {
      if (Number(sale.slice(saleName(0).length - 1)) % SILENT === 0) return;
      const hour = hourNow() + 24;
      byHour.set(hour, [...(byHour.get(hour) ?? []), token]);
    },
    due: (hour) => {
      const tokens = byHour.get(hour) ?? [];
      byHour.delete(hour);
      return tokens;
    },
  };
};

/** Sales of an hour arrive one after the other, at instants of their own. */
const liveHour = async (flow: Flow, answers: Answers, hour: number, sales: readonly string[], to: number) => {
  await closedLoop(sales.length, CALLERS, (index) => flow.start(sales[index] ?? '', WAITS));
  const tokens = answers.due(hour);
  await closedLoop(tokens.length, CALLERS, (index) => flow.answer(tokens[index] ?? ''));
  await flow.time.advanceTo(to);
};

const playMonth = (total: number): Promise<{ seconds: number; cpuMs: number; ended: number }> =>
  inFolder(async (folder) => {
    const hours = DAYS * 24;
    let hourNow = 0;
    const answers = createAnswers(() => hourNow);
    const flow = await openFlow(join(folder, 'store.db'), ({ sale, token, position }) => {
      if (position === 'ask') answers.note(sale, token);
    });
    const began = flow.time.now();
    const took = await measure(async () => {
      for (; hourNow < hours; hourNow += 1) {
        const [from, to] = [hourNow, hourNow + 1].map((hour) => Math.round((hour / hours) * total));
        const sales = Array.from({ length: (to ?? 0) - (from ?? 0) }, (_, at) => saleName((from ?? 0) + at));
        await liveHour(flow, answers, hourNow, sales, began + (hourNow + 1) * HOUR_MS);
      }
    });
    const ended = flow.stepFunctions.executions({ status: 'SUCCEEDED' }).length;
    const open = flow.stepFunctions.openExecutions();
    flow.close();
    if (ended + open !== total) throw new Error(`${ended} sales ended and ${open} are open, of ${total}.`);
    return { ...took, ended };
  });

export const bench: Bench = {
  name: 'virtual-time',
  about: 'A month of sales with the clock moved from hour to hour, durable, trivial handlers.',
  run: async ({ isQuick, log }) => {
    const sales = isQuick ? 300 : 100_000;
    const { seconds, cpuMs, ended } = await playMonth(sales);
    log(`virtual-time: ${ended} of ${sales} sales ended in ${seconds.toFixed(1)} s`);
    const note = `${sales.toLocaleString('en')} sales, ${ended.toLocaleString('en')} of them ended`;
    return [
      {
        ...{ id: 'virtual-time.seconds', what: 'thirty days, the interpreter alone', note },
        ...{ value: rounded(seconds), unit: 's', target: { atMost: 60 } },
      },
      {
        ...{ id: 'virtual-time.cpu-us-per-sale', what: 'CPU for a sale while the clock is moved' },
        ...{ value: rounded((cpuMs * 1000) / sales), unit: 'us' },
      },
    ];
  },
};
