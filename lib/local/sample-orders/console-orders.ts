/** What the console's buttons call: POST /_local/console/orders and /_local/console/events. */
import * as z from 'zod';
import { jsonAnswer, type LocalAnswer, type LocalRequest } from '../http-api/exchange.ts';
import { SampleOrderMistake, type SampleOrders } from './sample-orders.ts';
import { TOLD_TYPES } from './sample-shop.ts';

const Text = z.string('expected text').min(1, 'expected text').max(200);

const PlaceOrder = z.strictObject({ source: Text, journey: Text });
const TellEvent = z.strictObject({
  source: Text,
  orderId: Text,
  type: z.literal([...TOLD_TYPES], `expected one of ${TOLD_TYPES.join(', ')}`),
});

const Json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue('expected JSON');
    return z.NEVER;
  }
});

const explain = (error: z.ZodError): string =>
  error.issues
    .map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`))
    .join('; ');

const problem = (status: number, error: string) => jsonAnswer(status, { error });

const answer = async <T>(
  body: Buffer,
  schema: z.ZodType<T>,
  example: string,
  act: (asked: T) => Promise<LocalAnswer>,
): Promise<LocalAnswer> => {
  const asked = Json.pipe(schema).safeParse(body.toString('utf8'));
  if (!asked.success) return problem(400, `${explain(asked.error)}. Send ${example}.`);
  try {
    return await act(asked.data);
  } catch (error) {
    if (error instanceof SampleOrderMistake) return problem(400, error.message);
    throw error;
  }
};

/** Undefined for a call that is not one of these. */
export const consoleOrders =
  (samples: SampleOrders) =>
  async ({ method, path, body }: LocalRequest): Promise<LocalAnswer | undefined> => {
    const isOrder = path === '/_local/console/orders';
    if (!isOrder && path !== '/_local/console/events') return undefined;
    if (method !== 'POST') return problem(405, `${path} takes POST only.`);
    return isOrder
      ? answer(body, PlaceOrder, '{"source":"shopify","journey":"goods"}', async (order) =>
          jsonAnswer(201, await samples.place(order)),
        )
      : answer(
          body,
          TellEvent,
          '{"source":"shopify","orderId":"…","type":"delivered"}',
          async (event): Promise<LocalAnswer> => {
            await samples.tell(event);
            return jsonAnswer(202, event);
          },
        );
  };
