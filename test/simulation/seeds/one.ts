/** Plays one case with its story, and cuts it down when a law is broken. */
import type { Finding } from '../checker/seen.ts';
import { type Case, commandFor } from './case.ts';
import { catchLogs } from './logs.ts';
import { shrink } from './shrink.ts';

const loadPlayer = async () => {
  const logs = catchLogs();
  const { createPlayer } = await import('./play.ts');
  const { readMachines } = await import('../../../lib/simulation/machines.ts');
  return createPlayer(readMachines(), logs);
};

const lineOf = ({ law, sale, what }: Finding): string => `  ${law}  ${sale}: ${what}`;

type How = { print(line: string): void; isShrunk: boolean };

/** True when no law was broken. */
export const playOne = async (given: Case, { print, isShrunk }: How): Promise<boolean> => {
  const play = await loadPlayer();
  const { findings, story, faults, digest } = await play(given);
  for (const line of story) print(line);
  print(`faults: ${faults.length === 0 ? 'none' : ''}`);
  for (const fault of faults) print(`  ${fault}`);
  print(`digest ${digest}`);
  for (const finding of findings) print(lineOf(finding));
  const [first] = findings;
  if (first === undefined) return true;
  if (isShrunk && given.happenings === undefined && given.faults === undefined) {
    const small = await shrink(play, given, first.law);
    print('The same law is broken by less:');
    print(`  ${commandFor(small)}`);
  }
  return false;
};
