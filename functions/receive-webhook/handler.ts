import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { IntakeQueue, Secrets, Settings } from '../adapters/ports.ts';
import { toInstant } from '../core/calendar.ts';
import { CANARY_SOURCE } from '../core/ids.ts';
import type { IntakeMessage } from '../core/intake.ts';
import { sourceNamed } from '../core/operations/canary.ts';
import type { Source } from '../core/source.ts';
import { bodyBytes } from '../middleware/form.ts';
import { jsonHeaders } from '../middleware/json-headers.ts';
import { logLine } from '../middleware/log-line.ts';
import { measure } from '../middleware/measure.ts';
import { parseJson } from '../shops/json.ts';
import { packed } from '../shops/packed.ts';
import { senderOf } from '../shops/sender-of.ts';
import type { SignedRequest } from '../shops/shop.ts';

const MOST_BYTES = 1_048_576;

type Ports = { settings: Pick<Settings, 'config'>; secrets: Secrets; queue: IntakeQueue };

const answer = (statusCode: number, body: Record<string, unknown>): APIGatewayProxyStructuredResultV2 => ({
  statusCode,
  headers: jsonHeaders(),
  body: JSON.stringify(body),
});

const tooLarge = () => answer(413, { error: 'A webhook may be 1 MB at most, and 175 kB when compressed.' });

/** Signed, but without the id that its signature covers: the sender's mistake, and one they can mend. */
const lacksId = (kind: Source['kind'], headers: APIGatewayProxyEventV2['headers']): boolean =>
  kind === 'standard' && headers['webhook-signature'] !== undefined && headers['webhook-id'] === undefined;

/** Undefined for what no queue takes. */
const messageOf = (
  source: string,
  kind: Source['kind'],
  { headers, body, receivedAt }: SignedRequest,
): IntakeMessage | undefined => {
  const parcel = packed(body);
  if (parcel === undefined) return undefined;
  const { topic, deliveryId } = senderOf(kind).describe(headers);
  return {
    v: 1,
    source,
    ...(topic === undefined ? {} : { topic }),
    ...(deliveryId === undefined ? {} : { deliveryId }),
    receivedAt: toInstant(receivedAt),
    ...parcel,
  };
};

/** Verifies who sent it, makes it durable, says so. Understanding it is the consumer's job. */
export const createHandler = ({ settings, secrets, queue }: Ports) =>
  middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(
      logLine<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>((event, result) => ({
        source: event.pathParameters?.['source']?.slice(0, 40),
        status: result?.statusCode,
      })),
    )
    .handler(async (event) => {
      const name = event.pathParameters?.['source'] ?? '';
      const source = sourceNamed(settings.config, name);
      if (source === undefined)
        return answer(404, { error: 'There is no such source. Sources are named in aftercare.config.ts.' });
      const body = bodyBytes(event);
      if (body.length > MOST_BYTES) return tooLarge();
      const sender = senderOf(source.kind);
      const receivedAt = event.requestContext.timeEpoch;
      const request = { headers: event.headers, body, receivedAt };
      if (sender.isPing(request)) return answer(200, { received: 'ping' });
      if (lacksId(source.kind, event.headers))
        return answer(400, { error: 'The webhook-id header is missing.' });
      if (!sender.isSigned(request, await secrets.of(name, receivedAt))) {
        if (name !== CANARY_SOURCE)
          measure(toInstant(receivedAt), { values: { WebhooksRefused: 1 }, details: { source: name } });
        return answer(401, { error: 'Not signed by this source.' });
      }
      const parsed = parseJson(body);
      if (!parsed.isJson) return answer(400, { error: `Expected JSON: ${parsed.reason}.` });
      const message = messageOf(name, source.kind, request);
      if (message === undefined) return tooLarge();
      await queue.send(JSON.stringify(message));
      return answer(200, { received: true });
    });
