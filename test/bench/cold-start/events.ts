/** What each function is called with, so that it goes at least as far as its first calls to AWS. */
import { createHmac } from 'node:crypto';

const NOW = '2026-03-02T09:00:00.000Z';
const NOW_MS = 1_772_442_000_000;
const TOKEN = 'a'.repeat(32);

const seconds = { use: 60, answer: 60, again: 60, promise: 60, review: 60 };
const step = { now: NOW, retry: 0, plan: { v: 1, saleId: 'standard/1001', round: 1, seconds } };
const promise = {
  v: 1,
  saleId: 'standard/1001',
  promise: 'call-1',
  turn: 1,
  seconds: { owner: 60, ask: 60, again: 60 },
};
const ofPromise = { now: NOW, retry: 0, plan: promise };

const http = (method: string, path: string, more: object = {}) => ({
  version: '2.0',
  routeKey: `${method} ${path}`,
  rawPath: path,
  rawQueryString: '',
  headers: {},
  requestContext: { timeEpoch: NOW_MS, http: { method, path } },
  isBase64Encoded: false,
  ...more,
});
const page = (path: string) => http('GET', `${path}/${TOKEN}`, { pathParameters: { token: TOKEN } });
const desk = (path: string) => http('GET', path, { cookies: [`__Host-desk=${TOKEN}`, `desk=${TOKEN}`] });

const ORDER = '{"id":1001}';
const webhook = http('POST', '/webhooks/shopify', {
  pathParameters: { source: 'shopify' },
  headers: {
    'x-shopify-topic': 'orders/paid',
    'x-shopify-event-id': 'e1',
    'x-shopify-hmac-sha256': createHmac('sha256', 'local-secret').update(ORDER).digest('base64'),
  },
  body: ORDER,
});

const queued = (body: unknown) => ({
  Records: [
    {
      messageId: 'm1',
      body: JSON.stringify(body),
      attributes: { SentTimestamp: String(NOW_MS), ApproximateReceiveCount: '1' },
    },
  ],
});
const order = {
  v: 1,
  source: 'standard',
  receivedAt: NOW,
  encoding: 'text',
  body: JSON.stringify({
    type: 'order.paid',
    timestamp: NOW,
    data: { id: '1001', customer: { email: 'a@b.example' }, items: [{ title: 'Bike' }], paidAt: NOW },
  }),
};
const bounce = { eventType: 'Bounce', mail: { messageId: 'm1' }, bounce: { bounceType: 'Permanent' } };
const forget = { v: 1, kind: 'shop', receipt: 'r1', by: 'owner', at: NOW, eventId: 'e1', source: 'standard' };
const arrived = {
  Records: [{ s3: { bucket: { name: 'mails' }, object: { key: 'mail/1' } }, eventTime: NOW }],
};
const scheduled = { time: NOW };

type Call = { event: unknown; audience?: 'customer' | 'staff' };

/** Functions that are left out answer nobody: they guard a deployment or fly once an hour. */
export const CALLS: Readonly<Record<string, Call>> = {
  'receive-webhook': { event: webhook },
  'start-follow-up': { event: queued(order) },
  'wait-for-day': { event: { ...step, token: 'token', position: 'use' } },
  'ask-customer': { event: { ...step, token: 'token', position: 'ask' } },
  'receive-reply': { event: page('/r') },
  'make-promise': { event: { ...step, token: 'token', from: 'answer' } },
  'keep-promise': { event: { ...ofPromise, token: 'token', position: 'owner' } },
  'act-on-promise': { event: page('/p'), audience: 'staff' },
  'receive-verdict': { event: page('/s') },
  'raise-promise': { event: { ...ofPromise, because: 'overdue' } },
  'assume-kept': { event: ofPromise },
  'ask-for-review': { event: step },
  'stop-asking': { event: page('/u') },
  'receive-promise': { event: http('GET', '/promises', { body: '' }) },
  'staff-desk': { event: desk('/desk') },
  'read-mail': { event: desk('/desk/mails/sale/standard/1001/x') },
  'receive-mail': { event: queued(arrived) },
  'hear-of-mail': { event: queued(bounce) },
  'forget-person': { event: queued(forget) },
  sweep: { event: scheduled },
  watch: { event: scheduled },
  'wake-held': { event: scheduled },
};

const NONE = '000000000000';

export const environment = (awsUrl: string, folder: string, name: string): Record<string, string> => ({
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
  AWS_SESSION_TOKEN: 'bench',
  AWS_ENDPOINT_URL: awsUrl,
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_LAMBDA_FUNCTION_NAME: name,
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  POWERTOOLS_LOG_LEVEL: 'SILENT',
  LAMBDA_TASK_ROOT: folder,
  SALES_TABLE: 'sales',
  LINKS_TABLE: 'links',
  PARKED_TABLE: 'parked',
  PAGES_TOPIC_ARN: `arn:aws:sns:eu-west-1:${NONE}:pages`,
  INTAKE_QUEUE_URL: `${awsUrl}/${NONE}/intake`,
  FORGET_QUEUE_URL: `${awsUrl}/${NONE}/forget`,
  MAIL_BUCKET: 'mails',
  SECRETS_ID: 'shop/sources',
  SHOP_CREDENTIALS_ID: 'shop/credentials',
  FOLLOW_UP_ARN: `arn:aws:states:eu-west-1:${NONE}:stateMachine:FollowUp:live`,
  PROMISE_ARN: `arn:aws:states:eu-west-1:${NONE}:stateMachine:Promise:live`,
  CONFIGURATION_SET: 'mail',
  PUBLIC_URL: 'https://care.corner.example',
});
