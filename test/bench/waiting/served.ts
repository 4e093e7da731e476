/** A Step Functions in a process of its own that can be killed: `served.ts <file> <first due>`. Tells when it serves, and what it is asked. */
import { type Flow, openFlow, saleName } from '../follow-up-flow.ts';
import { closedLoop, percentile } from '../load.ts';
import { measure } from '../measuring.ts';
import { APART_MS } from './fill.ts';

const [, , file = '', firstDueText = '0'] = process.argv;
const firstDue = Number(firstDueText);
const SALES = 1000;
const SECONDS = 10;

const lateness: number[] = [];
const asked = new Map<string, string>();

const flow: Flow = await openFlow(file, ({ sale, token, position }) => {
  if (position !== 'ask') return;
  if (sale.startsWith('more-')) asked.set(sale, token);
  else lateness.push(flow.time.now() - (firstDue + Number(sale.slice(saleName(0).length - 1)) * APART_MS));
});
flow.stepFunctions.resume();
flow.time.start();
/** Serving means: a webhook's sale is on disk. Timers are armed by then. */
await flow.start(`more-first-${process.pid}`);
process.send?.({ isServing: true });

/** From start to end, while all the others wait. */
const playMore = async (count: number): Promise<number> => {
  const before = asked.size;
  const { cpuMs } = await measure(async () => {
    await closedLoop(count, 64, (index) => flow.start(`more-${index}-${process.pid}-${before}`, { use: 1 }));
    while (asked.size < before + count) await new Promise((resolve) => setTimeout(resolve, 5));
    const tokens = [...asked.values()].slice(before);
    await closedLoop(count, 64, (index) => flow.answer(tokens[index] ?? ''));
    await flow.time.whenIdle();
  });
  return (cpuMs * 1000) / count;
};

const findings = async () => {
  await playMore(SALES / 2);
  const cpuUs = await playMore(SALES);
  await flow.time.advanceTo(firstDue - 1000);
  await new Promise((resolve) => setTimeout(resolve, SECONDS * 1000));
  const residentMb = process.memoryUsage().rss / 2 ** 20;
  return {
    cpuUs,
    residentMb,
    fired: lateness.length,
    lateP99: lateness.length === 0 ? 0 : percentile(lateness, 99),
  };
};

process.on('message', async (wanted) => {
  if (wanted === 'keep busy') for (;;) await playMore(SALES / 10);
  process.send?.(await findings());
});
