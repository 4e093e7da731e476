import { gunzipSync } from 'node:zlib';
import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { ParkedStore } from '../adapters/forget-ports.ts';
import type { ForgetPorts, SalePorts } from '../adapters/ports.ts';
import type { SourcesSeen } from '../adapters/watch-ports.ts';
import { toInstant } from '../core/calendar.ts';
import { CANARY_SOURCE, type Instant } from '../core/ids.ts';
import { IntakeMessage } from '../core/intake.ts';
import { sourceNamed } from '../core/operations/canary.ts';
import { logTrouble, noteEvent } from '../middleware/log-line.ts';
import { measure } from '../middleware/measure.ts';
import { parseJson } from '../shops/json.ts';
import { shopOf } from '../shops/shop-of.ts';
import { createApply } from './apply-event.ts';
import { createPrivacy } from './privacy.ts';

type Ports = SalePorts & ForgetPorts & { parked: ParkedStore; seen: SourcesSeen };

/** More than any webhook has. */
const MOST_BYTES = 16_777_216;

/** Undefined for what was never compressed as it says. */
const bytesOf = ({ body, encoding }: IntakeMessage): Buffer | undefined => {
  if (encoding === 'text') return Buffer.from(body);
  try {
    return gunzipSync(Buffer.from(body, 'base64'), { maxOutputLength: MOST_BYTES });
  } catch {
    return undefined;
  }
};

const readMessage = (body: string): { message: IntakeMessage; bytes: Buffer } | undefined => {
  const parsed = parseJson(Buffer.from(body));
  const message = parsed.isJson ? IntakeMessage.safeParse(parsed.value).data : undefined;
  const bytes = message && bytesOf(message);
  return message === undefined || bytes === undefined ? undefined : { message, bytes };
};

/** SQS says when the message was sent: that is the time that arrives with the event. */
const sentAt = (record: SQSRecord): Instant => toInstant(Number(record.attributes.SentTimestamp));

/**
 * Takes verified webhooks from the queue: writes the guard row, starts the workflow or tells it. A message that cannot
 * be understood is parked at once; one that fails comes back alone, and after five times lies in the dead-letter queue.
 */
export const createHandler = (ports: Ports) => {
  const { config } = ports.settings;
  const apply = createApply(ports);
  const privacy = createPrivacy(ports);

  const park = async (
    record: SQSRecord,
    message: IntakeMessage | undefined,
    reason: string,
    body: string,
  ): Promise<void> => {
    const source = message?.source ?? 'unknown';
    await ports.parked.park({
      source,
      id: `${sentAt(record)}#${record.messageId}`,
      reason,
      topic: message?.topic,
      body,
      at: sentAt(record),
    });
    if (source !== CANARY_SOURCE)
      measure(sentAt(record), { values: { EventsParked: 1 }, details: { source } });
  };

  /** That a shop spoke is worth knowing, and worth no webhook. */
  const hear = async ({ source, receivedAt, isPulled }: IntakeMessage): Promise<void> => {
    if (source === CANARY_SOURCE || isPulled === true) return;
    try {
      await ports.seen.note(source, receivedAt);
    } catch (error) {
      logTrouble('source not noted', source, error, receivedAt);
    }
  };

  const take = async (record: SQSRecord): Promise<string> => {
    const read = readMessage(record.body);
    if (read === undefined) {
      await park(record, undefined, 'This is not a message of the intake queue.', record.body);
      return 'parked';
    }
    const { message, bytes } = read;
    const source = sourceNamed(config, message.source);
    const text = bytes.toString('utf8');
    if (source === undefined) {
      await park(record, message, `Source ${message.source} is no longer in aftercare.config.ts.`, text);
      return 'parked';
    }
    await hear(message);
    const parsed = parseJson(bytes);
    const { topic, deliveryId, receivedAt } = message;
    const translation = parsed.isJson
      ? shopOf(source.kind).translate({
          source: message.source,
          topic,
          deliveryId,
          body: parsed.value,
          receivedAt,
          testOrders: source.testOrders,
        })
      : { kind: 'parked' as const, reason: parsed.reason };
    if (translation.kind === 'ignored') return `ignored: ${translation.reason}`;
    if (translation.kind === 'parked') {
      await park(record, message, translation.reason, text);
      return 'parked';
    }
    if (translation.kind === 'privacy') {
      const applied = await privacy(translation.request, receivedAt);
      if (applied.kind === 'parked') await park(record, message, applied.reason, text);
      return applied.kind;
    }
    let did = 'nothing';
    for (const event of translation.events) {
      const applied = await apply(event, receivedAt);
      did = applied.kind;
      if (applied.kind === 'parked') await park(record, message, applied.reason, text);
    }
    return did;
  };

  return middy<SQSEvent, SQSBatchResponse>().handler(async ({ Records }) => {
    const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
    for (const record of Records) {
      try {
        noteEvent('took', { record: record.messageId, did: await take(record) });
      } catch (error) {
        logTrouble('message failed', record.messageId, error, sentAt(record));
        batchItemFailures.push({ itemIdentifier: record.messageId });
      }
    }
    return { batchItemFailures };
  });
};
