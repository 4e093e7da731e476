/** Lambda's Invoke, for whoever calls a function of the stack by hand. */
import type { LambdaRunner } from '../lambda/runner.ts';
import type { LambdaFunction } from '../stack/functions.ts';
import type { Timekeeper } from '../time.ts';
import { AwsError } from './aws-error.ts';

export type InvokeRequest = {
  /** Name or ARN, with or without a version or alias behind it. */
  readonly functionName: string;
  readonly qualifier: string | undefined;
  readonly invocationType: string;
  /** JSON text; empty when nothing is given. */
  readonly payload: string;
};

export type InvokeAnswer = {
  readonly status: 200 | 204;
  readonly executedVersion: string;
  /** The function threw or ran out of time: the payload tells how. */
  readonly hasFailed: boolean;
  readonly payload: string;
};

export type Lambda = { invoke(request: InvokeRequest): Promise<InvokeAnswer> };

type Ports = {
  /** Those of the stack, once it is read. */
  functions(): readonly LambdaFunction[];
  invoke: LambdaRunner['invoke'];
  time: Pick<Timekeeper, 'busy'>;
};

const readPayload = (text: string): unknown => {
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AwsError('InvalidRequestContentException', `Could not parse request body into json: ${cause}`, {
      cause,
    });
  }
};

export const createLambda = ({ functions, invoke, time }: Ports): Lambda => {
  const find = ({ functionName, qualifier }: InvokeRequest) => {
    const [name = '', inName] = functionName.replace(/^arn:.*:function:/, '').split(':');
    const wanted = qualifier ?? inName ?? '$LATEST';
    const found = functions().find((one) => one.name === name);
    const version = found?.qualifiers.get(wanted);
    if (found !== undefined && version !== undefined) return { arn: `${found.arn}:${wanted}`, version };
    const asked = qualifier === undefined ? functionName : `${functionName}:${qualifier}`;
    throw new AwsError('ResourceNotFoundException', `Function not found: ${asked}`);
  };

  const run = async (functionArn: string, payload: unknown) => {
    const end = time.busy();
    try {
      return await invoke({ functionArn, payload });
    } finally {
      end();
    }
  };

  return {
    invoke: async (request) => {
      const { arn, version } = find(request);
      const payload = readPayload(request.payload);
      if (request.invocationType === 'DryRun')
        return { status: 204, executedVersion: version, hasFailed: false, payload: '' };
      if (request.invocationType !== 'RequestResponse')
        throw new AwsError(
          'InvalidParameterValueException',
          `Lambda on one machine does not know the invocation type ${request.invocationType}; it knows RequestResponse, DryRun.`,
        );
      const result = await run(arn, payload);
      const text = result.ok ? JSON.stringify(result.payload) : result.cause;
      return { status: 200, executedVersion: version, hasFailed: !result.ok, payload: text };
    },
  };
};
