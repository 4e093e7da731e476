import { beforeEach, describe, expect, it } from 'vitest';
import type { CloudWatch } from '../../../lib/local/cloudwatch/cloudwatch.ts';
import { createContract, type EmailFilter } from '../../../lib/local/contract/contract.ts';
import { isLoopback, refusalOf } from '../../../lib/local/contract/guard.ts';
import type { LocalRequest } from '../../../lib/local/http-api/exchange.ts';
import { createMeter } from '../../../lib/local/meter.ts';

const NOW = Date.parse('2026-03-05T09:00:00.000Z');

let now: number;
let filters: EmailFilter[];
let received: string[];

let caughtUp: number;
let asked: unknown[];

const ALARM = { name: 'Errors', state: 'OK' as const, since: NOW, reason: 'none', description: 'Look.' };

const cloudWatch: CloudWatch = {
  alarms: async () => [ALARM],
  alarmChanges: async (name) => (name === 'Errors' ? [] : undefined),
  dashboards: () => [{ name: 'Business', widgets: 2 }],
  board: async (name, rangeMs) =>
    name === 'Business' ? { name, from: now - rangeMs, to: now, widgets: [] } : undefined,
  series: async (...request) => {
    asked.push(request);
    return [undefined, 5];
  },
  catchUp: async () => {
    caughtUp += 1;
  },
};

const contract = createContract({
  time: {
    now: () => now,
    busy: () => () => undefined,
    advanceTo: async (target) => {
      now = target;
      return { now, fired: 2 };
    },
  },
  mailbox: {
    list: async (filter) => {
      filters.push(filter);
      return [{ id: 'm1' }];
    },
    receive: async (raw, to) => {
      received.push(raw.toString(), ...(to ?? []));
      return { id: 'in1' };
    },
  },
  executions: ({ status }) => [{ name: 'e1', status: status ?? 'any' }],
  meter: createMeter(),
  cloudWatch,
  stack: {
    awsUrl: 'http://127.0.0.1:8788',
    parts: [{ logicalId: 'QueueA', type: 'AWS::SQS::Queue', id: 'http://127.0.0.1:8788/0/QueueA' }],
  },
  sales: {
    describe: async (source, orderId) =>
      orderId === 'no/1' ? { sale: { id: `${source}#${orderId}` } } : undefined,
    list: async () => [{ id: 'all' }],
  },
  console: async ({ path }) =>
    path === '/' || path === '/_local/console/clock'
      ? { status: 200, headers: { 'content-type': 'text/html' }, body: `page ${path}` }
      : undefined,
});

beforeEach(() => {
  now = NOW;
  filters = [];
  received = [];
  caughtUp = 0;
  asked = [];
});

const requestOf = (line: string, body = '', headers: LocalRequest['headers'] = {}): LocalRequest => {
  const [method = '', target = ''] = line.split(' ');
  const [path = '', query = ''] = target.split('?');
  const base = {
    method,
    path,
    query,
    headers,
    headersDistinct: {},
    sourceIp: '127.0.0.1',
    protocol: 'HTTP/1.1',
  };
  return { ...base, body: Buffer.from(body) };
};

const call = async (line: string, body?: string) => {
  const answer = await contract(requestOf(line, body));
  return { status: answer.status, body: JSON.parse(answer.body.toString()) };
};

it('tells which parts the stack has and where they answer', async () => {
  expect(await call('GET /_local/stack')).toEqual({
    status: 200,
    body: {
      awsUrl: 'http://127.0.0.1:8788',
      parts: [{ logicalId: 'QueueA', type: 'AWS::SQS::Queue', id: 'http://127.0.0.1:8788/0/QueueA' }],
    },
  });
  expect(await call('POST /_local/stack')).toMatchObject({ status: 405 });
});

describe('the clock', () => {
  it.each([
    ['{"advance":"P3D"}', '2026-03-08T09:00:00.000Z'],
    ['{"advance":"PT90M"}', '2026-03-05T10:30:00.000Z'],
    ['{"advance":"P1W"}', '2026-03-12T09:00:00.000Z'],
    ['{"advance":"P1M"}', '2026-04-05T09:00:00.000Z'],
    ['{"to":"2026-03-05T12:00:00+02:00"}', '2026-03-05T10:00:00.000Z'],
    ['{"to":"2026-03-05T09:00:00Z"}', '2026-03-05T09:00:00.000Z'],
  ])('moves by %s', async (body, expected) => {
    expect(await call('POST /_local/clock', body)).toEqual({
      status: 200,
      body: { now: expected, fired: 2 },
    });
    expect(await call('GET /_local/clock')).toEqual({ status: 200, body: { now: expected } });
  });

  it.each([
    ['', 'Send {"advance":"P3D"}'],
    ['[]', 'Send {"advance":"P3D"}'],
    ['{"advance":3}', 'Send {"advance":"P3D"}'],
    ['{"advance":"P1D","to":"2027-01-01T00:00:00Z"}', 'Send {"advance":"P3D"}'],
    ['{"advance":"3 days"}', '"3 days" is not an ISO 8601 duration. Write P3D for three days'],
    ['{"advance":"-P1D"}', 'only moves forward; 2026-03-04T09:00:00.000Z is in the past'],
    ['{"to":"2026-03-05"}', '"2026-03-05" is not an instant. Write it with its offset'],
    ['{"to":"2026-03-05T08:00:00Z"}', 'The clock stands at 2026-03-05T09:00:00.000Z and only moves forward'],
  ])('does not move by %s and says why', async (body, message) => {
    const answer = await call('POST /_local/clock', body);

    expect(answer.status).toBe(400);
    expect(answer.body.error).toContain(message);
    expect(now).toBe(NOW);
  });
});

describe('alarms, metrics and dashboards', () => {
  it.each([
    ['alarms', [ALARM]],
    ['alarms/Errors', []],
    ['dashboards', [{ name: 'Business', widgets: 2 }]],
    ['dashboards/Business?range=PT3H', { name: 'Business', from: NOW - 10_800_000, to: NOW, widgets: [] }],
    ['dashboards/Business', { name: 'Business', from: NOW - 86_400_000, to: NOW, widgets: [] }],
  ])('answer %s', async (path, body) => {
    expect(await call(`GET /_local/${path}`)).toEqual({ status: 200, body });
  });

  it('give one series on the grid of its period', async () => {
    const range = 'from=2026-03-05T08:02:00Z&to=2026-03-05T08:08:00Z';

    const answer = await call(
      `GET /_local/metrics?namespace=A&name=B&dimensions=c=d=e,f=g&stat=p90&period=300&${range}`,
    );

    const from = NOW - 3_600_000;
    const metric = { namespace: 'A', name: 'B', dimensions: { c: 'd=e', f: 'g' } };
    expect(asked).toEqual([[metric, { percent: 90 }, { from, periodMs: 300_000, slots: 2 }]]);
    expect(answer.body).toEqual({ label: 'B', points: [[from + 300_000, 5]] });
  });

  it.each([
    ['alarms/None', 404, 'There is no alarm None'],
    ['dashboards/None', 404, 'There is no dashboard None'],
    ['dashboards/Business?range=a+week', 400, 'is not an ISO 8601 duration'],
    ['metrics', 400, 'namespace is missing'],
    ['metrics?namespace=A&name=B&from=now&to=later', 400, 'from=now is not an instant'],
    ['metrics?namespace=A&name=B&from=2026-01-01T00:00Z&to=2026-01-02T00:00Z&stat=x', 400, 'stat=x is none'],
    ['metrics?namespace=A&name=B&from=2026-01-02T00:00Z&to=2026-01-01T00:00Z', 400, 'to being the later'],
  ])('say what is wrong with %s', async (path, status, message) => {
    const answer = await call(`GET /_local/${path}`);

    expect(answer.status).toBe(status);
    expect(answer.body.error).toContain(message);
  });

  it('have had their say about a move of the clock, and before pages are shown', async () => {
    await call('POST /_local/clock', '{"advance":"P1D"}');
    const afterMove = caughtUp;
    await call('GET /_local/pages');

    expect([afterMove, caughtUp]).toEqual([1, 2]);
  });
});

describe('the other calls', () => {
  it('health says that it is ready and what time it is', async () => {
    expect(await call('GET /_local/health')).toEqual({
      status: 200,
      body: { ready: true, now: '2026-03-05T09:00:00.000Z' },
    });
  });

  it('emails are found by recipient and time', async () => {
    const answer = await call('GET /_local/emails?to=ann%40example.com&since=2026-03-01T00:00:00Z');

    expect(answer).toEqual({ status: 200, body: [{ id: 'm1' }] });
    expect(filters).toEqual([{ to: 'ann@example.com', since: '2026-03-01T00:00:00Z' }]);
  });

  it('emails of a time that is none are refused', async () => {
    expect(await call('GET /_local/emails?since=monday')).toMatchObject({ status: 400 });
    expect(filters).toEqual([]);
  });

  it('a mail that is posted arrives', async () => {
    const answer = await call('POST /_local/emails', 'From: ann@example.com\r\n\r\nThanks');

    expect(answer).toEqual({ status: 202, body: { id: 'in1' } });
    expect(received).toEqual(['From: ann@example.com\r\n\r\nThanks']);
  });

  it('a mail that is posted arrives at whom the caller names', async () => {
    await call('POST /_local/emails?to=a%40reply.example&to=b%40reply.example', '\r\n\r\nThanks');

    expect(received).toEqual(['\r\n\r\nThanks', 'a@reply.example', 'b@reply.example']);
  });

  it('an empty mail is refused', async () => {
    expect(await call('POST /_local/emails')).toMatchObject({ status: 400 });
  });

  it('executions are found by status', async () => {
    expect(await call('GET /_local/executions?status=RUNNING')).toMatchObject({
      body: [{ status: 'RUNNING' }],
    });
    expect(await call('GET /_local/executions')).toMatchObject({ body: [{ status: 'any' }] });
  });

  it('the meter is read', async () => {
    expect(await call('GET /_local/meter')).toMatchObject({
      status: 200,
      body: { stateTransitions: 0, mails: 0 },
    });
  });

  it.each(['no%2F1', 'no/1'])('a sale is found by its order id, written %s', async (orderId) => {
    expect(await call(`GET /_local/sales/woo/${orderId}`)).toEqual({
      status: 200,
      body: { sale: { id: 'woo#no/1' } },
    });
  });

  it('a sale that is not there is named in the answer', async () => {
    const answer = await call('GET /_local/sales/woo/42');

    expect(answer.status).toBe(404);
    expect(answer.body.error).toContain('There is no sale 42 from woo.');
  });

  it('all sales are listed', async () => {
    expect(await call('GET /_local/sales')).toEqual({ status: 200, body: [{ id: 'all' }] });
  });

  it.each([
    ['GET /_local/nothing', 404],
    ['GET /_local/health/more', 404],
    ['GET /_local/constructor', 404],
    ['DELETE /_local/emails', 405],
    ['POST /_local/meter', 405],
    ['GET /_local/console/none', 404],
  ])('%s is refused with %i and what there is', async (line, status) => {
    const answer = await call(line);

    expect(answer.status).toBe(status);
    expect(answer.body.error).toEqual(expect.any(String));
  });

  it.each(['/', '/_local/console/clock'])('%s is a page of the console', async (path) => {
    const answer = await contract(requestOf(`GET ${path}`));

    expect(answer).toMatchObject({ status: 200, body: `page ${path}` });
  });
});

describe('who may call', () => {
  const refusal = (line: string, headers: LocalRequest['headers'], boundTo = '127.0.0.1') =>
    refusalOf(requestOf(line, '', headers), boundTo);

  it.each([
    ['a shell', 'POST /_local/clock', { host: 'localhost:8787' }],
    ['the console itself', 'POST /_local/clock', { host: 'localhost:8787', origin: 'http://localhost:8787' }],
    ['a reader by number', 'GET /_local/emails', { host: '127.0.0.1:8787', origin: 'https://shop.example' }],
    ['a reader by IPv6', 'GET /_local/emails', { host: '[::1]:8787' }],
  ])('%s may', (_who, line, headers) => {
    expect(refusal(line, headers)).toBeUndefined();
  });

  it.each([
    ['another site', { host: 'localhost:8787', origin: 'https://evil.example' }],
    ['another port of this machine', { host: 'localhost:8787', origin: 'http://localhost:3000' }],
    ['a page without an origin', { host: 'localhost:8787', origin: 'null' }],
  ])('%s may not change anything', (_who, headers) => {
    expect(refusal('POST /_local/clock', headers)).toContain('may not change anything here');
  });

  it.each(['localhost', 'LOCALHOST:1', 'x.localhost', '127.1.2.3:80', '[::1]:80', '::1'])(
    '%s is this machine',
    (host) => {
      expect(isLoopback(host)).toBe(true);
    },
  );

  it.each(['localhost.evil.example', '0.0.0.0', '192.168.0.2:80', '[fd00::1]:80', 'fd00::1', ''])(
    '%s is not this machine alone',
    (host) => {
      expect(isLoopback(host)).toBe(false);
    },
  );

  it('a name that was pointed at this machine may not even read', () => {
    expect(refusal('GET /_local/emails', { host: 'evil.example:8787' })).toContain('for this machine only');
    expect(refusal('GET /_local/emails', { host: 'shop.lan:8787' }, '0.0.0.0')).toBeUndefined();
  });
});
