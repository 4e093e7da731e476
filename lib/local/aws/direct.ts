/**
 * Calls of AWS that come from functions of this process: what a client would put into a request, as JSON text, and what it
 * would read from the answer. A refusal is the whole answer, as the service's protocol has it: the client reads it itself.
 */
import { randomUUID } from 'node:crypto';
import { type AwsServices, callService } from './exchange.ts';
import { jsonRefusal } from './json-protocol.ts';
import { sesRefusal } from './query-protocol.ts';
import type { DirectService, Question, Told } from './question.ts';
import { answerText } from './service.ts';

const REFUSALS = {
  dynamodb: jsonRefusal,
  states: jsonRefusal,
  sqs: jsonRefusal,
  secretsManager: jsonRefusal,
  ses: sesRefusal,
} as const satisfies Record<DirectService, unknown>;

const AS_TEXT = { asText: true } as const;

export const askAws = async (services: AwsServices, { service, action, text }: Question): Promise<Told> => {
  const outcome = await callService(services[service], service, action, JSON.parse(text), AS_TEXT);
  return 'value' in outcome
    ? { isDone: true, text: answerText(outcome.value) }
    : { isDone: false, refusal: REFUSALS[service](outcome.error, randomUUID()) };
};
