/** What a dead letter is about, without anything personal in it: kinds, sources, ids. */
import { gunzipSync } from 'node:zlib';
import type { Configuration } from '../../../functions/core/configuration.ts';
import { IntakeMessage } from '../../../functions/core/intake.ts';
import { ForgetTask } from '../../../functions/core/privacy/request.ts';
import { readMailEvent } from '../../../functions/hear-of-mail/mail-event.ts';
import { arrivalsIn } from '../../../functions/receive-mail/arrivals.ts';
import { parseJson } from '../../../functions/shops/json.ts';
import { shopOf } from '../../../functions/shops/shop-of.ts';

const jsonOf = (text: string): unknown => {
  const parsed = parseJson(Buffer.from(text));
  return parsed.isJson ? parsed.value : undefined;
};

const bytesOf = ({ body, encoding }: IntakeMessage): Buffer =>
  encoding === 'gzip' ? gunzipSync(Buffer.from(body, 'base64')) : Buffer.from(body);

const aboutWebhook = (config: Configuration, body: string): string | undefined => {
  const message = IntakeMessage.safeParse(jsonOf(body)).data;
  if (message === undefined) return undefined;
  const { source, topic, deliveryId, receivedAt } = message;
  const kind = config.sources[source]?.kind;
  if (kind === undefined) return `a webhook of ${source}, which is no source in aftercare.config.ts`;
  const parsed = parseJson(bytesOf(message));
  if (!parsed.isJson) return `a webhook of ${source}: no JSON`;
  const webhook = {
    source,
    topic,
    deliveryId,
    receivedAt,
    body: parsed.value,
    testOrders: 'accept' as const,
  };
  const told = shopOf(kind).translate(webhook);
  if (told.kind !== 'events') return `a webhook of ${source}: ${topic ?? 'no topic'} (${told.kind})`;
  return told.events.map(({ type, orderId }) => `${type} ${source}/${orderId}`).join(', ');
};

const aboutMail = (body: string): string | undefined => {
  const arrivals = arrivalsIn(body);
  if (arrivals === undefined) return undefined;
  return arrivals.length === 0
    ? 'the test message of S3'
    : `a mail: ${arrivals.map(({ key }) => key).join(', ')}`;
};

const aboutMailEvent = (body: string): string | undefined => {
  const event = readMailEvent(body);
  return event === undefined ? undefined : `${event.kind} of our mail ${event.messageId}`;
};

const aboutForgetting = (body: string): string | undefined => {
  const task = ForgetTask.safeParse(jsonOf(body)).data;
  if (task === undefined) return undefined;
  const whom = task.kind === 'sale' ? `the customer of ${task.sale}` : `by ${task.kind}`;
  return `forgetting ${whom}, receipt ${task.receipt}`;
};

type About = (config: Configuration, body: string) => string | undefined;

const BY_QUEUE: Readonly<Record<string, About>> = {
  intake: aboutWebhook,
  mails: (_config, body) => aboutMail(body),
  'mail-events': (_config, body) => aboutMailEvent(body),
  forget: (_config, body) => aboutForgetting(body),
};

/** Whatever is broken in it must not keep it from being shown. */
export const describeLetter = (config: Configuration, queue: string, body: string): string => {
  const size = `${Buffer.byteLength(body)} bytes`;
  try {
    const about = BY_QUEUE[queue]?.(config, body);
    return about ?? `not a message of this queue (${size})`;
  } catch {
    return `broken (${size})`;
  }
};
