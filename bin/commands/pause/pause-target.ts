/** The pauses of a stack, through the very adapter that the functions read them with. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createTable } from '../../../functions/adapters/dynamodb.ts';
import type { Pauses } from '../../../functions/adapters/pause-ports.ts';
import { createPauses } from '../../../functions/adapters/pauses.ts';
import { isInForce, type Pause, type Paused, pausedName } from '../../../functions/core/operations/pause.ts';
import { localTime } from '../local-time.ts';
import type { Target } from '../target.ts';
import { toldPlainly } from '../target-trouble.ts';

/** Trouble of AWS comes as a sentence that says what helps. */
export const pausesOf = async (target: Target): Promise<Pauses> => {
  const { id } = await target.part('AWS::DynamoDB::Table', 'StorageSales');
  const pauses = createPauses(createTable(new DynamoDBClient(target.client), id));
  return {
    read: () => toldPlainly(target.name, () => pauses.read()),
    put: (pause, former) => toldPlainly(target.name, () => pauses.put(pause, former)),
    end: (pause) => toldPlainly(target.name, () => pauses.end(pause)),
    forget: (over) => toldPlainly(target.name, () => pauses.forget(over)),
  };
};

export const inForce = (pauses: readonly Pause[], now: string): Pause[] =>
  pauses.filter((pause) => isInForce(pause, now));

export const pauseOn = (pauses: readonly Pause[], what: Paused): Pause | undefined =>
  pauses.find((pause) => pausedName(pause.what) === pausedName(what));

/** `everything`, `the source shopify`. */
export const inWords = (what: Paused): string =>
  what.of === 'all' ? 'everything' : `the ${what.of} ${what.name}`;

/** `everything until Mon 24 Nov 2026, 10:00 (mara: a wrong link)`. */
export const pauseLine = ({ what, until, by, reason }: Pause, zone: string): string =>
  `${inWords(what)} until ${localTime(until, zone)} (${by}: ${reason})`;
