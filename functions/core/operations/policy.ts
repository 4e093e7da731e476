/** What ops may set: whom alarms reach, what counts as in time, what an estimate of word of mouth is made of. */
import * as z from 'zod';

/** How many people hear of it, at least and at most; negative when what they hear is bad. */
const Told = z
  .tuple([z.number().min(-100).max(100), z.number().min(-100).max(100)])
  .refine(([low, high]) => low <= high, 'the lower number first, as [-30, -10]');

export const Operations = z
  .strictObject({
    /** Mailboxes that get every alarm; each must confirm once. */
    alarmEmails: z.array(z.email()).max(20).default([]),
    /** A synthetic sale each hour, from webhook to end; about a dollar a month. */
    canary: z.boolean().default(true),
    /** Where docs/runbook.md can be read; alarms link to its sections. */
    runbook: z.string().min(1).max(300).default('docs/runbook.md'),
    /** The first contact by a person is in time when it comes so many hours after its planned day at the latest. */
    contactWithinHours: z.number().positive().max(240).default(24),
    /** Percent of sales with a contact in time, below which an alarm goes off. */
    coverageFloor: z.number().min(0).max(100).default(98),
    /** How many people hear of one sale that ended so: an estimate, shown as a range. Silence is unknown, never happy. */
    wordOfMouth: z
      .strictObject({
        delighted: Told.default([1, 10]),
        content: Told.default([0, 2]),
        recovered: Told.default([1, 2]),
        unhappy: Told.default([-30, -10]),
        silent: Told.default([-10, 0]),
      })
      .prefault({}),
  })
  .prefault({});
export type Operations = z.output<typeof Operations>;
