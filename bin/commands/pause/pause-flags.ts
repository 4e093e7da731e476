/** What is to stand still, and how long, as it is typed. */
import type { Command } from 'commander';
import { Temporal } from 'temporal-polyfill';
import { toEpochMs, toInstant } from '../../../functions/core/calendar.ts';
import type { Configuration } from '../../../functions/core/configuration.ts';
import {
  LONGEST_PAUSE_HOURS,
  PAUSE_HOURS,
  Paused,
  whyNotUntil,
} from '../../../functions/core/operations/pause.ts';
import { CommandMistake } from '../command-mistake.ts';

export type WhatFlags = { source?: string; journey?: string };
export type LongFlags = { for?: string; until?: string };

export const whatOptions = (command: Command): Command =>
  command
    .option('--source <name>', 'only the sales of this shop connection')
    .option('--journey <name>', 'only the sales on this journey');

const oneOf = (kind: string, name: string, known: readonly string[]): string => {
  if (known.includes(name)) return name;
  throw new CommandMistake(`There is no ${kind} ${name}. There are: ${known.join(', ')}.`);
};

/** Everything, when neither is named. */
export const whatIsMeant = (config: Configuration, { source, journey }: WhatFlags): Paused => {
  if (source !== undefined && journey !== undefined)
    throw new CommandMistake('--source and --journey name two pauses. Give one of them, then the other.');
  if (source !== undefined)
    return Paused.parse({ of: 'source', name: oneOf('source', source, Object.keys(config.sources)) });
  if (journey !== undefined)
    return { of: 'journey', name: oneOf('journey', journey, Object.keys(config.journeys)) };
  return { of: 'all' };
};

const readUntil = (text: string): number => {
  try {
    return toEpochMs(text);
  } catch (cause) {
    const example = '2026-12-24T18:00:00Z';
    throw new CommandMistake(`--until ${text} is no instant. Write it like ${example}.`, 2, { cause });
  }
};

const readLength = (text: string): number => {
  try {
    return Temporal.Duration.from(text).total({ unit: 'milliseconds', relativeTo: '2000-01-01T00:00[UTC]' });
  } catch (cause) {
    throw new CommandMistake(`--for ${text} is no length of time. Write it like PT6H or P2D.`, 2, { cause });
  }
};

/** When it ends. @throws CommandMistake when that is over already, or too far ahead */
export const untilWhen = ({ for: length, until }: LongFlags, now: number): string => {
  if (length !== undefined && until !== undefined)
    throw new CommandMistake('--for and --until both say when it ends. Give one of them.');
  const end =
    until === undefined ? now + readLength(length ?? `PT${PAUSE_HOURS}H`) : Math.round(readUntil(until));
  const [from, to] = [toInstant(now), toInstant(end)];
  switch (whyNotUntil(from, to)) {
    case 'over already':
      throw new CommandMistake(`A pause until ${to} would be over already: it is ${from}.`);
    case 'too long':
      throw new CommandMistake(
        `A pause lasts ${LONGEST_PAUSE_HOURS / 24} days at most, so that nobody forgets it. Renew it before it ends.`,
      );
    case undefined:
      return to;
  }
};
