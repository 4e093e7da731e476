import { expect, it, onTestFinished } from 'vitest';
import { ask, open, task, temporaryFile, tokenKeeper } from './bench-of-one.ts';

it('still waits after a restart and takes the answer', async () => {
  const file = temporaryFile();
  const keeper = tokenKeeper();
  const before = open(file, keeper.lambda);
  await before.create({ Ask: ask({ TimeoutSeconds: 60 }) }, 'Ask');
  const arn = await before.start();
  before.store.db.close();

  const after = open(file, keeper.lambda);
  onTestFinished(() => after.store.close());
  await after.time.whenIdle();
  await after.succeed(keeper.latest(), 'kept');

  expect(keeper.tokens).toHaveLength(1);
  expect(await after.outcome(arn)).toEqual({ status: 'SUCCEEDED', output: 'kept' });
});

it('still times out after a restart', async () => {
  const file = temporaryFile();
  const before = open(file, tokenKeeper().lambda);
  await before.create({ Ask: ask({ TimeoutSeconds: 60 }) }, 'Ask');
  const arn = await before.start();
  before.store.db.close();

  const after = open(file, tokenKeeper().lambda);
  onTestFinished(() => after.store.close());
  await after.pass(60);

  expect(await after.outcome(arn)).toEqual({ status: 'FAILED', error: 'States.Timeout' });
});

it('invokes a task again, with the same token, when the runtime stopped before its Lambda returned', async () => {
  const file = temporaryFile();
  const keeper = tokenKeeper();
  let hasBegun: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => {
    hasBegun = resolve;
  });
  const before = open(file, (payload) => {
    keeper.lambda(payload);
    hasBegun();
    return new Promise(() => undefined);
  });
  await before.create({ Ask: ask() }, 'Ask');
  await before.call('StartExecution', { stateMachineArn: before.arn, name: 'one' });
  await begun;
  before.store.db.close();

  const after = open(file, keeper.lambda);
  onTestFinished(() => after.store.close());
  await after.time.whenIdle();

  expect(keeper.tokens).toHaveLength(2);
  expect(keeper.tokens[1]).toBe(keeper.tokens[0]);
  expect(after.executions()).toMatchObject([
    { name: 'one', status: 'RUNNING', state: 'Ask', transitions: 2 },
  ]);
});

it('goes on with the definition an execution started with after the machine was updated', async () => {
  const file = temporaryFile();
  const keeper = tokenKeeper();
  const before = open(file, keeper.lambda);
  await before.create(
    { Ask: ask({ Next: 'Old', End: undefined }), Old: { Type: 'Succeed', Output: 'old' } },
    'Ask',
  );
  const arn = await before.start();
  const definition = JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'New', States: { New: task() } });
  await before.call('UpdateStateMachine', { stateMachineArn: before.arn, definition });
  before.store.db.close();

  const after = open(file, keeper.lambda);
  onTestFinished(() => after.store.close());
  await after.succeed(keeper.latest(), 1);

  expect(await after.outcome(arn)).toEqual({ status: 'SUCCEEDED', output: 'old' });
});
