/** The shop's policy: the one file a shop edits. Checked when it is written, at synth and before the runtime starts. */
import * as z from 'zod';
import { Day, type Delay, WeeklyHours, Zone } from './calendar.ts';
import { CANARY_SOURCE, SourceName } from './ids.ts';
import { Journey } from './journey.ts';
import { Level } from './level.ts';
import { Operations } from './operations/policy.ts';
import { Source } from './source.ts';

const StaffId = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'a short lower-case id as `ana`');
const Text = z.string().trim().min(1).max(300);
const DomainName = z
  .string()
  .regex(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/, 'a domain as reply.shop.example');

export const Member = z.strictObject({
  id: StaffId,
  name: Text,
  email: z.email(),
  /** The direct line that stands under every mail this person signs. */
  phone: Text,
  title: Text.optional(),
  level: Level,
  /** Somebody who is away or has left signs nothing and owns nothing new. */
  isActive: z.boolean().default(true),
  /** Days off, first and last included, in the shop's zone: somebody else signs and owns meanwhile. */
  away: z
    .array(
      z
        .strictObject({ from: Day, to: Day })
        .refine(({ from, to }) => from <= to, 'the last day must not be before the first'),
    )
    .default([]),
  /** Who goes in their place when a visit has failed twice. */
  backup: StaffId.optional(),
});
export type Member = z.output<typeof Member>;

/** Which orders a journey is for; every condition that is given must hold, text compares without case. */
const Choice = z.strictObject({
  journey: z.string(),
  when: z
    .strictObject({
      productType: Text.optional(),
      sku: Text.optional(),
      title: Text.optional(),
      tag: Text.optional(),
      source: SourceName.optional(),
      /** Major units, as 500 for $500. */
      amountFrom: z.number().nonnegative().optional(),
    })
    .refine(
      (when) => Object.keys(when).length > 0,
      'at least one condition; for "all others" use `otherwise`',
    ),
});

const PromisePolicy = z.strictObject({
  /** Working hours until an untouched promise goes up a level. */
  answerHours: z.number().positive().max(200),
  /** Working hours until a promise somebody took must be done. */
  keepHours: z.number().positive().max(400),
  /** Working hours until an untouched urgent one goes up a level. */
  urgentHours: z.number().positive().max(48).default(1),
});
export type PromisePolicy = z.output<typeof PromisePolicy>;

/** An execution may run for a year, and half a year of it belongs to a promise. */
const LONGEST_JOURNEY_DAYS = 150;

const daysOf = (delay: Delay, openDays: number): number => {
  if ('days' in delay) return delay.days;
  return 'hours' in delay ? delay.hours / 24 : (delay.businessDays * 7) / openDays;
};

const longestDays = ({ checkIn, reminder, person }: Journey, openDays: number): number =>
  Math.max(...checkIn.map(({ wait }) => daysOf(wait, openDays))) +
  daysOf(reminder, openDays) +
  daysOf(person, openDays);

export const Configuration = z
  .strictObject({
    shop: z.strictObject({
      name: Text,
      /** Postal address: it stands in the footer of every mail. */
      address: Text,
      website: z.url().optional(),
      /** The address mails are sent from; verify its domain with the mail service. */
      mailFrom: z.email(),
      zone: Zone,
      /** BCP 47; for customers whose language is not known. */
      locale: z.string().min(2).max(35),
      /** Where a review can be written; without it nobody is asked for one. */
      reviewUrl: z.url().optional(),
      /**
       * A domain whose mail arrives here, as `reply.shop.example`: a customer just answers a mail, and it finds its sale.
       * Without it answers go to the mailbox of whoever signs.
       */
      replyDomain: DomainName.optional(),
      /** What a happy customer may pass on to a friend; without it nobody is asked to. */
      referral: z
        .strictObject({
          /** What the friend gets, in the words of each language: `{ en: '10 % off the first order' }`. */
          gives: z.record(z.string().min(2).max(35), Text),
          /** Begins every code, so that the shop's discount rule can know them. */
          prefix: z
            .string()
            .regex(/^[A-Z0-9]{2,12}$/, 'capital letters and digits, 2 to 12 of them')
            .default('FRIEND'),
        })
        .optional(),
    }),
    /** How often one person is asked anything, over all their orders. What is owed to them is not counted. */
    asking: z
      .strictObject({
        /** At least so many days between two mails that ask something. */
        daysBetween: z.number().min(0).max(90).default(7),
        /** At most so many mails within 30 days. */
        mostIn30Days: z.int().positive().max(30).default(5),
        /** Orders of one person whose check-ins would fall within so many days become one conversation. */
        mergeDays: z.number().min(0).max(30).default(7),
        /** An open promise delays the review ask by at most so many days. */
        reviewHeldDays: z.number().positive().max(150).default(30),
      })
      .prefault({}),
    /** How long what is personal is kept. */
    retention: z
      .strictObject({
        /** A journey and what it promises take up to half a year: what is needed is not forgotten before. */
        saleMonths: z.int().min(6).max(120).default(24),
        /** Mails as they arrived. */
        mailDays: z.int().min(1).max(365).default(90),
        /** Webhooks nobody understood. */
        parkedDays: z.int().min(1).max(90).default(30),
      })
      .prefault({}),
    sources: z.record(
      SourceName.refine(
        (name) => name !== CANARY_SOURCE,
        'this name is the hourly synthetic sale’s own; choose another',
      ),
      Source,
    ),
    staff: z.array(Member).min(1),
    hours: z.strictObject({
      /** When staff work: due times of promises count only these hours. */
      staff: WeeklyHours,
      /** When customers may be written to. */
      customers: WeeklyHours,
      /** Days on which staff do not work and customers are not written to. */
      holidays: z
        .strictObject({ staff: z.array(Day).default([]), customers: z.array(Day).default([]) })
        .prefault({}),
    }),
    promises: z.strictObject({
      resolve: PromisePolicy,
      call: PromisePolicy,
      answer: PromisePolicy.prefault({ answerHours: 8, keepHours: 16 }),
      /** For a visit without a time yet: until when the time must be agreed. */
      visit: PromisePolicy.extend({
        /** After the end of the window, before nobody is taken to have come. */
        graceMinutes: z.number().min(0).max(240).default(15),
      }).prefault({ answerHours: 8, keepHours: 16 }),
    }),
    desk: z
      .strictObject({
        /** How many silent customers one person can ring on a day. */
        callsPerDay: z.int().positive().max(200).default(12),
        /** More notes than this to one person within an hour become one mail. */
        digestAfter: z.int().positive().max(100).default(5),
      })
      .prefault({}),
    operations: Operations,
    journeys: z.record(z.string().regex(/^[a-z][a-z0-9-]{0,39}$/), Journey),
    choose: z.array(Choice).default([]),
    /** The journey of every order no choice fits; without it such orders are parked for a person. */
    otherwise: z.string().optional(),
  })
  .superRefine((config, ctx) => {
    const issue = (path: (string | number)[], message: string) =>
      ctx.addIssue({ code: 'custom', path, message });
    const known = Object.keys(config.journeys).join(', ');
    config.choose.forEach((choice, index) => {
      if (!Object.hasOwn(config.journeys, choice.journey))
        issue(['choose', index, 'journey'], `expected one of: ${known}`);
    });
    if (config.otherwise !== undefined && !Object.hasOwn(config.journeys, config.otherwise))
      issue(['otherwise'], `expected one of: ${known}`);
    for (const [name, journey] of Object.entries(config.journeys)) {
      if (longestDays(journey, Object.keys(config.hours.customers).length) > LONGEST_JOURNEY_DAYS)
        issue(
          ['journeys', name],
          `expected check-in, reminder and person to take at most ${LONGEST_JOURNEY_DAYS} days together: a workflow may run for a year`,
        );
    }
    const ids = config.staff.map((member) => member.id);
    ids.forEach((id, index) => {
      if (ids.indexOf(id) !== index)
        issue(['staff', index, 'id'], `"${id}" is used twice; every member needs an own id`);
    });
    config.staff.forEach((member, index) => {
      if (member.backup !== undefined && !ids.some((id) => id === member.backup))
        issue(['staff', index, 'backup'], `expected the id of another member: ${ids.join(', ')}`);
    });
    if (!config.staff.some((member) => member.isActive))
      issue(['staff'], 'expected at least one active member: promises need an owner');
  });
export type Configuration = z.output<typeof Configuration>;
export type ConfigurationInput = z.input<typeof Configuration>;

/** One line per mistake: where it is, what was expected. */
const explainMistakes = (error: z.ZodError): string =>
  error.issues
    .map((mistake) => {
      const path = mistake.path
        .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
        .join('')
        .replace(/^\./, '');
      return `  ${path === '' ? '(the whole file)' : path}: ${mistake.message}`;
    })
    .join('\n');

export class ConfigurationMistake extends Error {
  override name = 'ConfigurationMistake';
}

export const checkConfiguration = (input: unknown): Configuration => {
  const result = Configuration.safeParse(input);
  if (result.success) return result.data;
  throw new ConfigurationMistake(
    `aftercare.config.ts is not right yet:\n${explainMistakes(result.error)}\nCorrect these and start again; docs/configuration.md describes every field.`,
  );
};

/** Gives an editor completion and types; the check itself runs at synth and at start. */
export const defineConfig = (config: ConfigurationInput): ConfigurationInput => config;
