/** A refusal, read by the SDK of whoever is refused, so that the error is of the class that the function knows. */
import type { HttpAnswer } from '../aws/aws-call.ts';
import { fieldOf } from './fields.ts';

/** As the SDK adds them to what it read. */
export const FIRST_TRY = { attempts: 1, totalRetryDelay: 0 } as const;

/** Reads an answer into the operation's output, or rejects with its error. */
type Read = (operation: unknown, context: unknown, response: unknown) => Promise<unknown>;
const isRead = (value: unknown): value is Read => typeof value === 'function';

export const readerOf = (
  client: object,
): ((schema: unknown[], refusal: HttpAnswer) => Promise<unknown>) | undefined => {
  const config = fieldOf(client, 'config');
  const protocol = fieldOf(config, 'protocol');
  const read = fieldOf(protocol, 'deserializeResponse');
  if (!isRead(read)) return undefined;
  return async ([, namespace, name, traits, input, output], { status, headers, body }) => {
    const response = { statusCode: status, headers, body: Uint8Array.from(Buffer.from(body)) };
    const operation = { namespace, name, traits, input, output };
    try {
      return await Reflect.apply(read, protocol, [operation, config, response]);
    } catch (error) {
      Object.assign(Object(fieldOf(error, '$metadata')), FIRST_TRY);
      return error;
    }
  };
};

/** As Node and the SDK say it when the other side closes before it has answered. */
export const hangUp = (): Error =>
  Object.assign(new Error('socket hang up'), {
    name: 'TimeoutError',
    code: 'ECONNRESET',
    $metadata: { ...FIRST_TRY },
  });

const SERVER_ERROR = 500;

/** What the SDK would ask for once more. */
export const mayPass = (error: unknown): boolean =>
  fieldOf(error, 'code') === 'ECONNRESET' ||
  /^Throttl/.test(String(fieldOf(error, 'name'))) ||
  Number(fieldOf(fieldOf(error, '$metadata'), 'httpStatusCode')) >= SERVER_ERROR;
