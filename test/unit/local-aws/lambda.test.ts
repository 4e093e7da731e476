import { InvokeCommand, type InvokeCommandInput, LambdaClient } from '@aws-sdk/client-lambda';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createAwsEndpoint } from '../../../lib/local/aws/endpoint.ts';
import { createLambda } from '../../../lib/local/aws/lambda.ts';
import { failure } from '../../../lib/local/lambda/invocation-error.ts';
import { clientConfig } from './local-aws.ts';

const ARN = 'arn:aws:lambda:eu-west-1:000000000000:function:Aftercare-Sweep';

const start = async () => {
  const invoked: unknown[] = [];
  let busy = 0;
  const lambda = createLambda({
    functions: () => [
      {
        ...{ logicalId: 'Sweep', name: 'Aftercare-Sweep', arn: ARN, assetDir: '', handler: 'index.handler' },
        ...{ environment: {}, timeoutSeconds: 3, memoryMb: 128, logGroup: 'sweep' },
        qualifiers: new Map([
          ['$LATEST', '$LATEST'],
          ['live', '1'],
        ]),
      },
    ],
    invoke: async (request) => {
      invoked.push({ ...request, busy });
      return request.payload === 'fail' ? failure('TooSlow', 'no luck') : { ok: true, payload: { open: 3 } };
    },
    time: {
      busy: () => {
        busy += 1;
        return () => {
          busy -= 1;
        };
      },
    },
  });
  const endpoint = createAwsEndpoint({ services: { lambda } });
  await endpoint.listen(0);
  const client = new LambdaClient(clientConfig(endpoint.url));
  onTestFinished(async () => {
    client.destroy();
    await endpoint.close();
  });
  const invoke = (input: InvokeCommandInput) => client.send(new InvokeCommand(input));
  return { invoke, invoked, busy: () => busy };
};

const textOf = (payload: Uint8Array | undefined) => Buffer.from(payload ?? []).toString();

describe('Invoke', () => {
  it('calls the version that the qualifier stands for, holding the clock meanwhile, and answers what it answers', async () => {
    const { invoke, invoked, busy } = await start();

    const answer = await invoke({
      FunctionName: 'Aftercare-Sweep',
      Qualifier: 'live',
      Payload: Buffer.from('{"time":"now"}'),
    });

    expect(answer).toMatchObject({ StatusCode: 200, ExecutedVersion: '1' });
    expect(answer.FunctionError).toBeUndefined();
    expect(textOf(answer.Payload)).toBe('{"open":3}');
    expect(invoked).toEqual([{ functionArn: `${ARN}:live`, payload: { time: 'now' }, busy: 1 }]);
    expect(busy()).toBe(0);
  });

  it('takes an ARN that ends with the alias', async () => {
    const { invoke } = await start();

    expect(await invoke({ FunctionName: `${ARN}:live` })).toMatchObject({ ExecutedVersion: '1' });
  });

  it('tells a function that threw by a header, with the error as the payload', async () => {
    const { invoke } = await start();

    const answer = await invoke({ FunctionName: 'Aftercare-Sweep', Payload: Buffer.from('"fail"') });

    expect(answer).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled' });
    expect(JSON.parse(textOf(answer.Payload))).toEqual({ errorType: 'TooSlow', errorMessage: 'no luck' });
  });

  it('runs nothing for a dry run', async () => {
    const { invoke, invoked } = await start();

    const answer = await invoke({ FunctionName: 'Aftercare-Sweep', InvocationType: 'DryRun' as const });

    expect(answer.StatusCode).toBe(204);
    expect(invoked).toEqual([]);
  });

  it.each([
    [{ FunctionName: 'Nobody' }, 'ResourceNotFoundException', 404],
    [{ FunctionName: 'Aftercare-Sweep', Qualifier: 'canary' }, 'ResourceNotFoundException', 404],
    [{ FunctionName: 'Aftercare-Sweep', Payload: Buffer.from('{') }, 'InvalidRequestContentException', 400],
    [
      { FunctionName: 'Aftercare-Sweep', InvocationType: 'Event' as const },
      'InvalidParameterValueException',
      400,
    ],
  ])('%j is refused with %s', async (input, name, httpStatusCode) => {
    const { invoke, invoked } = await start();

    await expect(invoke(input)).rejects.toMatchObject({ name, $metadata: { httpStatusCode } });
    expect(invoked).toEqual([]);
  });
});
