/** Sends dead letters back to work, or drops them into a file. */
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { SQSClient } from '@aws-sdk/client-sqs';
import { counted } from '../columns.ts';
import { CommandMistake, codeOf } from '../command-mistake.ts';
import { openTarget, type Target, type TargetFlags } from '../target.ts';
import { toldPlainly } from '../target-trouble.ts';
import { noteAct } from './dlq-acts.ts';
import { type Letter, openTray } from './dlq-messages.ts';
import { type DeadLetters, deadLettersNamed } from './dlq-queues.ts';

export type WhichFlags = { id?: string[]; all?: boolean };
export type ActFlags = TargetFlags & WhichFlags & { reason: string };

/** Undefined for all of them. */
const wantedBy = ({ id, all }: WhichFlags): ReadonlySet<string> | undefined => {
  if (all === true && id === undefined) return undefined;
  if (id !== undefined && all !== true) return new Set(id);
  throw new CommandMistake('Say which: --id with the id that `dlq show` tells (several times), or --all.');
};

type Place = { target: Target; sqs: SQSClient; queue: DeadLetters };

export const openPlace = async (name: string, flags: TargetFlags): Promise<Place> => {
  const target = await openTarget(flags);
  const sqs = new SQSClient(target.client);
  return { target, sqs, queue: await deadLettersNamed(target, sqs, name) };
};

/** AWS keeps a queue on many servers, and only a call that waits asks all of them. */
export const trayOf = ({ target, sqs, queue }: Place) => openTray(sqs, queue.url, target.isLocal ? 0 : 1);

/** Calls `act` for each that is wanted, ten at a time, and puts the others back once all were looked at. */
const eachWanted = async (
  place: Place,
  wanted: ReadonlySet<string> | undefined,
  act: (letters: readonly Letter[]) => Promise<void>,
): Promise<Set<string>> => {
  const tray = trayOf(place);
  const done = new Set<string>();
  const others: Letter[] = [];
  try {
    while (wanted === undefined || done.size < wanted.size) {
      const letters = await tray.take();
      if (letters.length === 0) break;
      const mine = letters.filter(({ id }) => wanted === undefined || wanted.has(id));
      others.push(...letters.filter((letter) => !mine.includes(letter)));
      await act(mine);
      for (const { id } of mine) done.add(id);
    }
  } finally {
    await tray.putBack(others);
  }
  return done;
};

const missing = (wanted: ReadonlySet<string> | undefined, done: ReadonlySet<string>): string[] =>
  [...(wanted ?? [])].filter((id) => !done.has(id));

const refuseMissing = (queue: string, ids: readonly string[], done: number): void => {
  if (ids.length === 0) return;
  throw new CommandMistake(
    `${counted(done, 'message')} done. Not among the dead letters of ${queue}: ${ids.join(', ')}. Somebody else may have them in hand; look again in two minutes.`,
    1,
  );
};

type Acted = { place: Place; wanted: ReadonlySet<string> | undefined };

const prepared = async (name: string, flags: ActFlags): Promise<Acted> => {
  const wanted = wantedBy(flags);
  return { place: await openPlace(name, flags), wanted };
};

const noted = ({ place, wanted }: Acted, act: string, name: string, reason: string) =>
  noteAct(place.target, {
    act,
    queue: name,
    which: wanted === undefined ? 'all' : [...wanted].join(' '),
    reason,
  });

/** How many went back to work. */
export const replay = async (name: string, flags: ActFlags): Promise<number> => {
  const acted = await prepared(name, flags);
  const { place, wanted } = acted;
  const noteEnd = await noted(acted, 'replay', name, flags.reason);
  const tray = trayOf(place);
  const done = await toldPlainly(place.target.name, () =>
    eachWanted(place, wanted, async (letters) => {
      await Promise.all(letters.map((letter) => tray.sendOn(letter, place.queue.queueUrl)));
    }),
  );
  await noteEnd(done.size);
  refuseMissing(name, missing(wanted, done), done.size);
  return done.size;
};

/** A new file that only its owner may read; nothing is ever written over. */
const openKept = (path: string) => {
  try {
    return openSync(path, 'wx', 0o600);
  } catch (cause) {
    const isThere = codeOf(cause) === 'EEXIST';
    const why = isThere ? 'is there already' : `cannot be written (${codeOf(cause)})`;
    throw new CommandMistake(`${path} ${why}. Name a new file with --keep; nothing was dropped.`, 1, {
      cause,
    });
  }
};

/** How many were dropped; their bodies are on disk before they are gone from the queue. */
export const drop = async (name: string, flags: ActFlags & { keep: string }): Promise<number> => {
  const acted = await prepared(name, flags);
  const { place, wanted } = acted;
  const file = openKept(flags.keep);
  const tray = trayOf(place);
  try {
    const noteEnd = await noted(acted, 'drop', name, flags.reason);
    const done = await toldPlainly(place.target.name, () =>
      eachWanted(place, wanted, async (letters) => {
        for (const { id, sentAt, attributes, body } of letters)
          writeSync(file, `${JSON.stringify({ id, sentAt, attributes, body })}\n`);
        fsyncSync(file);
        await Promise.all(letters.map((letter) => tray.remove(letter)));
      }),
    );
    await noteEnd(done.size);
    refuseMissing(name, missing(wanted, done), done.size);
    return done.size;
  } finally {
    closeSync(file);
  }
};
