/** Where functions run when they do not run in the runtime's own thread: a host of its own, the AWS parts at the other end. */
import { parentPort, workerData } from 'node:worker_threads';
import type { HttpAnswer } from '../aws/aws-call.ts';
import { ConnectionLost } from '../aws/aws-error.ts';
import type { Question, Told } from '../aws/question.ts';
import { createHost } from './host.ts';
import {
  arrived,
  createSender,
  type FromThread,
  owned,
  type ThreadData,
  type ToThread,
} from './thread-messages.ts';

/** What was asked and is not answered yet. */
const createOpenCalls = <Answered>() => {
  const open = new Map<number, (answer: Answered | undefined) => void>();
  let last = 0;
  return {
    /** Rejects with a `ConnectionLost` when there is no answer. */
    ask: async (say: (id: number) => void): Promise<Answered> => {
      last += 1;
      const { promise, resolve } = Promise.withResolvers<Answered | undefined>();
      open.set(last, resolve);
      say(last);
      const answer = await promise;
      if (answer === undefined) throw new ConnectionLost('The runtime broke it off.');
      return answer;
    },
    settle: (id: number, answer: Answered | undefined): void => {
      open.get(id)?.(answer);
      open.delete(id);
    },
  };
};

const start = (port: NonNullable<typeof parentPort>, { functions, surroundings, canAsk }: ThreadData) => {
  const say = createSender<FromThread>(port);
  const requests = createOpenCalls<HttpAnswer>();
  const questions = createOpenCalls<Told>();

  const host = createHost({
    functions,
    surroundings: {
      ...surroundings,
      answer: async ({ body, ...call }) => {
        const answer = await requests.ask((id) =>
          say({ kind: 'request', id, call: { ...call, body: body && owned(body) } }),
        );
        return { ...answer, body: arrived(answer.body) };
      },
      ...(canAsk && {
        ask: (question: Question) => questions.ask((id) => say({ kind: 'question', id, question })),
      }),
    },
    write: (name, bytes) => say({ kind: 'written', name, bytes: owned(bytes) }),
  });

  const hear = (message: ToThread): void => {
    switch (message.kind) {
      case 'run':
        void host.run(message.call).then((outcome) => say({ kind: 'done', id: message.id, outcome }));
        return;
      case 'warm':
        host.warm(message.name);
        return;
      case 'answer':
        requests.settle(message.id, message.answer);
        return;
      case 'told':
        questions.settle(message.id, message.told);
    }
  };

  port.on('message', (messages: readonly ToThread[]) => {
    for (const message of messages) hear(message);
  });
  const unhandled = (error: unknown) => {
    if (!host.blame(error)) console.error('Nobody handled:', error);
  };
  process.on('unhandledRejection', unhandled);
  process.on('uncaughtException', unhandled);
};

const data: ThreadData = workerData;
if (parentPort !== null) start(parentPort, data);
