/** AWS JSON 1.0 and 1.1: the operation in X-Amz-Target, JSON both ways. */

import type { HttpAnswer } from './aws-call.ts';
import { AwsError } from './aws-error.ts';
import { type AwsRequest, type AwsServices, callService, textOf } from './exchange.ts';
import { answerText } from './service.ts';

const SERVICES: Readonly<Record<string, Exclude<keyof AwsServices, 's3' | 'lambda'>>> = {
  AWSStepFunctions: 'states',
  AmazonSQS: 'sqs',
  secretsmanager: 'secretsManager',
  DynamoDB_20120810: 'dynamodb',
};

/** SQS spoke the Query protocol first; SDKs learn the old code of an error from a header. */
export const QUERY_ERROR_CODES: Readonly<Record<string, string>> = {
  QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
};

const JSON_TYPE = 'application/x-amz-json-1.0';

export const answerJson = async (
  services: AwsServices,
  { headers, body, requestId }: AwsRequest,
): Promise<HttpAnswer> => {
  const [prefix = '', action = ''] = String(headers['x-amz-target']).split('.');
  const name = SERVICES[prefix];
  const input = parseJson(body);
  const outcome =
    input === undefined
      ? { error: new AwsError('SerializationException', 'The body is not JSON.') }
      : await callService(name && services[name], prefix, action, input.value, { asText: true });
  const contentType = headers['content-type'] ?? JSON_TYPE;
  if ('error' in outcome) return jsonRefusal(outcome.error, requestId, contentType);
  return {
    status: 200,
    headers: { 'content-type': contentType, 'x-amzn-requestid': requestId },
    body: answerText(outcome.value),
  };
};

/** How a service refuses. */
export const jsonRefusal = (
  { name, message, httpStatus, details }: AwsError,
  requestId: string,
  contentType = JSON_TYPE,
): HttpAnswer => {
  const queryCode = QUERY_ERROR_CODES[name];
  return {
    status: httpStatus,
    headers: {
      'content-type': contentType,
      'x-amzn-requestid': requestId,
      ...(queryCode && { 'x-amzn-query-error': `${queryCode};Sender` }),
    },
    body: JSON.stringify({ ...details, __type: name, message }),
  };
};

const parseJson = (body: Buffer | string): { value: unknown } | undefined => {
  try {
    return { value: body.length === 0 ? {} : JSON.parse(textOf(body)) };
  } catch {
    return undefined;
  }
};
