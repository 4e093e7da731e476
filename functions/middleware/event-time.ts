import * as z from 'zod';
import { toEpochMs, toInstant } from '../core/calendar.ts';
import { Instant } from '../core/ids.ts';

const Http = z.object({ requestContext: z.object({ timeEpoch: z.number() }) });
const Queued = z.object({
  Records: z.tuple([z.object({ attributes: z.object({ SentTimestamp: z.coerce.number() }) })], z.unknown()),
});
const Task = z.object({ now: Instant });
const Scheduled = z.object({ time: Instant });

const Event = z.union([
  Http.transform(({ requestContext }) => requestContext.timeEpoch),
  Queued.transform(({ Records: [first] }) => first.attributes.SentTimestamp),
  Task.transform(({ now }) => toEpochMs(now)),
  Scheduled.transform(({ time }) => toEpochMs(time)),
]);

/** The time that came with what a Lambda was called with, also when it is wrong otherwise; undefined when it brought none. */
export const timeOf = (event: unknown): Instant | undefined => {
  const { data } = Event.safeParse(event);
  return data === undefined ? undefined : toInstant(data);
};
