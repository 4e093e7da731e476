/** What a thread of functions and the rest of the runtime tell each other. */
import type { MessagePort, Worker } from 'node:worker_threads';
import type { AwsCall, HttpAnswer } from '../aws/aws-call.ts';
import type { Question, Told } from '../aws/question.ts';
import type { LambdaFunction } from '../stack/functions.ts';
import type { LambdaHost } from './environment.ts';
import type { Call, Outcome } from './host.ts';

/** What a thread begins with. */
export type ThreadData = {
  readonly functions: readonly LambdaFunction[];
  readonly surroundings: Omit<LambdaHost, 'answer' | 'ask'>;
  /** Whether somebody answers what clients ask before it becomes a request. */
  readonly canAsk: boolean;
};

export type ToThread =
  | { readonly kind: 'run'; readonly id: number; readonly call: Call }
  | { readonly kind: 'warm'; readonly name: string }
  /** Of a request; without an answer its connection is lost. */
  | { readonly kind: 'answer'; readonly id: number; readonly answer: HttpAnswer | undefined }
  /** Of a question, in the same way. */
  | { readonly kind: 'told'; readonly id: number; readonly told: Told | undefined };

export type FromThread =
  | { readonly kind: 'done'; readonly id: number; readonly outcome: Outcome }
  /** To the AWS parts: a request as it would be sent to them, or what a client asks of them. */
  | { readonly kind: 'request'; readonly id: number; readonly call: AwsCall }
  | { readonly kind: 'question'; readonly id: number; readonly question: Question }
  | { readonly kind: 'written'; readonly name: string; readonly bytes: Uint8Array };

/** A view on memory that is shared with others would take all of that along. */
export const owned = <Body extends string | Uint8Array>(body: Body): Body | Buffer =>
  typeof body === 'string' ? body : Buffer.from(Uint8Array.from(body).buffer);

/** Bytes arrive as what a Buffer is made of, and not as one. */
export const arrived = (body: string | Uint8Array): string | Buffer =>
  typeof body === 'string' ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength);

/** Sends all that is said in one turn of the loop as one message: each message wakes the other side up. */
export const createSender = <Message>(port: Pick<MessagePort | Worker, 'postMessage'>) => {
  let waiting: Message[] = [];
  const flush = () => {
    const batch = waiting;
    waiting = [];
    port.postMessage(batch);
  };
  return (message: Message): void => {
    if (waiting.push(message) === 1) setImmediate(flush);
  };
};
