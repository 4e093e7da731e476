/**
 * How many sales a second the Step Functions of one machine play, durably (fsync on), without handlers: the limit that
 * handlers meet. The flow is that of the peers: start, wait a second, send, wait for the answer, end.
 */
import { join } from 'node:path';
import type { Bench, Figure } from './figure.ts';
import { type Flow, openFlow, saleName } from './follow-up-flow.ts';
import { closedLoop, percentile } from './load.ts';
import { inFolder, measure, median, rounded } from './measuring.ts';
import { type EngineResult, measureEngines } from './peers/engines.ts';

const CALLERS = 64;
const SLEEP_S = 1;
const ROUNDS = 3;

type Round = { salesPerSecond: number; cpuUs: number; signals: number[] };

const idle = async ({ time }: Flow, isDone: () => boolean): Promise<void> => {
  while (!isDone()) await new Promise((resolve) => setTimeout(resolve, 2));
  await time.whenIdle();
};

/** One answer after the other while all the others wait: until the next handler is called. */
const signalTimes = async (flow: Flow, asked: Map<string, string>, count: number, called: () => number) => {
  const times: number[] = [];
  for (const [sale, token] of [...asked].slice(0, count)) {
    const began = performance.now();
    await flow.reviewLater(token, sale);
    times.push(called() - began);
    await flow.time.whenIdle();
  }
  return times;
};

const playRound = (sales: number, signals: number): Promise<Round> =>
  inFolder(async (folder) => {
    const asked = new Map<string, string>();
    let calledAt = 0;
    const flow = await openFlow(join(folder, 'store.db'), ({ sale, token, position }) => {
      calledAt = performance.now();
      if (position === 'ask') asked.set(sale, token);
    });
    flow.time.start();
    const opening = await measure(async () => {
      await closedLoop(sales, CALLERS, (index) => flow.start(saleName(index), { use: SLEEP_S }));
      await idle(flow, () => asked.size === sales);
    });
    const times = await signalTimes(flow, asked, signals, () => calledAt);
    const tokens = [...asked.values()].slice(signals);
    const closing = await measure(async () => {
      await closedLoop(tokens.length, CALLERS, (index) => flow.answer(tokens[index] ?? ''));
      await flow.time.whenIdle();
    });
    const done = flow.stepFunctions.executions({ status: 'SUCCEEDED' }).length;
    if (done !== tokens.length) throw new Error(`${done} of ${tokens.length} sales came to their end`);
    flow.close();
    const seconds = (opening.seconds - SLEEP_S) / sales + closing.seconds / tokens.length;
    const cpuMs = opening.cpuMs / sales + closing.cpuMs / tokens.length;
    return { salesPerSecond: 1 / seconds, cpuUs: cpuMs * 1000, signals: times };
  });

const figuresOf = (sales: number, rounds: Round[], engines: EngineResult[]): Figure[] => {
  const perSecond = median(rounds.map((round) => round.salesPerSecond));
  const signals = rounds.flatMap((round) => round.signals);
  const best = engines.toSorted((a, b) => b.flowsPerSecond - a.flowsPerSecond)[0];
  const beside = (value: (engine: EngineResult) => number) =>
    best === undefined ? {} : { peer: { name: best.name, value: rounded(value(best)) } };
  const note = `${sales} sales open, ${CALLERS} callers, median of ${rounds.length} rounds`;
  const each = `one by one, ${sales} sales open, ${signals.length} signals`;
  const ms = { unit: 'ms', note: each };
  return [
    {
      ...{ id: 'interpreter.sales-per-second', what: 'sales a second, the interpreter alone, durable', note },
      ...{ value: rounded(perSecond), unit: 'sales/s', target: { atLeast: 3000 } },
      ...beside((engine) => engine.flowsPerSecond),
    },
    {
      ...{ id: 'interpreter.cpu-us-per-sale', what: 'CPU for a sale, the interpreter alone', note },
      ...{ value: rounded(median(rounds.map(({ cpuUs }) => cpuUs))), unit: 'us' },
    },
    ...(best === undefined
      ? []
      : [
          {
            ...{ id: 'interpreter.times-the-best-engine', what: `as many as ${best.name} plays` },
            ...{ value: rounded(perSecond / best.flowsPerSecond), unit: 'times', target: { atLeast: 10 } },
          },
        ]),
    {
      ...{ id: 'interpreter.signal-p50-ms', what: 'from signal to next handler, half of them', ...ms },
      ...{ value: rounded(percentile(signals, 50)), target: { atMost: 1 } },
      ...beside((engine) => engine.signalP50),
    },
    {
      ...{ id: 'interpreter.signal-p99-ms', what: 'from signal to next handler, 99 of 100', ...ms },
      ...{ value: rounded(percentile(signals, 99)), target: { atMost: 15 } },
      ...beside((engine) => engine.signalP99),
    },
  ];
};

export const bench: Bench = {
  name: 'interpreter',
  about:
    'The deployed machine of a sale, trivial handlers, fsync on: start, a second, send, answer; and durable engines beside it.',
  run: async ({ isQuick, log }) => {
    const sales = isQuick ? 200 : 10_000;
    const signals = isQuick ? 20 : 500;
    if (!isQuick) await playRound(1000, 100);
    const rounds: Round[] = [];
    for (let round = 0; round < (isQuick ? 1 : ROUNDS); round += 1) {
      const played = await playRound(sales, signals);
      log(
        `interpreter: ${Math.round(played.salesPerSecond)} sales/s, ${Math.round(played.cpuUs)} us CPU each`,
      );
      rounds.push(played);
    }
    return figuresOf(sales, rounds, isQuick ? [] : await measureEngines(log));
  },
};
