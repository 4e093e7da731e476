/** Functions in threads of their own; what they do with AWS there is in test/unit/local-aws/in-process.test.ts. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { createLogFiles } from '../../../lib/local/lambda/log-files.ts';
import { createLambdaRunner, type LambdaRunner } from '../../../lib/local/lambda/runner.ts';
import { createThreads } from '../../../lib/local/lambda/threads.ts';
import { createMeter } from '../../../lib/local/meter.ts';
import type { LambdaFunction } from '../../../lib/local/stack/functions.ts';

const folder = mkdtempSync(join(tmpdir(), 'threads-test-'));
const meter = createMeter();
let written = '';
const logs = createLogFiles(join(folder, 'logs'), meter, (name, text) => {
  written += `${name}: ${text}`;
});
let runner: LambdaRunner | undefined;
afterEach(() => runner?.close());
afterAll(async () => {
  await logs.close();
  rmSync(folder, { recursive: true });
});

const functionOf = (name: string, code: string, timeoutSeconds = 5): LambdaFunction => {
  const assetDir = join(folder, name);
  mkdirSync(assetDir, { recursive: true });
  writeFileSync(join(assetDir, 'index.js'), code);
  return {
    ...{ logicalId: name, name, arn: `arn:aws:lambda:us-east-1:000000000000:function:${name}`, assetDir },
    ...{ handler: 'index.handler', environment: { COLOR: name }, timeoutSeconds, memoryMb: 128 },
    ...{ logGroup: name, qualifiers: new Map([['$LATEST', '$LATEST']]) },
  };
};

const unheard = () => Promise.reject(new Error('Nobody asks AWS here'));

const runnerOf = (functions: LambdaFunction[], threads = 2, awaited: string[] = []): LambdaRunner => {
  const host = { region: 'us-east-1', awsUrl: 'http://127.0.0.1:1', answer: unheard };
  runner = createLambdaRunner({ functions, host, meter, logs, threads, awaited });
  return runner;
};

const COUNTING =
  'let calls = 0; exports.handler = (event) => { calls += 1; return { calls, event, color: process.env.COLOR }; };';

it('each function has one instance, however many call it at once', async () => {
  const { invoke } = runnerOf([functionOf('red', COUNTING), functionOf('blue', COUNTING)]);

  const results = await Promise.all(
    ['red', 'blue', 'red'].map((functionArn, payload) => invoke({ functionArn, payload })),
  );

  expect(results).toEqual([
    { ok: true, payload: { calls: 1, event: 0, color: 'red' } },
    { ok: true, payload: { calls: 1, event: 1, color: 'blue' } },
    { ok: true, payload: { calls: 2, event: 2, color: 'red' } },
  ]);
});

it('functions are spread over the threads, and none of them is this one', async () => {
  const code = 'exports.handler = () => require("node:worker_threads").threadId;';
  const { invoke } = runnerOf(['a', 'b', 'c'].map((name) => functionOf(name, code)));

  const results = await Promise.all(
    ['a', 'b', 'c'].map((name) => invoke({ functionArn: name, payload: {} })),
  );

  const ids = results.map((result) => result.ok && result.payload);
  expect(new Set(ids).size).toBe(2);
  expect(ids[0]).toBe(ids[2]);
  expect(ids).not.toContain(0);
});

it('functions that somebody waits for share no thread with the others', async () => {
  const code = 'exports.handler = () => require("node:worker_threads").threadId;';
  const functions = ['page', 'batch', 'form', 'mail'].map((name) => functionOf(name, code));
  const awaited = functions.filter(({ name }) => name === 'page' || name === 'form').map(({ arn }) => arn);
  const { invoke } = runnerOf(functions, 2, awaited);

  const results = await Promise.all(functions.map(({ name }) => invoke({ functionArn: name, payload: {} })));

  const [page, batch, form, mail] = results.map((result) => result.ok && result.payload);
  expect([form, mail]).toEqual([page, batch]);
  expect(page).not.toBe(batch);
});

it('what a function writes is in its log before its answer is known', async () => {
  written = '';
  const { invoke } = runnerOf([functionOf('loud', 'exports.handler = () => { console.log("Grüezi"); };')]);

  await invoke({ functionArn: 'loud', payload: {} });

  expect(written).toBe('loud: Grüezi\n');
});

it('an error that nobody handled fails the call it came out of', async () => {
  const code = 'exports.handler = () => new Promise(() => { Promise.reject(new RangeError("lost")); });';
  const { invoke } = runnerOf([functionOf('careless', code)]);

  const result = await invoke({ functionArn: 'careless', payload: {} });

  expect(result).toMatchObject({ ok: false, error: 'RangeError' });
});

it('one that never yields is cut off, and can be called again', async () => {
  const code = 'exports.handler = (event) => { while (event.isEndless); return "back"; };';
  const surroundings = { region: 'us-east-1', awsUrl: 'http://127.0.0.1:1', answer: unheard };
  const options = { functions: [functionOf('endless', code, 1)], surroundings, write: logs.write };
  const { run, close } = createThreads(1, options, 50);
  const call = { name: 'endless', version: '$LATEST', invokedArn: 'arn' };

  const cutOff = await run({ ...call, text: '{"isEndless":true}' });
  const again = await run({ ...call, text: '{}' });

  expect(cutOff).toMatchObject({ ok: false, error: 'Sandbox.Timedout' });
  expect(again).toEqual({ ok: true, text: '"back"' });
  await close();
});

it('a thread that ends fails the calls in it, and the next call gets another', async () => {
  const code =
    'exports.handler = (event) => event.isOver ? new Promise(() => globalThis.process.exit(7)) : "back";';
  const { invoke } = runnerOf([functionOf('fatal', code)], 1);

  const failed = await invoke({ functionArn: 'fatal', payload: { isOver: true } });
  const again = await invoke({ functionArn: 'fatal', payload: {} });

  expect(failed).toMatchObject({ ok: false, error: 'Runtime.ExitError' });
  expect(again).toEqual({ ok: true, payload: 'back' });
});

it('closing answers nothing that still runs, so that it is called again after the next start', async () => {
  const code = 'exports.handler = () => new Promise(() => setInterval(() => undefined, 1000));';
  const { invoke, close } = runnerOf([functionOf('waiting', code, 60)]);
  const call = invoke({ functionArn: 'waiting', payload: {} });

  await close();

  const first = await Promise.race([call, new Promise((resolve) => setTimeout(resolve, 50, 'no answer'))]);
  expect(first).toBe('no answer');
});
