/** Reads what a function answers, as API Gateway does for payload format 2.0. */
import * as z from 'zod';
import type { LocalAnswer } from './exchange.ts';

const HeaderValue = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const Response = z.object({
  statusCode: z.coerce.number().int().min(100).max(599),
  headers: z.record(z.string(), HeaderValue).nullish(),
  cookies: z.array(z.string()).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

/** Set by the connection, not by functions. */
const NOT_THEIRS: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'keep-alive',
  'transfer-encoding',
]);

const hasStatusCode = (payload: unknown) =>
  typeof payload === 'object' && payload !== null && 'statusCode' in payload;

/** A function may answer with a plain value: it is the JSON body, or the text itself when it is a text. */
const infer = (payload: unknown): LocalAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: typeof payload === 'string' ? payload : JSON.stringify(payload),
});

/** undefined for a response that API Gateway would refuse with 500. */
export const readResponse = (payload: unknown): LocalAnswer | undefined => {
  if (!hasStatusCode(payload)) return infer(payload);
  const parsed = Response.safeParse(payload);
  if (!parsed.success) return undefined;
  const { statusCode, headers, cookies, body, isBase64Encoded } = parsed.data;
  const own = Object.entries(headers ?? {})
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(([name]) => !NOT_THEIRS.has(name));
  return {
    status: statusCode,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      ...Object.fromEntries(own),
      ...(cookies === null || cookies === undefined ? {} : { 'set-cookie': cookies }),
    },
    body: isBase64Encoded === true ? Buffer.from(body ?? '', 'base64') : (body ?? ''),
  };
};
