import { request as send } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGateway } from '../../../lib/local/http-api/gateway.ts';
import { createRouter } from '../../../lib/local/http-api/routes.ts';
import { createHttpServer, type HttpServer } from '../../../lib/local/http-api/server.ts';
import type { InvocationResult } from '../../../lib/local/lambda/runner.ts';
import { createMeter } from '../../../lib/local/meter.ts';

const NOW = Date.parse('2026-03-05T09:07:03.250Z');
const KEYS = [
  'GET /r/{token}',
  'POST /webhooks/{source}',
  'ANY /any',
  'GET /files/{path+}',
  'GET /files/index',
];

let server: HttpServer;
let url: string;
let events: unknown[];
let called: string[];
let open: number;
let answer: () => InvocationResult | Promise<InvocationResult>;
const meter = createMeter();

beforeEach(async () => {
  events = [];
  called = [];
  open = 0;
  answer = () => ({ ok: true, payload: { statusCode: 204 } });
  const gateway = createGateway({
    api: { id: 'api1', routes: KEYS.map((key) => ({ key, functionArn: `fn ${key}`, timeoutMs: 200 })) },
    accountId: '000000000000',
    invoke: async ({ functionArn, payload }) => {
      called.push(functionArn);
      events.push(JSON.parse(JSON.stringify(payload)));
      return answer();
    },
    time: {
      now: () => NOW,
      busy: () => {
        open += 1;
        return () => {
          open -= 1;
        };
      },
    },
    meter,
  });
  server = createHttpServer({ answer: gateway, limitOf: () => 10 * 1024 * 1024, log: () => undefined });
  url = `http://127.0.0.1:${await server.listen(0, '127.0.0.1')}`;
});
afterEach(() => server.close());

/** By node:http, since fetch sets headers and normalises paths of its own. */
const call = (path: string, method = 'GET', headers: Record<string, string | string[]> = {}, body = '') =>
  new Promise<{ status: number | undefined; headers: Record<string, unknown>; body: string }>(
    (resolve, reject) => {
      const outgoing = send(`${url}${path}`, { method, headers, agent: false }, async (incoming) => {
        const chunks: Buffer[] = [];
        for await (const chunk of incoming) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
        resolve({
          status: incoming.statusCode,
          headers: incoming.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        });
      });
      outgoing.on('error', reject).end(body);
    },
  );

const pick = (event: unknown, ...keys: (keyof APIGatewayProxyEventV2)[]) =>
  Object.fromEntries(Object.entries(event ?? {}).filter(([key]) => keys.some((wanted) => wanted === key)));

describe('the event of a request', () => {
  it('has the shape of payload format 2.0', async () => {
    await call('/r/abc%20d?a=1&b=x%20y&a=2', 'GET', {
      'User-Agent': 'test/1',
      'X-Many': ['one', 'two'],
      Cookie: 'a=1; b=2',
      Host: 'shop.localhost:8787',
    });

    expect(events).toEqual([
      {
        version: '2.0',
        routeKey: 'GET /r/{token}',
        rawPath: '/r/abc d',
        rawQueryString: 'a=1&b=x%20y&a=2',
        cookies: ['a=1', 'b=2'],
        headers: {
          host: 'shop.localhost:8787',
          'user-agent': 'test/1',
          'x-amzn-trace-id': expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
          'x-forwarded-for': '127.0.0.1',
          'x-forwarded-port': '8787',
          'x-forwarded-proto': 'http',
          'x-many': 'one,two',
        },
        queryStringParameters: { a: '1,2', b: 'x y' },
        pathParameters: { token: 'abc d' },
        requestContext: {
          accountId: '000000000000',
          apiId: 'api1',
          domainName: 'shop.localhost',
          domainPrefix: 'shop',
          http: {
            method: 'GET',
            path: '/r/abc d',
            protocol: 'HTTP/1.1',
            sourceIp: '127.0.0.1',
            userAgent: 'test/1',
          },
          requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
          routeKey: 'GET /r/{token}',
          stage: '$default',
          time: '05/Mar/2026:09:07:03 +0000',
          timeEpoch: NOW,
        },
        isBase64Encoded: false,
      },
    ]);
  });

  it.each([
    ['application/json', '{"ä":1}', false],
    ['application/json; charset=utf-8', '{}', false],
    ['text/plain', 'hello', false],
    ['application/problem+json', '{}', false],
    ['image/svg+xml', '<svg/>', false],
    ['application/x-www-form-urlencoded', 'a=b', true],
    ['application/octet-stream', 'x', true],
  ])('carries a body of type %s', async (contentType, body, isBase64Encoded) => {
    await call('/webhooks/shopify', 'POST', { 'content-type': contentType }, body);

    expect(pick(events[0], 'body', 'isBase64Encoded')).toEqual({
      body: isBase64Encoded ? Buffer.from(body).toString('base64') : body,
      isBase64Encoded,
    });
  });

  it('leaves out what the request does not have', async () => {
    await call('/any', 'DELETE');

    expect(pick(events[0], 'body', 'cookies', 'queryStringParameters', 'pathParameters')).toEqual({});
    expect(pick(events[0], 'routeKey', 'rawQueryString')).toEqual({
      routeKey: 'ANY /any',
      rawQueryString: '',
    });
  });
});

describe('the route of a request', () => {
  it.each([
    ['GET', '/files/a/b%2Fc', 'fn GET /files/{path+}'],
    ['GET', '/files/index', 'fn GET /files/index'],
    ['HEAD', '/any', 'fn ANY /any'],
  ])('%s %s calls %s', async (method, path, functionArn) => {
    await call(path, method);

    expect(called).toEqual([functionArn]);
  });

  it.each([
    ['GET', '/nowhere'],
    ['GET', '/r'],
    ['GET', '/r/'],
    ['GET', '/r/a/b'],
    ['GET', '/files'],
    ['PUT', '/webhooks/shopify'],
    ['HEAD', '/r/abc'],
  ])('%s %s has none and is not found', async (method, path) => {
    const answered = await call(path, method);

    expect(answered.status).toBe(404);
    expect(answered.body).toBe(method === 'HEAD' ? '' : '{"message":"Not Found"}');
    expect(called).toEqual([]);
  });

  it('with broken percent-encoding is refused', async () => {
    expect(await call('/r/%E0%A4%A')).toMatchObject({ status: 400, body: '{"message":"Bad Request"}' });
  });

  it('prefers a method to ANY, a text to a variable, and either to $default', () => {
    const find = createRouter(
      ['$default', 'ANY /a/{x}', 'GET /a/{x}', 'ANY /a/b', 'GET /{all+}'].map((key) => ({
        key,
        target: key,
      })),
    );

    const keys = ['GET /a/b', 'GET /a/c', 'PUT /a/c', 'GET /z/z', 'PUT /z'].map((line) => {
      const [method = '', path = ''] = line.split(' ');
      return find(method, path)?.key;
    });

    expect(keys).toEqual(['ANY /a/b', 'GET /a/{x}', 'ANY /a/{x}', 'GET /{all+}', '$default']);
  });
});

describe('the answer of a function', () => {
  it('becomes status, headers, cookies and body', async () => {
    const payload = {
      statusCode: 201,
      headers: { 'X-Count': 3, Location: '/here', 'Content-Length': '999' },
      cookies: ['a=1', 'b=2; HttpOnly'],
      body: 'made',
    };
    answer = () => ({ ok: true, payload });

    const answered = await call('/any');

    expect(answered).toMatchObject({ status: 201, body: 'made' });
    expect(answered.headers).toMatchObject({
      'x-count': '3',
      location: '/here',
      'set-cookie': ['a=1', 'b=2; HttpOnly'],
      'content-length': '4',
      'content-type': 'text/plain; charset=utf-8',
    });
  });

  it('in base64 becomes bytes', async () => {
    const body = Buffer.from('grüß').toString('base64');
    answer = () => ({ ok: true, payload: { statusCode: 200, body, isBase64Encoded: true } });

    expect(await call('/any')).toMatchObject({ body: 'grüß' });
  });

  it.each([
    [{ hello: 'you' }, '{"hello":"you"}'],
    ['plain', 'plain'],
    [null, 'null'],
  ])('without a status is the JSON of %j', async (payload, body) => {
    answer = () => ({ ok: true, payload });

    const answered = await call('/any');

    expect(answered).toMatchObject({ status: 200, body });
    expect(answered.headers['content-type']).toBe('application/json');
  });

  it('is 500 when the function failed or answered nonsense', async () => {
    const failed: InvocationResult = { ok: false, error: 'Error', cause: '{}' };
    const nonsense: InvocationResult = { ok: true, payload: { statusCode: 'ok' } };
    const statuses = [];
    for (const result of [failed, nonsense]) {
      answer = () => result;
      statuses.push(await call('/any'));
    }

    expect(statuses).toMatchObject([
      { status: 500, body: '{"message":"Internal Server Error"}' },
      { status: 500, body: '{"message":"Internal Server Error"}' },
    ]);
  });

  it('is 503 when it takes longer than the integration waits', async () => {
    answer = () => new Promise(() => undefined);

    expect(await call('/any')).toMatchObject({ status: 503, body: '{"message":"Service Unavailable"}' });
  });

  it('is work for the clock to wait for, and counted', async () => {
    let openDuring = 0;
    answer = () => {
      openDuring = open;
      return { ok: true, payload: null };
    };
    const before = meter.read().httpRequests;

    await call('/any');

    expect([openDuring, open, meter.read().httpRequests - before]).toEqual([1, 0, 1]);
  });
});

describe('a body over 10 MB', () => {
  it('is refused before any function sees it', async () => {
    const answered = await call('/any', 'POST', {}, 'x'.repeat(10 * 1024 * 1024 + 1));

    expect(answered).toMatchObject({ status: 413, body: '{"message":"Request Entity Too Large"}' });
    expect(called).toEqual([]);
  });
});
