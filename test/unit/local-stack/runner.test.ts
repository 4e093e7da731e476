import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogFiles, type LogFiles } from '../../../lib/local/lambda/log-files.ts';
import { createLambdaRunner, type LambdaRunner } from '../../../lib/local/lambda/runner.ts';
import { createMeter, type Meter } from '../../../lib/local/meter.ts';
import type { LambdaFunction } from '../../../lib/local/stack/functions.ts';
import { bundleFixture } from './fixture-stack/stack.ts';

const folder = mkdtempSync(join(tmpdir(), 'runner-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

let meter: Meter;
let logs: LogFiles;
let written: string;
beforeEach(() => {
  written = '';
  meter = createMeter();
  logs = createLogFiles(join(folder, 'logs'), meter, (_name, text) => {
    written += text;
  });
});

/* Each test has streams of its own on the same file: what one of them wrote late would stand under the next. */
afterEach(() => logs.close());

const functionOf = (name: string, assetDir: string, own: Partial<LambdaFunction> = {}): LambdaFunction => ({
  logicalId: name,
  name,
  arn: `arn:aws:lambda:us-east-1:000000000000:function:${name}`,
  assetDir,
  handler: 'index.handler',
  environment: {},
  timeoutSeconds: 3,
  memoryMb: 256,
  logGroup: `/aws/lambda/${name}`,
  qualifiers: new Map([
    ['$LATEST', '$LATEST'],
    ['live', '1'],
  ]),
  ...own,
});

const bundle = (name: string, code: string) => {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, 'index.js'), code);
  return join(folder, name);
};

const runnerOf = (functions: LambdaFunction[], awsUrl = 'http://127.0.0.1:1'): LambdaRunner =>
  createLambdaRunner({ functions, host: { region: 'us-east-1', awsUrl }, meter, logs });

const run = (code: string, payload: unknown = {}, own: Partial<LambdaFunction> = {}) =>
  runnerOf([functionOf('fn', bundle('fn', code), own)]).invoke({ functionArn: 'fn', payload });

const errorOf = (result: Awaited<ReturnType<typeof run>>) =>
  result.ok ? undefined : { error: result.error, cause: JSON.parse(result.cause) };

describe('a function', () => {
  it('gets its event and gives its answer as JSON', async () => {
    const result = await run(
      'exports.handler = async (event) => ({ got: event, at: new Date(0), no: undefined });',
      {
        when: new Date(0),
        gone: undefined,
      },
    );

    expect(result).toEqual({
      ok: true,
      payload: { got: { when: '1970-01-01T00:00:00.000Z' }, at: '1970-01-01T00:00:00.000Z' },
    });
  });

  it('answers null when it returns nothing', async () => {
    expect(await run('exports.handler = () => {};')).toEqual({ ok: true, payload: null });
  });

  it('sees its own environment and none of the machine', async () => {
    const code = 'exports.handler = async () => ({ ...process.env });';
    const one = functionOf('one', bundle('one', code), { environment: { SHOP_COLOR: 'red' } });
    const two = functionOf('two', bundle('two', code), { environment: { SHOP_COLOR: 'blue' } });
    const runner = runnerOf([one, two]);

    const results = await Promise.all(
      ['one', 'two'].map((functionArn) => runner.invoke({ functionArn, payload: {} })),
    );

    expect(results).toMatchObject([
      { payload: { SHOP_COLOR: 'red', AWS_LAMBDA_FUNCTION_NAME: 'one', LAMBDA_TASK_ROOT: one.assetDir } },
      { payload: { SHOP_COLOR: 'blue', AWS_LAMBDA_FUNCTION_NAME: 'two', LAMBDA_TASK_ROOT: two.assetDir } },
    ]);
    expect(results.map((result) => result.ok && JSON.stringify(result.payload))).not.toContainEqual(
      expect.stringContaining('"PATH"'),
    );
    expect(process.env['SHOP_COLOR']).toBeUndefined();
  });

  it('gets the same environment from a required process', async () => {
    const result = await run(
      'exports.handler = () => require("node:process").env.X;',
      {},
      { environment: { X: 'y' } },
    );

    expect(result).toEqual({ ok: true, payload: 'y' });
  });

  it('is told about its call', async () => {
    const runner = runnerOf([
      functionOf(
        'fn',
        bundle(
          'fn',
          'exports.handler = (e, c) => ({ ...c, left: c.getRemainingTimeInMillis(), id: c.awsRequestId.length });',
        ),
      ),
    ]);
    const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:fn:live';

    const result = await runner.invoke({ functionArn, payload: {} });

    expect(result).toMatchObject({
      payload: {
        functionName: 'fn',
        functionVersion: '1',
        invokedFunctionArn: functionArn,
        memoryLimitInMB: '256',
        id: 36,
      },
    });
    expect(result.ok && result.payload).toHaveProperty('left', expect.closeTo(3000, -3));
  });

  it('that throws fails with the name and words of the error', async () => {
    const result = await run(
      'class NoStock extends Error { name = "NoStock" } exports.handler = async () => { throw new NoStock("sold out"); };',
    );

    expect(errorOf(result)).toMatchObject({
      error: 'NoStock',
      cause: {
        errorType: 'NoStock',
        errorMessage: 'sold out',
        trace: expect.arrayContaining(['NoStock: sold out']),
      },
    });
  });

  it('that throws no error fails with the type of what it throws', async () => {
    const result = await run('exports.handler = () => { throw "no" };');

    expect(errorOf(result)).toEqual({
      error: 'string',
      cause: { errorType: 'string', errorMessage: 'no', trace: [] },
    });
  });

  it('that takes too long is timed out and loaded afresh', async () => {
    const code =
      'let calls = 0; exports.handler = () => { calls += 1; return new Promise((done) => { if (calls > 1) done(calls); }); };';
    const runner = runnerOf([functionOf('slow', bundle('slow', code), { timeoutSeconds: 0.05 })]);

    const first = await runner.invoke({ functionArn: 'slow', payload: {} });
    const second = await runner.invoke({ functionArn: 'slow', payload: {} });

    expect(errorOf(first)).toMatchObject({
      error: 'Sandbox.Timedout',
      cause: { errorMessage: expect.stringMatching(/Task timed out after 0\.05 seconds/) },
    });
    expect(second).toMatchObject({ ok: false, error: 'Sandbox.Timedout' });
  });

  it.each([
    ['Runtime.ImportModuleError', 'require("not-in-the-bundle");'],
    ['Runtime.UserCodeSyntaxError', 'exports.handler = ('],
    ['Runtime.HandlerNotFound', 'exports.other = () => {};'],
    ['RangeError', 'throw new RangeError("no setting")'],
    ['Runtime.ExitError', 'exports.handler = () => process.exit(1)'],
    ['Function.ResponseSizeTooLarge', 'exports.handler = () => "x".repeat(7 * 1024 * 1024)'],
  ])('fails with %s as on Lambda', async (error, code) => {
    expect(errorOf(await run(code))).toMatchObject({ error, cause: { errorType: error } });
  });

  it('that is not in the stack is not found', async () => {
    const runner = runnerOf([functionOf('fn', bundle('fn', ''))]);

    const results = await Promise.all(
      ['other', 'fn:old'].map((functionArn) => runner.invoke({ functionArn, payload: {} })),
    );

    expect(results).toMatchObject([
      { ok: false, error: 'Lambda.ResourceNotFoundException' },
      { ok: false, error: 'Lambda.ResourceNotFoundException' },
    ]);
  });

  it('may import modules of Node while it runs', async () => {
    const result = await run('exports.handler = async () => (await import("node:path")).basename("/a/b");');

    expect(result).toEqual({ ok: true, payload: 'b' });
  });
});

describe('what a function writes', () => {
  it('goes to its log file and to the meter', async () => {
    await run(
      'exports.handler = () => { console.log("héllo"); process.stdout.write("{}\\n"); console.error("bad"); };',
    );
    await logs.close();

    expect(written).toBe('héllo\n{}\nbad\n');
    expect(readFileSync(join(folder, 'logs', 'fn.log'), 'utf8').endsWith(written)).toBe(true);
    expect(meter.read()).toMatchObject({ logBytes: Buffer.byteLength(written), lambdaRequests: 1 });
    expect(meter.read().lambdaMs).toBeGreaterThanOrEqual(1);
  });

  it('through a Console of its own making goes there too', async () => {
    await run(
      'const { Console } = require("node:console"); const own = new Console({ stdout: process.stdout, stderr: process.stderr }); exports.handler = () => own.log("mine");',
    );

    expect(written).toBe('mine\n');
  });

  it('is followed by the error of a failed call', async () => {
    await run('exports.handler = () => { throw new TypeError("broken"); };');

    expect(written).toMatch(/ERROR .*"errorType":"TypeError","errorMessage":"broken"/);
  });
});

describe('an error that nobody handled', () => {
  it('fails the call that it came out of', async () => {
    const runner = runnerOf([
      functionOf(
        'fn',
        bundle('fn', 'exports.handler = () => new Promise(() => { Promise.reject(new Error("lost")); });'),
      ),
    ]);
    const blame = (error: unknown) => runner.blame(error);
    const others = process.listeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection').on('unhandledRejection', blame);

    const result = await runner.invoke({ functionArn: 'fn', payload: {} });

    process.removeAllListeners('unhandledRejection');
    for (const other of others) process.on('unhandledRejection', other);
    expect(errorOf(result)).toMatchObject({ error: 'Error', cause: { errorMessage: 'lost' } });
  });

  it('from elsewhere is nobody in particular', () => {
    expect(runnerOf([]).blame(new Error('elsewhere'))).toBe(false);
  });
});

describe('a bundled AWS SDK client', () => {
  it('calls the local endpoint with the environment of its function', async () => {
    const seen: unknown[] = [];
    const server = createServer((request, response) => {
      seen.push([
        request.headers['x-amz-target'],
        request.headers.authorization?.includes('us-east-1/dynamodb'),
      ]);
      response.setHeader('content-type', 'application/x-amz-json-1.0').end('{"Item":{"token":{"S":"t"}}}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const assetDir = bundleFixture('get-item.ts', join(folder, 'sdk'));
    const runner = runnerOf(
      [functionOf('sdk', assetDir, { environment: { TABLE_NAME: 'Sales' } })],
      `http://127.0.0.1:${port}`,
    );

    const result = await runner.invoke({ functionArn: 'sdk', payload: { id: '1' } });

    server.closeAllConnections();
    server.close();
    expect(result).toEqual({ ok: true, payload: { token: { S: 't' } } });
    expect(seen).toEqual([['DynamoDB_20120810.GetItem', true]]);
  });
});
