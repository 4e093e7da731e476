/**
 * What another system of the shop may ask: the signed body of POST /promises. Strict, because a field we would pass over
 * is a promise somebody believes to have made. Published as docs/schemas/promise-request.schema.json.
 */
import * as z from 'zod';
import { toEpochMs, toInstant } from '../core/calendar.ts';
import { OrderId, SourceName } from '../core/ids.ts';
import { PromiseKind, Severity } from '../core/promises/entries.ts';

const moment = z.iso
  .datetime({ offset: true, error: 'expected a time such as "2026-11-27T15:00:00+01:00"' })
  .transform((text) => toInstant(toEpochMs(text)))
  .meta({ id: 'Moment', description: 'ISO 8601 with seconds and Z or an offset.' });

/** At four bytes a letter still within what the journal takes. */
const MOST_LETTERS = 2500;

const words = (description: string, most = MOST_LETTERS) =>
  z
    .string('expected text')
    .trim()
    .min(1, 'expected text, or leave it out')
    .max(most, `expected at most ${most} letters`)
    .meta({ description });

const staffId = (description: string) =>
  z
    .string('expected the id of a member of staff')
    .regex(/^[a-z][a-z0-9-]{0,39}$/, 'expected the id of a member of staff, as "ana"')
    .meta({ description });

const order = z
  .union(
    [
      z.strictObject({ source: SourceName, id: z.union([OrderId, z.int().min(0)]).transform(String) }),
      z
        .string()
        .max(250)
        .regex(/^[a-z][a-z0-9-]*\/\S+$/)
        .transform((text) => {
          const slash = text.indexOf('/');
          return { source: text.slice(0, slash), id: text.slice(slash + 1) };
        })
        .pipe(z.object({ source: SourceName, id: OrderId })),
    ],
    'expected {"source": "standard", "id": "1001"} or "standard/1001"',
  )
  .meta({ id: 'Order', description: 'The order it is owed to, as its shop announced it.' });

const PROMISE = 'expected the id of a promise, as "call-1"';
const promise = z
  .string(PROMISE)
  .regex(/^(call|visit|answer|resolve)-\d{1,6}$/, PROMISE)
  .meta({ description: 'The id this API or a mail to staff named it by.' });

const window = {
  from: moment.meta({ description: 'From when the customer waits.' }),
  to: moment.meta({ description: 'Until when; at most 12 hours later.' }),
  provider: staffId('Who goes there. Left out: whoever owes it, or went last time.').optional(),
  place: words('Where, when not at the address the customer knows.', 300).optional(),
};

const due = moment.meta({
  description: "By when it is owed. Left out: the time the shop's policy gives, in working hours.",
});

const promiseOf = { order, promise };

export const PromiseRequest = z
  .discriminatedUnion(
    'type',
    [
      z
        .strictObject({
          type: z.literal('promise.create'),
          order,
          kind: z
            .literal([...PromiseKind.values], 'expected call, visit, answer or resolve')
            .meta({ description: 'A visit without `visit` begins with agreeing on a time.' }),
          due: due.optional(),
          says: words('What was promised; the customer reads it.').optional(),
          owner: staffId("Who owes it. Left out: the sale's owner.").optional(),
          severity: z
            .literal([...Severity.values], 'expected normal, high or urgent')
            .optional()
            .meta({ description: '`high`: by phone, not by mail. `urgent`: outside working hours too.' }),
          visit: z
            .strictObject({ ...window, bring: words('What the provider brings.', 500).optional() })
            .optional()
            .meta({ description: 'The first booking of a visit.' }),
        })
        .superRefine((asked, ctx) => {
          if (asked.visit === undefined) return;
          const issue = (path: string, message: string) =>
            ctx.addIssue({ code: 'custom', path: [path], message });
          if (asked.kind !== 'visit') issue('visit', 'expected only with kind "visit"');
          if (asked.due !== undefined)
            issue('due', 'expected no due time beside `visit`: its window says when');
        }),
      z
        .strictObject({
          type: z.literal('promise.reschedule'),
          ...promiseOf,
          due: due.optional(),
          visit: z.strictObject(window).optional().meta({ description: 'A new time for the visit.' }),
          reason: words('Why; the customer reads it. Only with `due`.').optional(),
        })
        .superRefine((asked, ctx) => {
          const issue = (path: string, message: string) =>
            ctx.addIssue({ code: 'custom', path: [path], message });
          if ((asked.due === undefined) === (asked.visit === undefined))
            issue('due', 'expected either `due` or `visit`');
          else if (asked.visit !== undefined && asked.reason !== undefined)
            issue('reason', 'expected only with `due`: a new visit is confirmed as it stands');
        })
        .meta({ oneOf: [{ required: ['due'] }, { required: ['visit'] }] }),
      z.strictObject({
        type: z.literal('promise.hand-over'),
        ...promiseOf,
        to: staffId('Who owes it from now on.'),
        note: words('For them; the customer does not see it.').optional(),
      }),
      z.strictObject({
        type: z.literal('promise.cancel'),
        ...promiseOf,
        reason: words('Why nothing is owed any more; the customer reads it.'),
      }),
      z.strictObject({
        type: z.literal('staff.left'),
        staff: staffId('Who works here no more, or not for long.'),
        to: staffId('Who takes over everything they owe.'),
      }),
    ],
    'expected promise.create, promise.reschedule, promise.hand-over, promise.cancel or staff.left',
  )
  .meta({
    title: 'A request to Aftercare about a promise',
    description: 'The signed body of POST /promises.',
  });
export type PromiseRequest = z.output<typeof PromiseRequest>;
export type RequestOf<T extends PromiseRequest['type']> = Extract<PromiseRequest, { type: T }>;
