/** AWS Query: a form in, XML out. SES and SNS speak nothing else; the AWS CLI before 2.13 speaks it to SQS. */

import type { HttpAnswer } from './aws-call.ts';
import { AwsError } from './aws-error.ts';
import { type AwsRequest, type AwsServices, callService, textOf } from './exchange.ts';
import { readForm } from './form.ts';
import { QUERY_ERROR_CODES } from './json-protocol.ts';
import type { AwsService } from './service.ts';
import { fromSqsForm, toSqsXml } from './sqs-query.ts';
import { element, type XmlContent } from './xml.ts';

type QueryService = {
  name: Exclude<keyof AwsServices, 's3' | 'lambda'>;
  namespace: string;
  toInput(form: unknown, action: string): unknown;
  toXml(answer: unknown, action: string): XmlContent;
};

const SES_NAMESPACE = 'http://ses.amazonaws.com/doc/2010-12-01/';

/** By the API version that each request names. */
const SERVICES: Readonly<Record<string, QueryService>> = {
  '2010-12-01': {
    name: 'ses',
    namespace: SES_NAMESPACE,
    toInput: (form) => form,
    toXml: (answer) => toMembers(answer),
  },
  '2010-03-31': {
    name: 'sns',
    namespace: 'http://sns.amazonaws.com/doc/2010-03-31/',
    toInput: (form) => form,
    toXml: (answer) => toMembers(answer),
  },
  '2012-11-05': {
    name: 'sqs',
    namespace: 'http://queue.amazonaws.com/doc/2012-11-05/',
    toInput: fromSqsForm,
    toXml: toSqsXml,
  },
};

export const answerQuery = async (
  services: AwsServices,
  { body, requestId }: AwsRequest,
): Promise<HttpAnswer> => {
  const { Action = '', Version = '', ...form } = readForm(textOf(body));
  const action = String(Action);
  const service = SERVICES[String(Version)];
  const outcome =
    service === undefined
      ? { error: new AwsError('NoSuchVersion', `No service here has the API version ${String(Version)}.`) }
      : await callService(fedByForm(service, services[service.name]), service.name, action, form);
  const xmlns = service === undefined ? {} : { xmlns: service.namespace };
  const headers = { 'content-type': 'text/xml', 'x-amzn-requestid': requestId };
  if ('error' in outcome) return refusal(outcome.error, requestId, xmlns);
  const result = service?.toXml(outcome.value, action) ?? '';
  const xml = element(
    `${action}Response`,
    [
      [`${action}Result`, result],
      ['ResponseMetadata', [['RequestId', requestId]]],
    ],
    xmlns,
  );
  return { status: 200, headers, body: xml };
};

const refusal = (error: AwsError, requestId: string, xmlns: Record<string, string>): HttpAnswer => ({
  status: error.httpStatus,
  headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
  body: errorXml(error, requestId, xmlns),
});

/** How SES refuses. */
export const sesRefusal = (error: AwsError, requestId: string): HttpAnswer =>
  refusal(error, requestId, { xmlns: SES_NAMESPACE });

const fedByForm = ({ toInput }: QueryService, service: AwsService | undefined): AwsService | undefined =>
  service && { call: async (action, form) => service.call(action, toInput(form, action)) };

const errorXml = (
  { name, message, httpStatus }: AwsError,
  requestId: string,
  xmlns: Record<string, string>,
) =>
  element(
    'ErrorResponse',
    [
      [
        'Error',
        [
          ['Type', httpStatus === 500 ? 'Receiver' : 'Sender'],
          ['Code', QUERY_ERROR_CODES[name] ?? name],
          ['Message', message],
        ],
      ],
      ['RequestId', requestId],
    ],
    xmlns,
  );

/** Lists become `member` elements and a `Map` becomes `entry` elements, the Query protocol's default. */
const toMembers = (value: unknown): XmlContent => {
  if (Array.isArray(value)) return value.map((one) => ['member', toMembers(one)] as const);
  if (value instanceof Map) {
    return [...value].map(
      ([key, one]) =>
        [
          'entry',
          [
            ['key', String(key)],
            ['value', toMembers(one)],
          ],
        ] as const,
    );
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).map(([name, one]) => [name, toMembers(one)] as const);
  }
  return String(value ?? '');
};
