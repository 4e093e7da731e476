import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type Runtime, startRuntime } from '../../../lib/local/runtime.ts';
import { writeTinyStack } from './tiny-stack.ts';

const folder = mkdtempSync(join(tmpdir(), 'cloudwatch-'));
let assembly: string;
let running: Runtime[] = [];
let folders = 0;

beforeAll(() => {
  assembly = writeTinyStack(join(folder, 'stack'));
});
afterEach(async () => {
  for (const runtime of running) await runtime.stop();
  running = [];
});
afterAll(() => rmSync(folder, { recursive: true }));

const newFolder = () => {
  folders += 1;
  return join(folder, `data-${folders}`);
};

const start = async (dataDir = newFolder()): Promise<Runtime> => {
  const runtime = await startRuntime({
    ...{ assembly, dataDir, port: 0, awsPort: 0, log: () => undefined },
    secrets: () => '',
    sales: () => ({ describe: async () => undefined, list: async () => [] }),
    console: () => async () => undefined,
  });
  running.push(runtime);
  return runtime;
};

const stop = async (runtime: Runtime) => {
  running = running.filter((one) => one !== runtime);
  await runtime.stop();
};

const get = async (runtime: Runtime, path: string): Promise<unknown> =>
  (await fetch(`${runtime.url}/_local/${path}`)).json();
const work = (runtime: Runtime, body: string) => fetch(`${runtime.url}/work`, { method: 'POST', body });
const advance = (runtime: Runtime, duration: string) =>
  fetch(`${runtime.url}/_local/clock`, { method: 'POST', body: JSON.stringify({ advance: duration }) });

const Pages = z.array(z.object({ topic: z.string(), subject: z.string(), text: z.string() }));
const pages = async (runtime: Runtime) => Pages.parse(await get(runtime, 'pages'));
const Alarms = z.array(z.object({ name: z.string(), state: z.string(), since: z.number() }));
const alarmOf = async (runtime: Runtime) => Alarms.parse(await get(runtime, 'alarms'))[0];

describe('an alarm on one machine', () => {
  it('goes off for a function that fails, tells its topic as CloudWatch does, and comes back', async () => {
    const runtime = await start();
    const before = await alarmOf(runtime);
    const quiet = await pages(runtime);

    await work(runtime, 'fail');
    await advance(runtime, 'PT1M');
    const during = await alarmOf(runtime);
    await advance(runtime, 'PT10M');
    const after = await alarmOf(runtime);

    expect([before?.state, during?.state, after?.state]).toEqual(['OK', 'ALARM', 'OK']);
    expect(quiet).toEqual([]);
    const told = await pages(runtime);
    expect(told.map(({ subject }) => subject)).toEqual([
      'ALARM: "Errors" in US East (N. Virginia)',
      'OK: "Errors" in US East (N. Virginia)',
    ]);
    expect(JSON.parse(told[0]?.text ?? '')).toMatchObject({
      AlarmName: 'Errors',
      AlarmDescription: 'A function fails.',
      AWSAccountId: '000000000000',
      NewStateValue: 'ALARM',
      OldStateValue: 'OK',
      NewStateReason: expect.stringMatching(
        /^Threshold Crossed: 1 out of the last 1 datapoint \[1\.0 \(.*\)\] was greater than the threshold \(0\.0\)/,
      ),
      Region: 'US East (N. Virginia)',
      AlarmArn: 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:Errors',
      Trigger: {
        MetricName: 'Errors',
        Namespace: 'AWS/Lambda',
        StatisticType: 'Statistic',
        Statistic: 'SUM',
        Dimensions: [{ name: 'FunctionName', value: 'Tiny-Work' }],
        Period: 60,
        Threshold: 0,
        TreatMissingData: 'notBreaching',
      },
    });
  });

  it('stands as it stood after a restart, and keeps how it came to it', async () => {
    const dataDir = newFolder();
    const first = await start(dataDir);
    await work(first, 'fail');
    await advance(first, 'PT1M');
    const before = await alarmOf(first);
    await stop(first);

    const second = await start(dataDir);
    const after = await alarmOf(second);

    expect(after).toEqual(before);
    expect(await get(second, 'alarms/Errors')).toMatchObject([{ after: 'ALARM' }]);
    expect((await pages(second)).length).toBe(1);
  });
});

const Address = z.object({ url: z.string() });

/** The same in a process of its own, to be killed. */
const serve = async (dataDir: string) => {
  const script = join(import.meta.dirname, '..', 'local-stack', 'fixture-stack', 'serve.ts');
  const child = spawn(process.execPath, [script, assembly, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = z.tuple([z.string()]).parse(await once(createInterface({ input: child.stdout }), 'line'));
  return { child, ...Address.parse(JSON.parse(line)) };
};

describe('a runtime that is killed', () => {
  it('has its metrics and the state of its alarms, and goes on with both', async () => {
    const dataDir = newFolder();
    const killed = await serve(dataDir);
    await fetch(`${killed.url}/work`, { method: 'POST', body: 'fail' });
    const moved = await fetch(`${killed.url}/_local/clock`, {
      method: 'POST',
      body: JSON.stringify({ advance: 'PT1M' }),
    });
    killed.child.kill('SIGKILL');
    await once(killed.child, 'exit');

    const runtime = await start(dataDir);
    const raised = await alarmOf(runtime);
    await advance(runtime, 'PT10M');
    const over = await alarmOf(runtime);

    expect(moved.status).toBe(200);
    expect([raised?.state, over?.state]).toEqual(['ALARM', 'OK']);
    expect((await pages(runtime)).map(({ subject }) => subject.split(':')[0])).toEqual(['ALARM', 'OK']);
    const lambda = { namespace: 'AWS/Lambda', name: 'Errors', dimensions: { FunctionName: 'Tiny-Work' } };
    const hour = Math.floor(runtime.time.now() / 3_600_000) * 3_600_000;
    const grid = { from: hour - 3_600_000, periodMs: 7_200_000, slots: 1 };
    expect(await runtime.cloudWatch.series(lambda, 'Sum', grid)).toEqual([1]);
  }, 30_000);
});

const Widget = z.looseObject({ type: z.string() });
const Board = z.object({ from: z.number(), to: z.number(), widgets: z.array(Widget) });

describe('a dashboard on one machine', () => {
  it('shows what functions tell in their logs, what they are, and how the alarms stand', async () => {
    const runtime = await start();
    const now = runtime.time.now();

    for (const source of ['web', 'web', 'shop']) await work(runtime, `${now - 3_600_000} ${source}`);
    const board = Board.parse(await get(runtime, 'dashboards/Tiny?range=P1D'));

    expect(await get(runtime, 'dashboards')).toEqual([{ name: 'Tiny', widgets: 4 }]);
    expect(board.to - board.from).toBe(86_400_000);
    expect(board.widgets).toMatchObject([
      { type: 'text', markdown: '# Tiny' },
      {
        type: 'metric',
        title: 'Sales',
        view: 'singleValue',
        hasSparkline: true,
        periodSeconds: 3600,
        series: [
          { id: 's', label: 'Sales', value: 3, points: [[expect.any(Number), 3]] },
          { label: 'twice', value: 6, color: '#00ff00' },
        ],
      },
      {
        type: 'metric',
        isStacked: true,
        series: [{ label: 'Invocations', axis: 'left', value: 3 }],
        left: { min: 0, label: 'runs' },
        marks: [{ value: 5, label: 'many' }],
      },
      { type: 'alarm', alarms: [{ name: 'Errors', state: 'OK' }] },
    ]);
  });

  it('has its metrics one by one', async () => {
    const runtime = await start();
    const now = runtime.time.now();
    const [from, to] = [now - 3_600_000, now + 60_000].map((at) => new Date(at).toISOString());

    await work(runtime, `${now} web`);
    await work(runtime, 'fail');

    const range = `period=86400&from=${from}&to=${to}`;
    const sumOf = async (metric: string) =>
      z
        .object({ points: z.array(z.tuple([z.number(), z.number()])) })
        .parse(await get(runtime, `metrics?${metric}&${range}`))
        .points.reduce((sum, [, value]) => sum + value, 0);
    const api = 'namespace=AWS/ApiGateway&dimensions=ApiId=Tiny-Api&name=';
    expect(await sumOf('namespace=Tiny&name=Sales&dimensions=service=tiny')).toBe(1);
    expect(await sumOf('namespace=AWS/Lambda&name=Errors&dimensions=FunctionName=Tiny-Work')).toBe(1);
    expect(await sumOf(`${api}Count`)).toBe(2);
    expect(await sumOf(`${api}5xx`)).toBe(1);
  });
});
