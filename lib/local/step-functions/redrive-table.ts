/** Where executions that ended unwell stood, and how often they were taken up again from there. */
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';

/** What the root thread needs to go on: it stays as it was when the execution ended. */
export const Place = z.object({
  state: z.string(),
  input: z.string(),
  variables: z.string(),
  enteredAt: z.number(),
  enteredEvent: z.number(),
});
export type Place = z.output<typeof Place>;

const Use = z.object({ token: z.string(), at: z.number() });
const Uses = z.array(Use);

const Row = z
  .object({
    count: z.number(),
    redrivenAt: z.number().nullable(),
    uses: z.string(),
    place: z.string().nullable(),
  })
  .transform(({ count, redrivenAt, uses, place }) => ({
    count,
    redrivenAt,
    uses: Uses.parse(JSON.parse(uses)),
    place: place === null ? undefined : Place.parse(JSON.parse(place)),
  }));
export type Redrives = z.output<typeof Row>;

const NEVER: Redrives = { count: 0, redrivenAt: null, uses: [], place: undefined };
/** The same client token gets the same answer: the last ten of them, for a quarter of an hour. */
const TOKENS_KEPT = 10;
const TOKEN_LIFE_MS = 15 * 60_000;

const SCHEMA = `
CREATE TABLE IF NOT EXISTS sfn_redrive (
  execution INTEGER PRIMARY KEY, count INTEGER NOT NULL DEFAULT 0, redrivenAt INTEGER, uses TEXT NOT NULL DEFAULT '[]',
  place TEXT
) STRICT;
`;

export type RedriveTable = ReturnType<typeof createRedriveTable>;

export const createRedriveTable = (db: DatabaseSync) => {
  db.exec(SCHEMA);
  const select = db.prepare('SELECT count, redrivenAt, uses, place FROM sfn_redrive WHERE execution = ?');
  const leave = db.prepare(
    `INSERT INTO sfn_redrive (execution, place) VALUES (?, ?)
      ON CONFLICT (execution) DO UPDATE SET place = excluded.place`,
  );
  const take = db.prepare(
    'UPDATE sfn_redrive SET count = count + 1, redrivenAt = ?, uses = ?, place = NULL WHERE execution = ?',
  );

  const get = (execution: number): Redrives => {
    const row = select.get(execution);
    return row === undefined ? NEVER : Row.parse(row);
  };

  return {
    get,
    /** The execution ended unwell at this place. */
    leave: (execution: number, place: Place) => {
      leave.run(execution, JSON.stringify(place));
    },
    /** It goes on from there. */
    take: (execution: number, at: number, token: string | undefined) => {
      const used = get(execution).uses;
      const uses = token === undefined ? used : [...used, { token, at }].slice(-TOKENS_KEPT);
      take.run(at, JSON.stringify(uses), execution);
    },
  };
};

/** When this very request was carried out already; undefined when it was not, or too long ago to be known. */
export const carriedOutAt = ({ uses }: Redrives, token: string | undefined, now: number) =>
  uses.find((use) => use.token === token && now - use.at < TOKEN_LIFE_MS)?.at;
