/** Lambda's own protocol: the function in the path, the kind of call in headers, JSON both ways. */

import type { HttpAnswer } from './aws-call.ts';
import { AwsError } from './aws-error.ts';
import { type AwsRequest, textOf } from './exchange.ts';
import type { Lambda } from './lambda.ts';

const INVOKE = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;

const STATUS: Readonly<Record<string, number>> = { ResourceNotFoundException: 404 };

const invoke = async (lambda: Lambda | undefined, request: AwsRequest): Promise<HttpAnswer> => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  const [, name] = INVOKE.exec(pathname) ?? [];
  if (lambda === undefined || name === undefined || request.method !== 'POST')
    throw new AwsError(
      'UnknownOperationException',
      `Lambda on one machine does not know ${request.method} ${pathname}; it knows Invoke.`,
    );
  const answer = await lambda.invoke({
    functionName: decodeURIComponent(name),
    qualifier: searchParams.get('Qualifier') ?? undefined,
    invocationType: String(request.headers['x-amz-invocation-type'] ?? 'RequestResponse'),
    payload: textOf(request.body),
  });
  const headers = {
    'content-type': 'application/json',
    'x-amz-executed-version': answer.executedVersion,
    ...(answer.hasFailed ? { 'x-amz-function-error': 'Unhandled' } : {}),
  };
  return { status: answer.status, headers, body: answer.payload };
};

const refused = ({ name, message, httpStatus }: AwsError): HttpAnswer => ({
  status: STATUS[name] ?? httpStatus,
  headers: { 'content-type': 'application/json', 'x-amzn-errortype': name },
  body: JSON.stringify({ Type: 'User', message, Message: message }),
});

export const answerLambda = async (lambda: Lambda | undefined, request: AwsRequest): Promise<HttpAnswer> => {
  const withId = ({ headers, ...answer }: HttpAnswer) => ({
    ...answer,
    headers: { ...headers, 'x-amzn-requestid': request.requestId },
  });
  try {
    return withId(await invoke(lambda, request));
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return withId(refused(error));
  }
};
