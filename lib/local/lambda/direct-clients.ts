/**
 * Clients of the AWS SDK that a function makes, answered by this runtime before they make a request: no serializing, signing
 * and HTTP for what never leaves the process. Whatever is not known here goes the long way, through the SDK.
 */
import { randomUUID } from 'node:crypto';
import { ConnectionLost } from '../aws/aws-error.ts';
import type { Ask, DirectService, Question } from '../aws/question.ts';
import { FIRST_TRY, hangUp, mayPass, readerOf } from './direct-refusals.ts';
import { inputText, outputOf } from './direct-text.ts';
import { fieldOf } from './fields.ts';

export type TakeClient = (client: object) => void;

/** By the SDK's namespace of a service. */
const SERVICES: Readonly<
  Record<string, { readonly service: DirectService; readonly actions: ReadonlySet<string> }>
> = {
  'com.amazonaws.dynamodb': {
    service: 'dynamodb',
    actions: new Set([
      ...['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'],
      ...['Query', 'Scan', 'BatchGetItem', 'BatchWriteItem'],
    ]),
  },
  'com.amazonaws.sfn': {
    service: 'states',
    actions: new Set(['StartExecution', 'DescribeExecution', 'SendTaskSuccess', 'SendTaskFailure']),
  },
  'com.amazonaws.sqs': { service: 'sqs', actions: new Set(['SendMessage']) },
  'com.amazonaws.secretsmanager': { service: 'secretsManager', actions: new Set(['GetSecretValue']) },
  'com.amazonaws.ses': { service: 'ses', actions: new Set(['SendRawEmail']) },
};

/** The mark of an operation among the SDK's schemas. */
const OPERATION = 9;

type Operation = {
  readonly service: DirectService;
  readonly action: string;
  readonly schema: unknown[];
  readonly input: object;
};

/** Bundles are minified: a command's class has lost its name there, its schema has not. */
const operationOf = (command: unknown): Operation | undefined => {
  const schema = fieldOf(command, 'schema');
  const input = fieldOf(command, 'input');
  if (!Array.isArray(schema) || schema[0] !== OPERATION) return undefined;
  const [, namespace, action]: unknown[] = schema;
  const known = SERVICES[String(namespace)];
  if (known === undefined || typeof action !== 'string' || !known.actions.has(action)) return undefined;
  if (typeof input !== 'object' || input === null) return undefined;
  return { service: known.service, action, schema, input };
};

type Send = (...given: unknown[]) => Promise<unknown>;
const isSend = (value: unknown): value is Send => typeof value === 'function';
const isProvider = (value: unknown): value is () => Promise<unknown> => typeof value === 'function';

const triesOnce = async (client: object): Promise<boolean> => {
  const mostAttempts = fieldOf(fieldOf(client, 'config'), 'maxAttempts');
  return isProvider(mostAttempts) && (await mostAttempts()) === 1;
};

export const createTaker = (ask: Ask): TakeClient => {
  /** Undefined when the connection was lost. */
  const answerTo = async (question: Question) => {
    try {
      return await ask(question);
    } catch (error) {
      if (!(error instanceof ConnectionLost)) console.error(error);
      return undefined;
    }
  };

  return (client) => {
    const send = fieldOf(client, 'send');
    const read = readerOf(client);
    if (!isSend(send) || read === undefined) return;
    const goTheLongWay: Send = (...given) => Reflect.apply(send, client, given);

    const carryOut = async ({ service, action, schema, input }: Operation, command: unknown) => {
      const answer = await answerTo({ service, action, text: inputText(service, input) });
      if (answer?.isDone === true) {
        const $metadata = { httpStatusCode: 200, requestId: randomUUID(), ...FIRST_TRY };
        return Object.assign(outputOf(service, answer.text), { $metadata });
      }
      const error = answer === undefined ? hangUp() : await read(schema, answer.refusal);
      // The SDK tries again what may pass, and it alone knows how often and when.
      if (mayPass(error) && !(await triesOnce(client))) return goTheLongWay(command);
      throw error;
    };

    Reflect.set(client, 'send', (...given: unknown[]) => {
      const [command, ...options] = given;
      const operation = options.length === 0 ? operationOf(command) : undefined;
      return operation === undefined ? goTheLongWay(...given) : carryOut(operation, command);
    });
  };
};
