import type { SucceedState } from '../definition-schema.ts';
import { leave, onwards } from '../flow.ts';
import type { Thread } from '../thread.ts';
import type { Turn } from '../turn.ts';

export const runSucceed = (turn: Turn, thread: Thread, state: SucceedState): Promise<void> =>
  leave(turn, thread, { ...onwards(state), otherwise: thread.input, seen: {} });
