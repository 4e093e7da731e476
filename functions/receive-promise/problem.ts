/** Every error of this API is a problem as RFC 9457 has it. It names fields and expectations, never what stood there. */
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type * as z from 'zod';
import { jsonHeaders } from '../middleware/json-headers.ts';

export type Problem = {
  status: 400 | 401 | 404 | 409 | 413 | 415 | 422 | 500;
  /** Stable, for programs: the end of `type`. */
  code: string;
  title: string;
  detail: string;
  errors?: { path: string; detail: string }[];
};

export const answerWith = (statusCode: number, body: object): APIGatewayProxyStructuredResultV2 => ({
  statusCode,
  headers: jsonHeaders(),
  body: JSON.stringify(body),
});

export const answerProblem = ({ code, ...problem }: Problem): APIGatewayProxyStructuredResultV2 => ({
  statusCode: problem.status,
  headers: jsonHeaders('application/problem+json'),
  body: JSON.stringify({ type: `urn:problem-type:aftercare:${code}`, ...problem }),
});

const MOST_ERRORS = 20;
/** A field's name is the sender's own word and may hold anything. */
const namedSafely = (name: string): string => (/^[\w.-]{1,40}$/.test(name) ? name : '(a field)');

const explain = (issue: z.core.$ZodIssue): { path: string; detail: string }[] => {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      path: [...path, namedSafely(key)].join('.'),
      detail: 'there is no such field here',
    }));
  return [{ path: path.join('.') || '(the body)', detail: issue.message }];
};

export const misunderstood = ({ issues }: z.ZodError): Problem => {
  const errors = issues.flatMap(explain).slice(0, MOST_ERRORS);
  return {
    status: 400,
    code: 'not-understood',
    title: 'The request is not understood',
    detail: `${errors.length === 1 ? 'One field is' : `${errors.length} fields are`} not as docs/schemas/promise-request.schema.json says.`,
    errors,
  };
};

export const notSigned: Problem = {
  status: 401,
  code: 'not-signed',
  title: 'Not signed',
  detail:
    'Expected webhook-id, webhook-timestamp within five minutes of now, and webhook-signature made with the secret of a source of kind standard.',
};

export const tooLarge: Problem = {
  status: 413,
  code: 'too-large',
  title: 'Too large',
  detail: 'A request may be 64 kB at most.',
};

export const notJson = (reason: string): Problem => ({
  status: 400,
  code: 'not-json',
  title: 'The request is not understood',
  detail: `Expected JSON: ${reason}.`,
});

export const wrongMedia: Problem = {
  status: 415,
  code: 'wrong-content-type',
  title: 'Another content type',
  detail: 'Expected content-type: application/json.',
};

export const otherBody: Problem = {
  status: 409,
  code: 'other-body',
  title: 'This webhook-id was used before',
  detail: 'A webhook-id stands for one body. Send another request under another webhook-id.',
};

export const trouble: Problem = {
  status: 500,
  code: 'our-trouble',
  title: 'Trouble on our side',
  detail: 'Send it again with the same webhook-id; it will be done once.',
};
