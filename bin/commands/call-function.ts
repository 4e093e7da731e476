/** Calls a function of the stack now, as the clock does, and answers what it answered. */
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import { CommandMistake } from './command-mistake.ts';
import type { Target } from './target.ts';
import { toldPlainly } from './target-trouble.ts';

const Failure = z.object({ errorType: z.string().optional(), errorMessage: z.string().optional() });

/** `name` as in the template (`WakeHeld`); the version that is live. @throws CommandMistake when it fails */
export const callFunction = async (target: Target, name: string, event: object): Promise<unknown> => {
  const { id } = await target.part('AWS::Lambda::Function', `Functions${name}`);
  const lambda = new LambdaClient({ ...target.client, maxAttempts: 1 });
  const answer = await toldPlainly(target.name, () =>
    lambda.send(
      new InvokeCommand({
        FunctionName: id,
        Qualifier: 'live',
        Payload: new TextEncoder().encode(JSON.stringify(event)),
      }),
    ),
  );
  const body: unknown = JSON.parse(Buffer.from(answer.Payload ?? []).toString('utf8') || 'null');
  if (answer.FunctionError === undefined) return body;
  const { errorType = answer.FunctionError, errorMessage = '' } = Failure.parse(body ?? {});
  throw new CommandMistake(`${name} failed: ${errorType}: ${errorMessage} Its log tells where.`, 1);
};
