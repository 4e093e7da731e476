/** Executions that wait in versions of a machine older than the one that starts new ones. */
import {
  DescribeStateMachineAliasCommand,
  DescribeStateMachineCommand,
  ListStateMachineVersionsCommand,
  paginateListExecutions,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import * as z from 'zod';
import { CommandMistake } from '../command-mistake.ts';

const ALIAS = 'live';
const Definition = z.looseObject({
  States: z.record(
    z.string(),
    z.looseObject({ Catch: z.array(z.looseObject({ ErrorEquals: z.array(z.string()) })).optional() }),
  ),
});

/** `canMove`: it has the safe point, so its executions can be told to move on. */
export type Version = { arn: string; number: number; canMove: boolean };

const numberOf = (versionArn: string): number => Number(versionArn.slice(versionArn.lastIndexOf(':') + 1));

/** @throws CommandMistake while a deploy has not decided yet which version it is */
const currentVersion = async (sfn: SFNClient, machineArn: string): Promise<number> => {
  const alias = new DescribeStateMachineAliasCommand({ stateMachineAliasArn: `${machineArn}:${ALIAS}` });
  const { routingConfiguration = [] } = await sfn.send(alias);
  const [route, other] = routingConfiguration;
  if (route?.stateMachineVersionArn === undefined || other !== undefined)
    throw new CommandMistake(
      `The alias ${ALIAS} of ${machineArn} leads to several versions: a deploy is under way. Move once it has ended.`,
      1,
    );
  return numberOf(route.stateMachineVersionArn);
};

const hasSafePoint = async (sfn: SFNClient, versionArn: string): Promise<boolean> => {
  const { definition = '{}' } = await sfn.send(
    new DescribeStateMachineCommand({ stateMachineArn: versionArn }),
  );
  return Object.values(Definition.parse(JSON.parse(definition)).States).some(({ Catch = [] }) =>
    Catch.some(({ ErrorEquals }) => ErrorEquals.includes('MoveOn')),
  );
};

/** Oldest first; only the one that was named, when one was. */
export const olderVersions = async (
  sfn: SFNClient,
  machineArn: string,
  named: number | undefined,
): Promise<Version[]> => {
  const current = await currentVersion(sfn, machineArn);
  const arns: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await sfn.send(
      new ListStateMachineVersionsCommand({ stateMachineArn: machineArn, maxResults: 1000, nextToken }),
    );
    arns.push(...(page.stateMachineVersions ?? []).map((one) => one.stateMachineVersionArn ?? ''));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  const older = arns
    .map((arn) => ({ arn, number: numberOf(arn) }))
    .filter(({ number }) => number < current && (named === undefined || number === named))
    .sort((a, b) => a.number - b.number);
  const versions: Version[] = [];
  for (const one of older) versions.push({ ...one, canMove: await hasSafePoint(sfn, one.arn) });
  return versions;
};

/** ARNs of what runs in a version, page by page: there may be a hundred thousand. */
export async function* runningIn(sfn: SFNClient, { arn }: Version): AsyncGenerator<string> {
  const query = { stateMachineArn: arn, statusFilter: 'RUNNING', maxResults: 1000 } as const;
  for await (const { executions = [] } of paginateListExecutions({ client: sfn }, query))
    for (const { executionArn } of executions) if (executionArn !== undefined) yield executionArn;
}
