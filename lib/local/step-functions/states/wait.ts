import type { WaitState } from '../definition-schema.ts';
import { queryError } from '../errors.ts';
import { leave, onwards } from '../flow.ts';
import { evaluateInteger, evaluateString } from '../template.ts';
import type { Thread } from '../thread.ts';
import type { Turn } from '../turn.ts';

const INSTANT = /^\d{4}-(\d{2})-(\d{2})T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;
/** AWS refuses a Wait of more than 2^31 s (recorded). */
const LONGEST_MS = 2_147_483_647_000;
const LONGEST_SECONDS = 99_999_999;

/** Epoch ms, or undefined for text that is not an ISO-8601 instant with offset. */
const readInstant = (text: string): number | undefined => {
  const match = INSTANT.exec(text);
  if (match === null) return undefined;
  const instant = Date.parse(text);
  if (Number.isNaN(instant)) return undefined;
  // Date.parse lets 30 February through as 1 March.
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  return day.getUTCDate() === Number(match[2]) ? instant : undefined;
};

const dueAt = async (turn: Turn, thread: Thread, state: WaitState): Promise<number> => {
  const scope = turn.scope(thread, state);
  if (state.Timestamp === undefined) {
    const seconds = await evaluateInteger(state.Seconds ?? 0, 'Seconds', scope, {
      from: 0,
      to: LONGEST_SECONDS,
    });
    return turn.now + seconds * 1000;
  }
  const text = await evaluateString(state.Timestamp, 'Timestamp', scope);
  const instant = readInstant(text);
  if (instant === undefined) {
    const why = `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${text}`;
    throw queryError('Timestamp', why);
  }
  if (instant - turn.now > LONGEST_MS) throw queryError('Timestamp', 'Wait state delay is too long');
  return instant;
};

export const runWait = async (turn: Turn, thread: Thread, state: WaitState): Promise<void> => {
  const due = await dueAt(turn, thread, state);
  if (due <= turn.now) return endWait(turn, thread, state);
  thread.phase = 'waiting';
  thread.dueAt = due;
};

export const endWait = (turn: Turn, thread: Thread, state: WaitState): Promise<void> =>
  leave(turn, thread, { ...onwards(state), otherwise: thread.input, seen: {} });
