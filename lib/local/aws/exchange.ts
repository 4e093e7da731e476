/** What the endpoint and its protocols pass to each other. */
import * as z from 'zod';
import type { AwsCall } from './aws-call.ts';
import { AwsError, ConnectionLost } from './aws-error.ts';
import type { Lambda } from './lambda.ts';
import type { S3 } from './s3.ts';
import type { AwsService, CallOptions } from './service.ts';

export type AwsServices = {
  states?: AwsService;
  sqs?: AwsService;
  secretsManager?: AwsService;
  dynamodb?: AwsService;
  ses?: AwsService;
  sns?: AwsService;
  /** Speaks a protocol of its own. */
  s3?: S3;
  /** So does this one. */
  lambda?: Lambda;
};

/** What a protocol makes its answer from. */
export type AwsRequest = AwsCall & { body: Buffer | string; requestId: string };

export const textOf = (body: Buffer | string): string =>
  typeof body === 'string' ? body : body.toString('utf8');

/** Other parts of the runtime have error classes of their own with the same three fields. */
const AwsShaped = z.object({
  name: z.string(),
  message: z.string(),
  httpStatus: z.union([z.literal(400), z.literal(500)]),
});

/** Calls a service; whatever is not an AWS error by shape becomes the 500 that AWS answers when it fails itself. */
export const callService = async (
  service: AwsService | undefined,
  name: string,
  action: string,
  input: unknown,
  options?: CallOptions,
): Promise<{ value: unknown } | { error: AwsError }> => {
  if (service === undefined) {
    return { error: new AwsError('UnknownOperationException', `${name} is not part of this runtime.`) };
  }
  try {
    return { value: await service.call(action, input, options) };
  } catch (error) {
    if (error instanceof ConnectionLost) throw error;
    if (error instanceof AwsError) return { error };
    const foreign = AwsShaped.safeParse(error);
    if (foreign.success) {
      const { name, message, httpStatus } = foreign.data;
      return { error: new AwsError(name, message, { httpStatus, cause: error }) };
    }
    console.error(error);
    return { error: new AwsError('InternalFailure', 'Internal failure', { httpStatus: 500, cause: error }) };
  }
};
