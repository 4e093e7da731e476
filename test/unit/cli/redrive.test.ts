import { CloudFormationClient, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  RedriveExecutionCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { registerRedrive } from '../../../bin/commands/redrive/redrive.ts';
import { withoutPeople } from '../../../bin/commands/redrive/redrive-list.ts';
import { runCommand } from './run-command.ts';

const MACHINE = 'arn:aws:states:eu-central-1:1:stateMachine:Aftercare-FollowUp';
const formation = mockClient(CloudFormationClient);
const states = mockClient(SFNClient);

const HOUR_MS = 3_600_000;
const ended = (name: string, hoursAgo: number) => ({
  executionArn: `arn:${name}`,
  stateMachineArn: MACHINE,
  name,
  status: 'FAILED' as const,
  startDate: new Date(0),
  stopDate: new Date(Date.now() - hoursAgo * HOUR_MS),
});

/* Files of tests share what they import. */
afterAll(() => {
  formation.restore();
  states.restore();
});

beforeEach(() => {
  formation.reset();
  states.reset();
  formation.on(ListStackResourcesCommand).resolves({
    StackResourceSummaries: [
      {
        LogicalResourceId: 'FollowUpMachineD4705276',
        ResourceType: 'AWS::StepFunctions::StateMachine',
        PhysicalResourceId: MACHINE,
        LastUpdatedTimestamp: new Date(0),
        ResourceStatus: 'CREATE_COMPLETE',
      },
    ],
  });
  states.on(ListExecutionsCommand).resolves({ executions: [] });
  const failed = { stateMachineArn: MACHINE, statusFilter: 'FAILED' as const };
  states
    .on(ListExecutionsCommand, failed)
    .resolves({ executions: [ended('young', 1), ended('of-last-week', 100)], nextToken: 'more' });
  states
    .on(ListExecutionsCommand, { ...failed, nextToken: 'more' })
    .resolves({ executions: [ended('old', 2)] });
  for (const [name, hoursAgo] of [
    ['young', 1],
    ['old', 2],
    ['of-last-week', 100],
  ] as const)
    states.on(DescribeExecutionCommand, { executionArn: `arn:${name}` }).resolves({
      ...ended(name, hoursAgo),
      error: 'Broken',
      cause: JSON.stringify({ errorMessage: 'row of ann@customer.example' }),
      ...(name === 'old'
        ? { redriveStatus: 'NOT_REDRIVABLE', redriveStatusReason: 'Execution redrivable period exceeded' }
        : { redriveStatus: 'REDRIVABLE' }),
    });
  states.on(RedriveExecutionCommand).resolves({ redriveDate: new Date() });
});

const redrive = (...args: string[]) =>
  runCommand(registerRedrive, {}, ['redrive', '--aws', '--region', 'eu-central-1', ...args]);
const redriven = () =>
  states.commandCalls(RedriveExecutionCommand).map(({ args: [{ input }] }) => input.executionArn);

describe('aftercare redrive', () => {
  it('lists what ended unwell within the span, page after page, and touches nothing', async () => {
    const { out } = await redrive();

    expect(out).toContain('2 executions of the stack Aftercare in eu-central-1');
    expect(out).toContain('Broken: row of …');
    expect(out).toContain('Add --yes to let it go on');
    expect(out).not.toContain('of-last-week');
    expect(redriven()).toEqual([]);
  });

  it('redrives what can be, and names what cannot with the reason', async () => {
    const { out, err, exitCode } = await redrive('--yes', '--since', 'P7D');

    expect(redriven()).toEqual(['arn:young', 'arn:of-last-week']);
    expect(out).toContain('cannot be redriven: Execution redrivable period exceeded');
    expect(err).toContain('1 execution cannot be redriven');
    expect(exitCode).toBe(1);
  });

  it('redrives one alone when it is named', async () => {
    const { exitCode } = await redrive('--yes', '--name', 'young');

    expect(redriven()).toEqual(['arn:young']);
    expect(exitCode).toBe(0);
  });

  it.each([
    [['--since', 'yesterday'], 'is no span of time'],
    [['--machine', 'Sales'], 'has: FollowUp'],
  ])('%j is refused with what to write', async (args, said) => {
    expect(await redrive(...args)).toMatchObject({ exitCode: 2, err: expect.stringContaining(said) });
  });
});

describe('A cause', () => {
  it.each([
    ['{"errorType":"E","errorMessage":"no row for <a@b.example> here"}', 'no row for … here'],
    ['ring +41 44 123 45 67 at once', 'ring … at once'],
    [`first line\n    at file.ts`, 'first line'],
    ['x'.repeat(500), `${'x'.repeat(200)}…`],
    [undefined, ''],
  ])('%j is told without people, as "%s"', (cause, told) => {
    expect(withoutPeople(cause)).toBe(told);
  });
});
