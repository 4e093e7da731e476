/** What a client in this process asks of a service, and what it is told. */
import type { HttpAnswer } from './aws-call.ts';

export type DirectService = 'dynamodb' | 'states' | 'sqs' | 'secretsManager' | 'ses';

/** `text` is the JSON of the operation's input; bytes in it are base64. */
export type Question = { readonly service: DirectService; readonly action: string; readonly text: string };

export type Told =
  | { readonly isDone: true; readonly text: string }
  | { readonly isDone: false; readonly refusal: HttpAnswer };

/** Rejects with a `ConnectionLost` when the caller shall never learn what became of it. */
export type Ask = (question: Question) => Promise<Told>;
