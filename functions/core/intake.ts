/** What travels through the intake queue: the verified bytes, not yet understood. */
import * as z from 'zod';
import { Instant, SourceName } from './ids.ts';

export const IntakeMessage = z.strictObject({
  v: z.literal(1),
  source: SourceName,
  topic: z.string().optional(),
  deliveryId: z.string().optional(),
  receivedAt: Instant,
  /** We asked the shop for it: no sign that its webhooks reach us. */
  isPulled: z.literal(true).optional(),
  /** The body as text, or gzip and base64 of it when it is large. */
  body: z.string(),
  encoding: z.literal(['text', 'gzip']),
});
export type IntakeMessage = z.output<typeof IntakeMessage>;
