import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Runtime, type RuntimeOptions, startRuntime } from '../../../lib/local/runtime.ts';
import { synthesizeFixture } from './fixture-stack/stack.ts';

const folder = mkdtempSync(join(tmpdir(), 'runtime-test-'));
let assembly: string;
let running: Runtime[] = [];
let children: ChildProcess[] = [];
let dataDirs = 0;

beforeAll(() => {
  assembly = synthesizeFixture(join(folder, 'cdk.out'), join(folder, 'bundles'));
}, 120_000);
afterEach(async () => {
  for (const runtime of running) await runtime.stop();
  for (const child of children) child.kill('SIGKILL');
  running = [];
  children = [];
});
afterAll(() => rmSync(folder, { recursive: true }));

const newDataDir = () => {
  dataDirs += 1;
  return join(folder, `data-${dataDirs}`);
};

const start = async (dataDir: string, own: Partial<RuntimeOptions> = {}): Promise<Runtime> => {
  const runtime = await startRuntime({
    ...{ assembly, dataDir, port: 0, awsPort: 0, log: () => undefined },
    secrets: ({ name }) => (name === 'fixture/shop-secret' ? 'shop-secret' : ''),
    sales: () => ({ describe: async () => undefined, list: async () => [] }),
    console: () => async () => undefined,
    ...own,
  });
  running.push(runtime);
  return runtime;
};

const Address = z.object({ url: z.string(), awsUrl: z.string() });

const serve = async (dataDir: string) => {
  const script = join(import.meta.dirname, 'fixture-stack', 'serve.ts');
  const child = spawn(process.execPath, [script, assembly, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const [line] = z.tuple([z.string()]).parse(await once(createInterface({ input: child.stdout }), 'line'));
  return { child, ...Address.parse(JSON.parse(line)) };
};

const Executions = z.array(z.object({ name: z.string(), status: z.string(), state: z.string().optional() }));

const executionsOf = async (url: string) =>
  Executions.parse(await (await fetch(`${url}/_local/executions`)).json()).map(
    ({ name, status, state }) => `${name} ${status} ${state}`,
  );

const post = (url: string, body: string, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', body, headers: { 'content-type': 'text/plain', ...headers } });

const order = (url: string, id: string) => post(`${url}/webhooks/shopify`, id, { 'x-secret': 'shop-secret' });

const advance = (url: string, duration: string) =>
  post(`${url}/_local/clock`, JSON.stringify({ advance: duration }));

const until = async <T>(read: () => Promise<T>, isDone: (value: T) => boolean): Promise<T> => {
  for (;;) {
    const value = await read();
    if (isDone(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

/** Synthesis and process starts take a while on a busy machine. */
const SLOW = { timeout: 120_000 };

describe('the stack on one machine', SLOW, () => {
  it('plays a sale from the webhook to the answer', async () => {
    const { url, time } = await start(newDataDir());

    const accepted = await order(url, 'order-1');
    await time.whenIdle();
    const waiting = await executionsOf(url);
    const moved = await advance(url, 'P3D');
    const asked = await executionsOf(url);
    const thanked = await post(`${url}/answers/order-1`, 'lovely');
    await time.whenIdle();
    const ended = await executionsOf(url);

    expect([accepted.status, moved.status, thanked.status]).toEqual([202, 200, 200]);
    expect([waiting, asked, ended]).toEqual([
      ['order-1 RUNNING Wait until used'],
      ['order-1 RUNNING Ask'],
      ['order-1 SUCCEEDED Ask'],
    ]);
  });

  it('hands functions the secrets of whoever started it', async () => {
    const { url } = await start(newDataDir(), { secrets: () => 'other' });

    expect((await order(url, 'order-1')).status).toBe(401);
  });

  it('calls scheduled functions, in their time', async () => {
    const { time, dynamodb, stack } = await start(newDataDir());

    await time.advanceTo(time.now() + 3 * 86_400_000);

    const TableName = stack.tables[0]?.name;
    const { Count } = z
      .object({ Count: z.number() })
      .parse(await dynamodb.call('Scan', { TableName, Select: 'COUNT' }));
    expect(Count).toBe(3);
  });

  it('counts what AWS would bill', async () => {
    const { url, time, meter } = await start(newDataDir());

    await order(url, 'order-1');
    await time.whenIdle();

    expect(meter.read()).toMatchObject({
      httpRequests: 1,
      lambdaRequests: 2,
      stateTransitions: expect.any(Number),
    });
    expect(meter.read().queueCalls).toBeGreaterThan(2);
  });

  it('keeps the definition that an execution started with when the stack changes', async () => {
    const dataDir = newDataDir();
    const before = await start(dataDir);
    await order(before.url, 'early');
    await before.time.whenIdle();
    await before.stop();
    const slower = synthesizeFixture(join(folder, 'slower.out'), join(folder, 'bundles'), { waitDays: 30 });

    const { url, time } = await start(dataDir, { assembly: slower });
    await order(url, 'late');
    await time.whenIdle();
    await advance(url, 'P4D');

    expect((await executionsOf(url)).sort()).toEqual(['early RUNNING Ask', 'late RUNNING Wait until used']);
  });

  it('says that it is not ready before everything serves', async () => {
    const seen: unknown[] = [];
    const probe = createServer();
    probe.listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const address = probe.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    probe.close();
    await once(probe, 'close');

    const starting = start(newDataDir(), { port });
    const health = await until(
      () =>
        fetch(`http://127.0.0.1:${port}/_local/health`).then(
          (answer) => answer.json(),
          () => undefined,
        ),
      (body) => {
        if (body !== undefined) seen.push(body);
        return z.object({ ready: z.literal(true) }).safeParse(body).success;
      },
    );
    await starting;

    expect(health).toEqual({ ready: true, now: expect.stringMatching(/^\d{4}-.*Z$/) });
    expect(seen.slice(0, -1)).toEqual(seen.slice(0, -1).map(() => ({ ready: false })));
  });
});

describe('kill -9', SLOW, () => {
  it('loses nothing: the same folder carries on', async () => {
    const dataDir = newDataDir();
    const first = await serve(dataDir);
    await order(first.url, 'order-1');
    await until(
      () => executionsOf(first.url),
      (executions) => executions.length === 1,
    );
    await advance(first.url, 'P1D');
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');

    const second = await serve(dataDir);
    await advance(second.url, 'P2D');
    const asked = await executionsOf(second.url);
    second.child.kill('SIGKILL');
    await once(second.child, 'exit');
    const { url, time } = await start(dataDir);
    const thanked = await post(`${url}/answers/order-1`, 'lovely');
    await time.whenIdle();

    expect(asked).toEqual(['order-1 RUNNING Ask']);
    expect(thanked.status).toBe(200);
    expect(await executionsOf(url)).toEqual(['order-1 SUCCEEDED Ask']);
  });

  it('is not needed: SIGTERM ends the process in order', async () => {
    const { child } = await serve(newDataDir());

    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');

    expect(code).toBe(0);
  });
});

describe('the runtime does not start', () => {
  it('on a port that is taken, and says which option to use', async () => {
    const { url } = await start(newDataDir());
    const port = Number(new URL(url).port);

    await expect(start(newDataDir(), { port })).rejects.toThrow(
      `Port ${port} is in use by another program. Choose another with --port.`,
    );
    await expect(start(newDataDir(), { awsPort: port })).rejects.toThrow('Choose another with --aws-port.');
  });

  it('on a data folder that another one holds, and says who', async () => {
    const dataDir = newDataDir();
    await start(dataDir);

    await expect(start(dataDir)).rejects.toThrow(`The data folder is in use by process ${process.pid}.`);
  });

  it('on a data folder that cannot be made', async () => {
    writeFileSync(join(folder, 'a-file'), '');

    await expect(start(join(folder, 'a-file', 'data'))).rejects.toThrow(/cannot be written \(ENOTDIR\)/);
  });

  it('without a stack, and leaves the folder free', async () => {
    const dataDir = newDataDir();

    await expect(start(dataDir, { assembly: join(folder, 'nothing') })).rejects.toThrow(
      'written by cdk synth?',
    );
    const runtime = await start(dataDir);

    expect(runtime.stack.name).toBe('Fixture');
  });
});
