/** What the queue says: which mails have come to lie in the archive, and when. */
import * as z from 'zod';
import { toEpochMs, toInstant } from '../core/calendar.ts';
import type { Instant } from '../core/ids.ts';
import { parseJson } from '../shops/json.ts';

export type Arrival = {
  /** Key in the archive. */
  key: string;
  /** When it arrived; the same however often the queue says so. */
  at: Instant;
};

const S3Event = z.object({
  Records: z.array(
    z.object({ eventTime: z.iso.datetime(), s3: z.object({ object: z.object({ key: z.string().min(1) }) }) }),
  ),
});

/** S3 writes keys as a form would. */
const plainKey = (key: string): string => decodeURIComponent(key.replaceAll('+', ' '));

/** Empty for S3's test message, which comes once when the bucket is made; undefined for what S3 never said. */
export const arrivalsIn = (body: string): Arrival[] | undefined => {
  const parsed = parseJson(Buffer.from(body));
  if (!parsed.isJson) return undefined;
  if (z.object({ Event: z.literal('s3:TestEvent') }).safeParse(parsed.value).success) return [];
  return S3Event.safeParse(parsed.value).data?.Records.map(({ eventTime, s3 }) => ({
    key: plainKey(s3.object.key),
    at: toInstant(toEpochMs(eventTime)),
  }));
};
