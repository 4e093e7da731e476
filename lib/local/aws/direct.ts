/**
 * Calls of AWS that come from functions of this process: what a client would put into a request, as JSON text, and what it
 * would read from the answer. A refusal is the whole answer, as the service's protocol has it: the client reads it itself.
 */
import { randomUUID } from 'node:crypto';
import type { HttpAnswer } from './aws-call.ts';
import { type AwsServices, callService } from './exchange.ts';
import { jsonRefusal } from './json-protocol.ts';
import { sesRefusal } from './query-protocol.ts';
import { answerText } from './service.ts';

export type DirectService = 'dynamodb' | 'states' | 'sqs' | 'secretsManager' | 'ses';

/** `text` is the JSON of the operation's input; bytes in it are base64. */
export type Question = { readonly service: DirectService; readonly action: string; readonly text: string };

export type Told =
  | { readonly isDone: true; readonly text: string }
  | { readonly isDone: false; readonly refusal: HttpAnswer };

/** Rejects with a `ConnectionLost` when the caller shall never learn what became of it. */
export type Ask = (question: Question) => Promise<Told>;

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
