/** Answers what is sent to an AWS service, whichever way it came: through a socket or from a function in this process. */
import { randomUUID } from 'node:crypto';
import type { AwsCall, HttpAnswer } from './aws-call.ts';
import type { AwsRequest, AwsServices } from './exchange.ts';
import { answerJson } from './json-protocol.ts';
import { answerLambda } from './lambda-protocol.ts';
import { answerQuery } from './query-protocol.ts';
import { answerS3 } from './s3-protocol.ts';
import { answerSesV2 } from './ses-account.ts';

/** SendRawEmail takes 10 MB, half as much again once it is base64 and URL-encoded. */
export const MAX_BODY_BYTES = 32 * 1024 * 1024;

/** The scope of a signature names the service; requests of these tell it by nothing else. */
const SIGNED_FOR = /Credential=[^,]*\/(s3|lambda)\/aws4_request/;

const refusal = (status: number, name: string, requestId: string): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': requestId },
  body: JSON.stringify({
    __type: name,
    message:
      'The one-machine AWS endpoint takes signed requests in the AWS JSON and Query protocols and those of S3.',
  }),
});

/** Rejects with a `ConnectionLost` when the caller shall never learn what became of it. */
export const answerAws = async (services: AwsServices, call: AwsCall): Promise<HttpAnswer> => {
  const requestId = randomUUID();
  const { headers, url, body } = call;
  if (body === undefined || body.length > MAX_BODY_BYTES)
    return refusal(413, 'RequestEntityTooLarge', requestId);
  if (!headers.authorization?.startsWith('AWS4-'))
    return refusal(403, 'MissingAuthenticationToken', requestId);
  const request: AwsRequest = { ...call, body, requestId };
  // The services with a target come first: they are called far more often than any other.
  if (headers['x-amz-target'] !== undefined) return answerJson(services, request);
  const [, signedFor] = SIGNED_FOR.exec(headers.authorization) ?? [];
  if (signedFor === 's3') return answerS3(services.s3, request);
  if (signedFor === 'lambda') return answerLambda(services.lambda, request);
  if (url.startsWith('/v2/email/')) return answerSesV2(services.ses, request);
  if (headers['content-type']?.startsWith('application/x-www-form-urlencoded'))
    return answerQuery(services, request);
  return refusal(400, 'UnknownOperationException', requestId);
};
