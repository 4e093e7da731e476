/**
 * How many sales a second the Step Functions of one machine play, durably (fsync on), without handlers: the limit that
 * handlers meet. Run it with `npx node test/bench/interpreter.ts`; prints a table row and a JSON line per shape.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { createMeter } from '../../lib/local/meter.ts';
import { createStepFunctions } from '../../lib/local/step-functions/step-functions.ts';
import { openStore } from '../../lib/local/store.ts';
import { createTimekeeper } from '../../lib/local/time.ts';

const { values: flags } = parseArgs({
  options: {
    sales: { type: 'string', default: '10000' },
    callers: { type: 'string', default: '64' },
    rounds: { type: 'string', default: '3' },
    shape: { type: 'string', default: 'one task,FollowUp' },
  },
});
const SALES = Number(flags.sales);
const CALLERS = Number(flags.callers);
const DAY_S = 86_400;
const PLACE = { region: 'us-east-1', accountId: '000000000000' };

/** `daysToAnswer`: how far the clock moves before the customer answers; 0 answers the first task. */
type Shape = { name: string; definition: string; daysToAnswer: number };

const ONE_TASK = {
  QueryLanguage: 'JSONata',
  StartAt: 'Ask',
  States: {
    Ask: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Arguments: {
        FunctionName: 'ask',
        Payload: { token: '{% $states.context.Task.Token %}', plan: '{% $states.input %}' },
      },
      TimeoutSeconds: 7 * DAY_S,
      Next: 'Answered',
    },
    Answered: { Type: 'Succeed' },
  },
};

/** The machine as it is deployed: its snapshot is kept equal to the synthesized one by test/infra. */
const followUp = (): string =>
  readFileSync(
    join(import.meta.dirname, '..', 'infra', 'snapshots', 'follow-up.asl.json'),
    'utf8',
  ).replaceAll(/<([a-z-]+):live>/g, `arn:aws:lambda:${PLACE.region}:${PLACE.accountId}:function:$1:live`);

const SHAPES: Shape[] = [
  { name: 'one task', definition: JSON.stringify(ONE_TASK), daysToAnswer: 0 },
  { name: 'FollowUp', definition: followUp(), daysToAnswer: 8 },
];

const Asked = z.object({ token: z.string(), plan: z.object({ sale: z.string() }) });
const Created = z.object({ stateMachineArn: z.string() });

const planOf = (sale: string): string => {
  const seconds = { use: 7 * DAY_S, answer: 5 * DAY_S, again: 5 * DAY_S, promise: 30 * DAY_S, review: DAY_S };
  return JSON.stringify({ sale, round: 1, journey: 'goods', policy: 'a1b2c3d4', seconds });
};

/** Runs `job` for every sale, at most CALLERS at once. */
const forEverySale = async (job: (index: number) => Promise<unknown>): Promise<void> => {
  let next = 0;
  const caller = async () => {
    while (next < SALES) {
      const index = next;
      next += 1;
      await job(index);
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
};

const measure = async (work: () => Promise<unknown>): Promise<{ seconds: number; cpuMs: number }> => {
  const cpu = process.cpuUsage();
  const began = performance.now();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { seconds: (performance.now() - began) / 1000, cpuMs: (user + system) / 1000 };
};

/** Seconds and CPU of each phase, with everything on disk at its end. */
const playSales = async (folder: string, { definition, daysToAnswer }: Shape) => {
  const store = openStore(join(folder, 'store.db'));
  const time = createTimekeeper(store);
  const tokens = new Map<string, string>();
  const { call, executions } = createStepFunctions({
    ...{ store, time, meter: createMeter(), ...PLACE },
    invokeLambda: async ({ payload }) => {
      const { token, plan } = Asked.parse(payload);
      tokens.set(plan.sale, token);
      return { ok: true, payload: { asked: true } };
    },
  });
  const roleArn = `arn:aws:iam::${PLACE.accountId}:role/flow`;
  const created = await call('CreateStateMachine', { name: 'Sale', definition, roleArn });
  const { stateMachineArn } = Created.parse(created);
  const idle = () => time.whenIdle();

  const opening = await measure(() =>
    forEverySale((index) =>
      call('StartExecution', { stateMachineArn, name: `sale-${index}`, input: planOf(`sale-${index}`) }),
    ).then(idle),
  );
  const waiting = await measure(() => time.advanceTo(time.now() + daysToAnswer * DAY_S * 1000).then(idle));
  const answering = await measure(() =>
    forEverySale((index) =>
      call('SendTaskSuccess', { taskToken: tokens.get(`sale-${index}`), output: '{"answer":"happy"}' }),
    ).then(idle),
  );
  const played = executions({ status: 'SUCCEEDED' }).length;
  if (played !== SALES) throw new Error(`${played} of ${SALES} sales came to their end`);
  store.close();
  return { opening, waiting, answering };
};

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

const roundOf = async (shape: Shape) => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-bench-'));
  try {
    const phases = Object.values(await playSales(folder, shape));
    const [opening, waiting, answering] = phases.map(({ seconds }) => seconds);
    const cpuMs = phases.reduce((sum, phase) => sum + phase.cpuMs, 0);
    return { opening, waiting, answering, cpuMs };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const perSecond = (seconds: number): number => Math.round(SALES / seconds);

console.log('| shape | sales/s | open/s | answer/s | CPU ms per sale |\n|---|---|---|---|---|');
for (const shape of SHAPES.filter(({ name }) => flags.shape.split(',').includes(name))) {
  const rounds: Awaited<ReturnType<typeof roundOf>>[] = [];
  for (let round = 0; round < Number(flags.rounds); round += 1) rounds.push(await roundOf(shape));
  const seconds = (pick: (round: Awaited<ReturnType<typeof roundOf>>) => number | undefined) =>
    median(rounds.map((round) => pick(round) ?? 0));
  const result = {
    shape: shape.name,
    sales: SALES,
    callers: CALLERS,
    rounds: rounds.length,
    salesPerSecond: perSecond(
      seconds(({ opening = 0, waiting = 0, answering = 0 }) => opening + waiting + answering),
    ),
    openPerSecond: perSecond(seconds(({ opening }) => opening)),
    answerPerSecond: perSecond(seconds(({ answering }) => answering)),
    cpuMsPerSale: Number((seconds(({ cpuMs }) => cpuMs) / SALES).toFixed(3)),
  };
  const { salesPerSecond, openPerSecond, answerPerSecond, cpuMsPerSale } = result;
  console.log(
    `| ${shape.name} | ${salesPerSecond} | ${openPerSecond} | ${answerPerSecond} | ${cpuMsPerSale} |`,
  );
  console.log(JSON.stringify(result));
}
