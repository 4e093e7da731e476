/** Cuts a failing run down: fewer faults, fewer happenings, by halves, as long as the same law is still broken. */
import type { Case } from './case.ts';
import { shortOf } from './chance.ts';
import type { Played } from './play.ts';

type Play = (given: Case) => Promise<Played>;

/** Each is a run; what is left after so many is small enough to be read. */
const MOST_PLAYS = 250;

const chunks = (names: readonly string[], size: number): string[][] =>
  Array.from({ length: Math.ceil(names.length / size) }, (_, n) => names.slice(n * size, (n + 1) * size));

export const shrink = async (play: Play, given: Case, law: string): Promise<Case> => {
  let plays = 0;
  const stillFails = async (candidate: Case): Promise<boolean> => {
    if (plays >= MOST_PLAYS) return false;
    plays += 1;
    const played = await play(candidate).catch(() => undefined);
    return played?.findings.some((finding) => finding.law === law) === true;
  };

  /** Leaves out half, then quarters, … of what `put` takes. */
  const cut = async (
    all: readonly string[],
    put: (names: ReadonlySet<string>) => Case,
  ): Promise<string[]> => {
    let left = [...all];
    for (let size = Math.ceil(left.length / 2); size >= 1; size = Math.floor(size / 2)) {
      for (const chunk of chunks(left, size)) {
        const rest = left.filter((name) => !chunk.includes(name));
        if (await stillFails(put(new Set(rest)))) left = rest;
      }
    }
    return left;
  };

  const first = await play(given);
  let best: Case = {
    ...given,
    happenings: new Set(first.happenings.map(shortOf)),
    faults: new Set(first.faults.map(shortOf)),
  };
  if (!(await stillFails(best))) return given;
  const without = { ...best, faults: new Set<string>() };
  if (await stillFails(without)) best = without;
  else {
    const base = best;
    const faults = await cut([...(base.faults ?? [])], (names) => ({ ...base, faults: names }));
    best = { ...base, faults: new Set(faults) };
  }
  const base = best;
  const happenings = await cut([...(base.happenings ?? [])], (names) => ({ ...base, happenings: names }));
  return { ...base, happenings: new Set(happenings) };
};
