/** Asks a shop with patience: what passes by itself is asked again, as long as the run has time. */
import type { ShopAnswer, ShopQuestion } from '../adapters/pull-ports.ts';
import { toEpochMs } from '../core/calendar.ts';
import { parseJson } from '../shops/json.ts';
import { CannotPull, type Connection, MALFORMED } from './shop-api.ts';

const MOST_TRIES = 5;
const FIRST_WAIT_MS = 1000;
/** A shop on a small machine may need long for a hundred orders. */
const PATIENCE_MS = 12_000;
/** What a run still needs for putting the last page on the queue. */
const RESERVE_MS = 4000;
/** Not asked with less: it would only be cut off. */
const LEAST_PATIENCE_MS = 2000;
const WHY: ReadonlyMap<number, string> = new Map([
  [401, 'it does not accept the credential'],
  [402, 'the shop is frozen'],
  [403, 'the credential may not read orders'],
  [404, 'there is no such API at this address'],
  [423, 'the shop is locked'],
]);

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** Epoch milliseconds of `Sun, 22 Nov 2026 16:00:00 GMT`; NaN for what is none. */
const epochOf = (text: string): number => {
  const [, day, name = '', year, time] =
    /^\w{3}, (\d\d) (\w{3}) (\d{4}) (\d\d:\d\d:\d\d) GMT$/.exec(text) ?? [];
  const month = MONTHS.indexOf(name) + 1;
  return month === 0 ? Number.NaN : toEpochMs(`${year}-${String(month).padStart(2, '0')}-${day}T${time}Z`);
};

/** Seconds, or a date; that counts from the shop's own `date`. */
const waitAskedFor = ({ headers }: ShopAnswer): number | undefined => {
  const value = headers['retry-after']?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(value)) return Math.ceil(Number(value) * 1000);
  const ms = epochOf(value) - epochOf(headers['date'] ?? '');
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
};

const isPassing = (status: number): boolean => status === 408 || status === 429 || status >= 500;

/** Waits, unless the run would be over by then. */
export const waitFor = async ({ line, remainingMs }: Connection, ms: number, why: string): Promise<void> => {
  if (ms + LEAST_PATIENCE_MS > remainingMs() - RESERVE_MS)
    throw new CannotPull(`${why}, and ${Math.ceil(ms / 1000)} s more are not left of this run`);
  if (ms > 0) await line.pause(ms);
};

/** An answer of the 200s. */
export const ask = async (connection: Connection, question: ShopQuestion): Promise<ShopAnswer> => {
  let why = '';
  for (let tried = 0; tried < MOST_TRIES; tried += 1) {
    const wait = FIRST_WAIT_MS * 2 ** tried;
    const patience = Math.min(PATIENCE_MS, connection.remainingMs() - RESERVE_MS);
    const answer = await connection.line.ask(question, patience).catch(() => undefined);
    if (answer !== undefined && answer.status >= 200 && answer.status < 300) return answer;
    if (answer !== undefined && !isPassing(answer.status)) {
      const told =
        WHY.get(answer.status) ??
        (answer.status < 400
          ? 'it redirects; set pull.url to the address it leads to'
          : 'it refuses the question');
      throw new CannotPull(`The shop answered ${answer.status}: ${told}`);
    }
    why = answer === undefined ? 'The shop cannot be reached' : `The shop answered ${answer.status}`;
    if (tried < MOST_TRIES - 1)
      await waitFor(connection, (answer === undefined ? undefined : waitAskedFor(answer)) ?? wait, why);
  }
  throw new CannotPull(`${why}, ${MOST_TRIES} times in a row`);
};

export const askJson = async (
  connection: Connection,
  question: ShopQuestion,
): Promise<{ value: unknown; headers: ShopAnswer['headers'] }> => {
  const { body, headers } = await ask(connection, question);
  const parsed = parseJson(body);
  if (!parsed.isJson) throw new CannotPull(`${MALFORMED}: ${parsed.reason}`);
  return { value: parsed.value, headers };
};
