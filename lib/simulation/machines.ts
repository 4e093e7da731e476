/** The two state machines as lib/cloud defines them, without the stack around them and without bundling anything. */
import { App, Stack } from 'aws-cdk-lib';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import * as z from 'zod';
import { FollowUp } from '../cloud/follow-up.ts';
import type { Machine } from '../cloud/machine.ts';
import { PromiseMachine } from '../cloud/promise.ts';

export const PLACE = { region: 'us-east-1', accountId: '000000000000' };

export const functionArn = (name: string): string =>
  `arn:aws:lambda:${PLACE.region}:${PLACE.accountId}:function:${name}`;

/** A definition is text with the partition left open. */
const Definition = z.union([
  z.string(),
  z
    .object({
      'Fn::Join': z.tuple([z.literal(''), z.array(z.union([z.string(), z.object({ Ref: z.string() })]))]),
    })
    .transform(({ 'Fn::Join': [, parts] }) =>
      parts.map((part) => (typeof part === 'string' ? part : 'aws')).join(''),
    ),
]);

const definitionOf = ({ stateMachine }: Machine): string => {
  const resource = stateMachine.node.defaultChild;
  if (!(resource instanceof CfnStateMachine))
    throw new Error('A state machine has no CloudFormation resource');
  return Definition.parse(Stack.of(stateMachine).resolve(resource.definitionString));
};

export type MachineDefinitions = { followUp: string; promise: string };

/** In the language of the states, as deployed. */
export const readMachines = (): MachineDefinitions => {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Simulation', {
    env: { account: PLACE.accountId, region: PLACE.region },
  });
  const fn = (name: string) => LambdaFunction.fromFunctionArn(stack, name, functionArn(name));
  const followUp = new FollowUp(stack, 'FollowUp', {
    name: 'FollowUp',
    waitForDay: fn('wait-for-day'),
    askCustomer: fn('ask-customer'),
    makePromise: fn('make-promise'),
    askForReview: fn('ask-for-review'),
  });
  const promise = new PromiseMachine(stack, 'Promise', {
    name: 'Promise',
    keepPromise: fn('keep-promise'),
    raisePromise: fn('raise-promise'),
    assumeKept: fn('assume-kept'),
  });
  return { followUp: definitionOf(followUp.machine), promise: definitionOf(promise.machine) };
};
