import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest';
import { AwsError } from '../../lib/local/step-functions/errors.ts';
import {
  ask,
  type Bench,
  bench,
  FUNCTION,
  MACHINE,
  ROLE,
  task,
} from '../unit/step-functions/bench-of-one.ts';
import { mutated } from './kit/mutate-json.ts';
import { nastyValue } from './kit/nasty.ts';
import { runs, SEED } from './kit/runs.ts';

const DEFINITION = {
  QueryLanguage: 'JSONata',
  StartAt: 'Set',
  TimeoutSeconds: 900,
  States: {
    Set: { Type: 'Pass', Assign: { list: '{% [1, 2] %}', n: 1 }, Next: 'Each' },
    Each: {
      Type: 'Map',
      Items: '{% $list %}',
      MaxConcurrency: 2,
      ItemSelector: { at: '{% $states.context.Map.Item.Index %}' },
      ItemProcessor: {
        StartAt: 'In',
        States: { In: { Type: 'Pass', Output: '{% $states.input.at + $n %}', End: true } },
      },
      Next: 'Which',
    },
    Which: {
      Type: 'Choice',
      Choices: [{ Condition: '{% $count($states.input) = 2 %}', Next: 'Both', Output: { id: 'a' } }],
      Default: 'Never',
    },
    Both: {
      Type: 'Parallel',
      Branches: [
        {
          StartAt: 'Send',
          States: {
            Send: task({ TimeoutSeconds: 60, Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 1 }] }),
          },
        },
        { StartAt: 'Nap', States: { Nap: { Type: 'Wait', Seconds: '{% $n %}', End: true } } },
      ],
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Never', Output: '{% $states.errorOutput %}' }],
      Next: 'Ask',
    },
    Ask: ask({
      TimeoutSeconds: 30,
      HeartbeatSeconds: 10,
      Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'Done' }],
      End: undefined,
      Next: 'Done',
    }),
    Never: { Type: 'Fail', Error: 'Never', Cause: '{% $string($states.input) %}' },
    Done: { Type: 'Succeed', Output: { n: '{% $n %}' } },
  },
};

const EXPRESSIONS = [
  '$gone',
  'null',
  '[]',
  '{}',
  '-1',
  '0',
  '1.5',
  '1 / 0',
  "'text'",
  '$states',
  '$states.context',
  '$states.result',
  '$list',
  '$n := 3',
  '[1..2000]',
  '$range(1, 1000, 1)',
  '$partition([1, 2, 3], 2)',
  "$hash('a', 'SHA-1')",
  "$parse('{')",
  '$uuid',
  'function($x) { $x }',
  "$error('no')",
];

/** The machine with other expressions in the places of its own. */
const otherExpressions = fc
  .array(fc.option(fc.constantFrom(...EXPRESSIONS), { freq: 3 }), { minLength: 12, maxLength: 12 })
  .map((sources) => {
    let place = 0;
    return JSON.parse(JSON.stringify(DEFINITION), (_, value: unknown) => {
      if (typeof value !== 'string' || !value.startsWith('{%')) return value;
      place += 1;
      const source = sources[place % sources.length] ?? null;
      return source === null ? value : `{% ${source} %}`;
    });
  });

const CALLS: Record<string, object> = {
  CreateStateMachine: { name: 'Sale', definition: JSON.stringify(DEFINITION), roleArn: ROLE },
  UpdateStateMachine: { stateMachineArn: MACHINE, definition: JSON.stringify(DEFINITION) },
  DescribeStateMachine: { stateMachineArn: MACHINE },
  ListStateMachines: { maxResults: 10, nextToken: 'x' },
  StartExecution: { stateMachineArn: MACHINE, name: 'one', input: '{}' },
  StopExecution: {
    executionArn: `${MACHINE.replace('stateMachine', 'execution')}:one`,
    error: 'E',
    cause: 'c',
  },
  DescribeExecution: { executionArn: `${MACHINE.replace('stateMachine', 'execution')}:one` },
  ListExecutions: { stateMachineArn: MACHINE, statusFilter: 'RUNNING', maxResults: 5, nextToken: 'x' },
  GetExecutionHistory: {
    executionArn: `${MACHINE.replace('stateMachine', 'execution')}:one`,
    reverseOrder: true,
  },
  RedriveExecution: { executionArn: `${MACHINE.replace('stateMachine', 'execution')}:one` },
  SendTaskSuccess: { taskToken: 'AQ', output: '{}' },
  SendTaskFailure: { taskToken: 'AQ', error: 'E', cause: 'c' },
  SendTaskHeartbeat: { taskToken: 'AQ' },
  PublishStateMachineVersion: { stateMachineArn: MACHINE, description: 'd' },
  CreateStateMachineAlias: {
    name: 'live',
    routingConfiguration: [{ stateMachineVersionArn: `${MACHINE}:1`, weight: 100 }],
  },
  ValidateStateMachineDefinition: { definition: JSON.stringify(DEFINITION) },
  TagResource: { resourceArn: MACHINE, tags: [{ key: 'a', value: 'b' }] },
};

/** A fault of the runtime itself is printed. */
let printed: MockInstance;
beforeEach(() => {
  printed = vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  printed.mockRestore();
});

/** What was answered, or the name of the refusal; anything else is a fault. */
const tried = async (sfn: Bench, action: string, body: unknown): Promise<string> => {
  try {
    await sfn.call(action, body);
    return 'done';
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    expect(error.httpStatus).toBe(400);
    expect(error.message.trim()).not.toBe('');
    return error.name;
  }
};

describe(`Step Functions on one machine (seed ${SEED})`, () => {
  it('plays the machine that is mutated here', async () => {
    const sfn = bench();
    await sfn.call('CreateStateMachine', CALLS['CreateStateMachine'] ?? {});
    const arn = await sfn.start();

    await sfn.pass(120);

    expect(await sfn.outcome(arn)).toEqual({ status: 'SUCCEEDED', output: { n: 1 } });
  });

  it('plays or refuses every machine, and every execution ends or waits', async () => {
    let played = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(mutated(DEFINITION), otherExpressions),
        nastyValue,
        async (definition, input) => {
          const sfn = bench(() => ({ sent: true }));
          const body = { name: 'Sale', definition: JSON.stringify(definition), roleArn: ROLE };

          const answer = await tried(sfn, 'CreateStateMachine', body);

          expect(['done', 'InvalidDefinition']).toContain(answer);
          if (answer === 'done') {
            played += 1;
            const arn = await sfn.start(input);
            await sfn.pass(1000);
            expect(await sfn.outcome(arn)).toMatchObject({
              status: expect.stringMatching(/^(RUNNING|SUCCEEDED|FAILED|TIMED_OUT)$/),
            });
          }
          expect(printed.mock.calls).toEqual([]);
          sfn.store.close();
        },
      ),
      runs(120),
    );
    expect(played).toBeGreaterThan(40);
  });

  it('answers every call, however it is made, or refuses it by name', async () => {
    const sfn = bench(() => ({ [FUNCTION]: 1 }));
    await sfn.call('CreateStateMachine', CALLS['CreateStateMachine'] ?? {});
    const call = fc
      .constantFrom(...Object.entries(CALLS))
      .chain(([action, body]) => fc.tuple(fc.constant(action), mutated(body)));
    await fc.assert(
      fc.asyncProperty(call, async ([action, body]) => {
        await tried(sfn, action, body);

        expect(printed.mock.calls).toEqual([]);
      }),
      runs(300),
    );
  });
});
