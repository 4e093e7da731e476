/** What a running Aftercare says of one sale, as `GET /_local/sales/<source>/<order id>` answers it. */
import * as z from 'zod';
import { Decision } from '../../functions/core/conversation/entries.ts';

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
    zone: Text,
    zoneFrom: Text,
  }),
  journal: z.array(z.looseObject({ at: z.string(), type: z.string() })).default([]),
  story: z.array(z.object({ at: z.string(), what: z.string() })).optional(),
  touches: z
    .array(
      z.object({
        message: z.string(),
        state: z.string(),
        at: z.string(),
        why: Decision.nullish(),
        because: Text,
      }),
    )
    .optional(),
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
