/** SendTaskSuccess, SendTaskFailure and SendTaskHeartbeat: answered once the workflow's next step is on disk. */
import * as z from 'zod';
import type { Engine } from '../engine.ts';
import { AwsError, StateError } from '../errors.ts';
import type { Interpreter } from '../interpreter.ts';
import { isJsonText, isTooLarge } from '../json.ts';
import type { Thread } from '../thread.ts';
import type { Tokens } from '../token.ts';
import type { Turn } from '../turn.ts';
import { type Actions, action } from './action.ts';

const Token = z.string().min(1).max(2048);
const SuccessInput = z.object({ taskToken: Token, output: z.string() });
const FailureInput = z.object({
  taskToken: Token,
  error: z.string().max(256).optional(),
  cause: z.string().max(32_768).optional(),
});
const HeartbeatInput = z.object({ taskToken: Token });

type TaskPorts = { engine: Engine; tokens: Tokens; interpreter: Interpreter };

export const taskActions = ({ engine, tokens, interpreter }: TaskPorts): Actions => {
  /** @throws AwsError InvalidToken, or TaskTimedOut when nothing waits for this token any more. */
  const answer = async (token: string, change: (turn: Turn, thread: Thread) => Promise<void> | void) => {
    const ref = tokens.read(token);
    if (ref === undefined) throw new AwsError('InvalidToken', "Invalid Token: 'Invalid token'");
    const isTaken = await engine.turn(ref.execution, async (turn) => {
      const thread = turn.thread(ref.ordinal);
      if (thread?.event !== ref.event || (thread.phase !== 'token' && thread.phase !== 'running'))
        return false;
      await change(turn, thread);
      return true;
    });
    if (isTaken) return {};
    throw new AwsError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
  };

  return {
    SendTaskSuccess: action(SuccessInput, ({ taskToken, output }) => {
      if (!isJsonText(output) || isTooLarge(output)) {
        throw new AwsError('InvalidOutput', "Invalid Output: 'Invalid JSON or larger than 262144 bytes'");
      }
      return answer(taskToken, (turn, thread) => interpreter.succeeded(turn, thread, output));
    }),
    SendTaskFailure: action(FailureInput, ({ taskToken, error, cause }) =>
      answer(taskToken, (turn, thread) =>
        interpreter.failed(turn, thread, new StateError(error ?? null, cause ?? null)),
      ),
    ),
    SendTaskHeartbeat: action(HeartbeatInput, ({ taskToken }) =>
      answer(taskToken, (turn, thread) => interpreter.beat(turn, thread)),
    ),
  };
};
