/** What a running Aftercare says of one sale, as `GET /_local/sales/<source>/<order id>` answers it. */
import * as z from 'zod';

const Text = z.string().nullish();

export const SaleReport = z.object({
  sale: z.object({
    id: z.string(),
    status: z.string(),
    outcome: Text,
    journey: Text,
    item: Text,
    owner: Text,
    checkIn: z.object({ at: z.string(), because: z.string() }).nullish(),
  }),
  journal: z.array(z.looseObject({ at: z.string(), type: z.string() })).default([]),
  story: z.array(z.object({ at: z.string(), what: z.string() })).optional(),
  promises: z
    .array(
      z.object({
        id: z.string(),
        kind: Text,
        status: z.string(),
        level: z.number().nullish(),
        strikes: z.number().nullish(),
        owner: Text,
        dueAt: Text,
        closedAt: Text,
      }),
    )
    .default([]),
  executions: z
    .array(
      z.object({
        machine: z.string(),
        name: z.string(),
        status: z.string(),
        state: Text,
        transitions: z.number().nullish(),
      }),
    )
    .default([]),
});
export type SaleReport = z.output<typeof SaleReport>;
