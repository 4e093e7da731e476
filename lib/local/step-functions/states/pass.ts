import type { PassState } from '../definition-schema.ts';
import { leave, onwards } from '../flow.ts';
import type { Thread } from '../thread.ts';
import type { Turn } from '../turn.ts';

export const runPass = (turn: Turn, thread: Thread, state: PassState): Promise<void> =>
  leave(turn, thread, { ...onwards(state), otherwise: thread.input, seen: {} });
