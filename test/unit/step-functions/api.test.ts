import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ask, bench, MACHINE, ROLE, task, tokenKeeper } from './bench-of-one.ts';

const PASS = { Go: { Type: 'Pass', End: true } };
const definitionOf = (states: object, StartAt: string) =>
  JSON.stringify({ QueryLanguage: 'JSONata', StartAt, States: states });
const VersionArn = z.object({ stateMachineVersionArn: z.string() });
const Page = z.object({
  executions: z.array(z.object({ name: z.string() })),
  nextToken: z.string().optional(),
});

describe('StartExecution', () => {
  it('gives the same answer to the same start while the execution runs', async () => {
    const sfn = bench(tokenKeeper().lambda);
    await sfn.create({ Ask: ask() }, 'Ask');
    const body = { stateMachineArn: MACHINE, name: 'sale-1', input: '{"id":1}' };

    const [first, second] = await Promise.all([
      sfn.call('StartExecution', body),
      sfn.call('StartExecution', body),
    ]);

    expect(second).toEqual(first);
    expect(sfn.executions()).toHaveLength(1);
    expect(sfn.meter.read().stateTransitions).toBe(2);
  });

  it.each([
    ['another input', { Ask: ask() }, 'Ask', '{"id":2}'],
    ['a closed execution', PASS, 'Go', '{"id":1}'],
  ])('answers ExecutionAlreadyExists for %s', async (_, states, startAt, input) => {
    const sfn = bench(tokenKeeper().lambda);
    await sfn.create(states, startAt);
    const arn = await sfn.start({ id: 1 }, 'sale-1');

    const again = sfn.call('StartExecution', { stateMachineArn: MACHINE, name: 'sale-1', input });

    const message = `Execution Already Exists: '${arn}'`;
    await expect(again).rejects.toMatchObject({ name: 'ExecutionAlreadyExists', message });
  });

  it('makes up a name when none is given', async () => {
    const sfn = bench();
    await sfn.create(PASS, 'Go');

    const arn = await sfn.start();

    expect(arn).toMatch(/:execution:Sale:[0-9a-f-]{36}$/);
  });

  it('runs the version that an alias leads to, whatever the machine has become', async () => {
    const sfn = bench();
    await sfn.create({ Go: { Type: 'Pass', End: true, Output: 'v1' } }, 'Go');
    const version = VersionArn.parse(
      await sfn.call('PublishStateMachineVersion', { stateMachineArn: MACHINE }),
    );
    const routingConfiguration = [{ ...version, weight: 100 }];
    await sfn.call('CreateStateMachineAlias', { name: 'live', routingConfiguration });
    await sfn.call('UpdateStateMachine', { stateMachineArn: MACHINE, definition: definitionOf(PASS, 'Go') });

    const outcomes = [];
    for (const target of [`${MACHINE}:live`, `${MACHINE}:1`, MACHINE]) {
      outcomes.push(await sfn.outcome(await sfn.start('now', undefined, target)));
    }

    expect(outcomes.map(({ output }) => output)).toEqual(['v1', 'v1', 'now']);
    expect(
      await sfn.call('DescribeStateMachineAlias', { stateMachineAliasArn: `${MACHINE}:live` }),
    ).toMatchObject({
      routingConfiguration,
    });
  });
});

describe('errors', () => {
  const execution = 'arn:aws:states:eu-west-1:123456789012:execution:Sale:none';
  it.each([
    ['StartExecution', { stateMachineArn: `${MACHINE}x` }, 'StateMachineDoesNotExist'],
    ['StartExecution', { stateMachineArn: `${MACHINE}:9` }, 'StateMachineDoesNotExist'],
    ['StartExecution', { stateMachineArn: 'Sale' }, 'InvalidArn'],
    ['StartExecution', { stateMachineArn: MACHINE, name: 'a b' }, 'InvalidName'],
    ['StartExecution', { stateMachineArn: MACHINE, input: '{' }, 'InvalidExecutionInput'],
    ['StartExecution', {}, 'ValidationException'],
    ['DescribeExecution', { executionArn: execution }, 'ExecutionDoesNotExist'],
    ['GetExecutionHistory', { executionArn: execution }, 'ExecutionDoesNotExist'],
    ['StopExecution', { executionArn: 'x' }, 'InvalidArn'],
    ['CreateStateMachine', { name: 'Sale', definition: '{}', roleArn: ROLE }, 'InvalidDefinition'],
    [
      'CreateStateMachine',
      { name: 'Sale', definition: definitionOf({ Other: PASS.Go }, 'Other'), roleArn: ROLE },
      'StateMachineAlreadyExists',
    ],
    ['ListStateMachines', { nextToken: 'x' }, 'InvalidToken'],
    ['CreateActivity', {}, 'UnknownOperationException'],
    ['toString', {}, 'UnknownOperationException'],
  ])('%s %j answers %3$s', async (action, input, name) => {
    const sfn = bench();
    await sfn.create(PASS, 'Go');

    const answer = sfn.call(action, input);

    await expect(answer).rejects.toMatchObject({ name, httpStatus: 400 });
  });
});

describe('machines', () => {
  it('are created again without a change when nothing differs', async () => {
    const sfn = bench();
    const first = await sfn.create(PASS, 'Go');

    const second = await sfn.create(PASS, 'Go');

    expect(second).toEqual(first);
    expect(await sfn.call('ListStateMachines', {})).toMatchObject({ stateMachines: [{ name: 'Sale' }] });
    expect(await sfn.call('DescribeStateMachine', { stateMachineArn: MACHINE })).toMatchObject({
      status: 'ACTIVE',
      type: 'STANDARD',
      definition: definitionOf(PASS, 'Go'),
    });
  });
});

describe('ListExecutions', () => {
  it('pages through one status, newest first', async () => {
    const sfn = bench();
    await sfn.create(PASS, 'Go');
    for (const name of ['a', 'b', 'c']) await sfn.start({}, name);
    const query = { stateMachineArn: MACHINE, statusFilter: 'SUCCEEDED', maxResults: 2 };

    const first = Page.parse(await sfn.call('ListExecutions', query));
    const second = Page.parse(await sfn.call('ListExecutions', { ...query, nextToken: first.nextToken }));

    expect(first.executions.map(({ name }) => name)).toEqual(['c', 'b']);
    expect(second).toEqual({ executions: [expect.objectContaining({ name: 'a' })] });
  });
});

describe('StopExecution', () => {
  it('ends the execution with the error and cause it is given', async () => {
    const sfn = bench(tokenKeeper().lambda);
    await sfn.create({ Ask: ask() }, 'Ask');
    const executionArn = await sfn.start();

    await sfn.call('StopExecution', { executionArn, error: 'Erased', cause: 'asked for' });

    expect(await sfn.outcome(executionArn)).toEqual({
      status: 'ABORTED',
      error: 'Erased',
      cause: 'asked for',
    });
    expect((await sfn.types(executionArn)).at(-1)).toBe('ExecutionAborted');
  });
});

describe('GetExecutionHistory', () => {
  it('numbers events and chains each to the one before', async () => {
    const sfn = bench();
    await sfn.create({ Send: task({ Assign: { kept: '{% $states.result %}' } }) }, 'Send');
    const arn = await sfn.start({ id: 1 });

    const { events } = await sfn.history(arn);

    expect(events.map(({ id, previousEventId }) => [id, previousEventId])).toEqual([
      [1, 0],
      [2, 0],
      [3, 2],
      [4, 3],
      [5, 4],
      [6, 5],
      [7, 6],
    ]);
    expect(events[2]).toMatchObject({
      type: 'LambdaFunctionScheduled',
      lambdaFunctionScheduledEventDetails: { input: '{"id":1}', inputDetails: { truncated: false } },
    });
    expect(events[5]).toMatchObject({
      type: 'TaskStateExited',
      stateExitedEventDetails: { name: 'Send', output: '{"id":1}', assignedVariables: { kept: '{"id":1}' } },
    });
  });

  it('leaves bodies out without includeExecutionData', async () => {
    const sfn = bench();
    await sfn.create({ Send: task() }, 'Send');
    const arn = await sfn.start({ secret: 'needle' });

    const history = await sfn.history(arn, { includeExecutionData: false });

    expect(JSON.stringify(history)).not.toContain('needle');
  });

  it.each([false, true])('pages, reversed: %s', async (reverseOrder) => {
    const sfn = bench();
    await sfn.create(PASS, 'Go');
    const arn = await sfn.start();

    const first = await sfn.history(arn, { reverseOrder, maxResults: 3 });
    const second = await sfn.history(arn, { reverseOrder, maxResults: 3, nextToken: first.nextToken });

    const ids = [...first.events, ...second.events].map(({ id }) => id);
    expect(ids).toEqual(reverseOrder ? [4, 3, 2, 1] : [1, 2, 3, 4]);
    expect(second.nextToken).toBeUndefined();
  });
});
