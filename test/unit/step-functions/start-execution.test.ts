import { describe, expect, it, onTestFinished, vi } from 'vitest';
import * as z from 'zod';
import { ask, bench, open, temporaryFile, tokenKeeper } from './bench-of-one.ts';

const MACHINE = 'arn:aws:states:eu-west-1:123456789012:stateMachine:Sale';
const Version = z.object({ stateMachineVersionArn: z.string() });
const Listed = z.object({ executions: z.array(z.object({ name: z.string() })) });
const IS_THERE = 'StepFunctions.ExecutionAlreadyExistsException';

const startTask = (more: object = {}) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::states:startExecution',
  Arguments: {
    StateMachineArn: MACHINE,
    Name: '{% $states.input.name %}',
    Input: '{% $states.input.plan %}',
  },
  Next: 'Done',
  ...more,
});
const choose = {
  Type: 'Choice',
  Choices: [{ Condition: '{% $exists($states.input.name) %}', Next: 'Start' }],
  Default: 'Wait',
};
const machine = (more: object = {}) => ({
  Choose: choose,
  Start: startTask(more),
  Wait: ask({ TimeoutSeconds: 60 }),
  Done: { Type: 'Succeed' },
  Known: { Type: 'Succeed', Output: 'it is there' },
});
const MOVE = { name: 'next', plan: { v: 1 } };

describe('a task that starts an execution', () => {
  it('starts it with the name and the input it was given, and goes on', async () => {
    const sfn = bench(tokenKeeper().lambda);
    await sfn.create(machine(), 'Choose');

    const arn = await sfn.start(MOVE, 'first');

    expect(await sfn.outcome(arn)).toMatchObject({
      status: 'SUCCEEDED',
      output: { ExecutionArn: arn.replace('first', 'next') },
    });
    expect(await sfn.call('DescribeExecution', { executionArn: arn.replace('first', 'next') })).toMatchObject(
      { status: 'RUNNING', input: '{"v":1}' },
    );
    const { events } = await sfn.history(arn);
    expect(events.filter(({ type }) => type === 'TaskScheduled')).toMatchObject([
      { taskScheduledEventDetails: { resourceType: 'states', resource: 'startExecution' } },
    ]);
  });

  it('takes one that runs already with the same input for its own', async () => {
    const sfn = bench(tokenKeeper().lambda);
    await sfn.create(machine(), 'Choose');
    await sfn.start(MOVE.plan, 'next');

    const arn = await sfn.start(MOVE, 'first');

    expect(await sfn.outcome(arn)).toMatchObject({ status: 'SUCCEEDED' });
    expect(sfn.executions().map(({ name }) => name)).toEqual(['first', 'next']);
  });

  it('fails by name when the name is taken, and a catcher may call that well', async () => {
    const sfn = bench(tokenKeeper().lambda);
    await sfn.create(machine({ Catch: [{ ErrorEquals: [IS_THERE], Next: 'Known' }] }), 'Choose');
    await sfn.start({ v: 2 }, 'next');

    const arn = await sfn.start(MOVE, 'first');

    expect(await sfn.outcome(arn)).toEqual({ status: 'SUCCEEDED', output: 'it is there' });
  });

  it('starts it once when the runtime stops in between', async () => {
    const file = temporaryFile();
    const before = open(file, tokenKeeper().lambda);
    await before.create(machine(), 'Choose');
    await before.call('StartExecution', {
      stateMachineArn: MACHINE,
      name: 'first',
      input: JSON.stringify(MOVE),
    });
    /* The runtime that dies in the middle of its start says so. */
    const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    onTestFinished(() => said.mockRestore());
    before.store.db.close();

    const after = open(file, tokenKeeper().lambda);
    onTestFinished(() => after.store.close());
    await after.time.whenIdle();

    expect(after.executions().map(({ name, status }) => [name, status])).toEqual([
      ['next', 'RUNNING'],
      ['first', 'SUCCEEDED'],
    ]);
  });

  it('is refused without a name: a repeated run could not know what it has started', async () => {
    const sfn = bench();
    const unnamed = startTask({ Arguments: { StateMachineArn: MACHINE } });

    const made = sfn.create({ Start: unnamed, Done: { Type: 'Succeed' } }, 'Start');

    await expect(made).rejects.toThrow(/Arguments\/Name.*starts nothing twice/);
  });
});

describe('versions', () => {
  it('are told of an execution that was started through an alias, and list those that they started', async () => {
    const sfn = bench(tokenKeeper().lambda);
    await sfn.create({ Wait: ask({ TimeoutSeconds: 60 }) }, 'Wait');
    const publish = async () =>
      Version.parse(await sfn.call('PublishStateMachineVersion', { stateMachineArn: MACHINE }))
        .stateMachineVersionArn;
    const one = await publish();
    const route = (arn: string) => [{ stateMachineVersionArn: arn, weight: 100 }];
    await sfn.call('CreateStateMachineAlias', { name: 'live', routingConfiguration: route(one) });
    const old = await sfn.start({}, 'old', `${MACHINE}:live`);
    await sfn.start({}, 'unqualified');

    await sfn.call('UpdateStateMachine', {
      stateMachineArn: MACHINE,
      definition: JSON.stringify({
        QueryLanguage: 'JSONata',
        StartAt: 'Wait',
        States: { Wait: ask({ TimeoutSeconds: 90 }) },
      }),
    });
    const two = await publish();
    await sfn.call('UpdateStateMachineAlias', {
      stateMachineAliasArn: `${MACHINE}:live`,
      routingConfiguration: route(two),
    });
    await sfn.start({}, 'new', `${MACHINE}:live`);

    const namesOf = async (stateMachineArn: string) =>
      Listed.parse(await sfn.call('ListExecutions', { stateMachineArn })).executions.map(({ name }) => name);
    expect(await sfn.call('DescribeExecution', { executionArn: old })).toMatchObject({
      stateMachineAliasArn: `${MACHINE}:live`,
      stateMachineVersionArn: `${MACHINE}:1`,
    });
    expect(await namesOf(one)).toEqual(['old']);
    expect(await namesOf(two)).toEqual(['new']);
    expect(await namesOf(`${MACHINE}:live`)).toEqual(['new', 'old']);
    expect(await namesOf(MACHINE)).toEqual(['new', 'unqualified', 'old']);
  });
});
