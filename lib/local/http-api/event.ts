/** Builds the event of API Gateway's payload format 2.0. */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { LocalRequest } from './exchange.ts';

type Surroundings = {
  readonly accountId: string;
  readonly apiId: string;
  readonly routeKey: string;
  readonly requestId: string;
  readonly pathParameters: Readonly<Record<string, string>>;
  /** Epoch milliseconds. */
  readonly now: number;
};

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The common log format, e.g. `12/Mar/2020:19:03:58 +0000`. */
const logTime = (now: number) => {
  const [date = '', time = ''] = new Date(now).toISOString().split('T');
  const [year, month, day] = date.split('-');
  return `${day}/${MONTHS[Number(month) - 1]}/${year}:${time.slice(0, 8)} +0000`;
};

/** Every other content type arrives in base64, forms included. */
const TEXT = /^(text\/.*|application\/(json|javascript|xml)|.*\+(json|xml))$/;

const isText = (contentType: string | undefined) =>
  TEXT.test((contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '');

const bodyOf = ({ body, headers }: LocalRequest) => {
  if (body.length === 0) return { isBase64Encoded: false };
  const asText = isText(headers['content-type']);
  return { body: body.toString(asText ? 'utf8' : 'base64'), isBase64Encoded: !asText };
};

const queryOf = (query: string) => {
  const values = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(query))
    values.set(name, [...(values.get(name) ?? []), value]);
  return Object.fromEntries([...values].map(([name, all]) => [name, all.join(',')]));
};

const headersOf = ({ headersDistinct, headers, sourceIp }: LocalRequest, requestId: string) => {
  const own = Object.entries(headersDistinct)
    .filter(([name]) => name !== 'cookie' && name !== 'connection')
    .map(([name, values]) => [name, values?.join(',') ?? ''] as const);
  const [, port = '80'] = (headers.host ?? '').split(/:(\d+)$/);
  return {
    'x-amzn-trace-id': `Root=1-${requestId.slice(0, 8)}-${requestId.replaceAll('-', '').slice(8)}`,
    'x-forwarded-port': port,
    'x-forwarded-proto': 'http',
    ...Object.fromEntries(own),
    'x-forwarded-for': [...(headersDistinct['x-forwarded-for'] ?? []), sourceIp].join(', '),
  };
};

const cookiesOf = ({ headers }: LocalRequest) =>
  headers.cookie
    ?.split(';')
    .map((cookie) => cookie.trim())
    .filter((cookie) => cookie !== '');

export const createEvent = (
  request: LocalRequest,
  { accountId, apiId, routeKey, requestId, pathParameters, now }: Surroundings,
): APIGatewayProxyEventV2 => {
  const domainName = (request.headers.host ?? 'localhost').replace(/:\d+$/, '');
  // API Gateway calls it raw, but hands it over decoded.
  const path = decodeURIComponent(request.path);
  const cookies = cookiesOf(request);
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: request.query,
    ...(cookies === undefined ? {} : { cookies }),
    headers: headersOf(request, requestId),
    ...(request.query === '' ? {} : { queryStringParameters: queryOf(request.query) }),
    requestContext: {
      accountId,
      apiId,
      domainName,
      domainPrefix: domainName.split('.')[0] ?? domainName,
      http: {
        method: request.method,
        path,
        protocol: request.protocol,
        sourceIp: request.sourceIp,
        userAgent: request.headers['user-agent'] ?? '',
      },
      requestId,
      routeKey,
      stage: '$default',
      time: logTime(now),
      timeEpoch: now,
    },
    ...(Object.keys(pathParameters).length === 0 ? {} : { pathParameters }),
    ...bodyOf(request),
  };
};
