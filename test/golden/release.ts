/** What was released: both machines, and what their executions and states were given in real runs. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { MACHINES, type MachineName, portable, type Template } from './portable.ts';

const Machine = z.literal(['FollowUp', 'Promise']);

/** Recorded by scripts/golden.ts. The customer is left out: nothing of a person is kept here, not even of an invented one. */
export const Runs = z.strictObject({
  /** The journals of the sales that the rest is about, as that release wrote them. */
  sales: z.array(
    z.strictObject({
      record: z.looseObject({ id: z.string() }),
      entries: z.array(z.looseObject({ at: z.string() })),
    }),
  ),
  inputs: z.array(z.strictObject({ machine: Machine, input: z.looseObject({ saleId: z.string() }) })),
  tasks: z.array(
    z.strictObject({
      machine: Machine,
      state: z.string(),
      function: z.string(),
      payload: z.looseObject({ now: z.string(), plan: z.looseObject({ saleId: z.string() }) }),
    }),
  ),
});
export type Runs = z.output<typeof Runs>;

export const FILES: Record<MachineName | 'runs', string> = {
  FollowUp: 'follow-up.asl.json',
  Promise: 'promise.asl.json',
  runs: 'runs.json',
};

export const GOLDEN = import.meta.dirname;

/** Oldest first. */
export const releases = (): string[] =>
  readdirSync(GOLDEN, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));

const readText = (release: string, file: string): unknown =>
  JSON.parse(readFileSync(join(GOLDEN, release, file), 'utf8'));

export const definitionOf = (release: string, machine: MachineName): unknown =>
  readText(release, FILES[machine]);

export const runsOf = (release: string): Runs => Runs.parse(readText(release, FILES.runs));

export const isOfToday = (release: string, today: Template): boolean =>
  MACHINES.every((name) => isDeepStrictEqual(definitionOf(release, name), portable(today, name)));

/** Releases with other machines than today's, oldest first. */
export const earlierThan = (today: Template): string[] =>
  releases().filter((release) => !isOfToday(release, today));
