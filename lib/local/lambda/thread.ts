/** Where functions run when they do not run in the runtime's own thread: a host of its own, the AWS parts at the other end. */
import { parentPort, workerData } from 'node:worker_threads';
import type { HttpAnswer } from '../aws/aws-call.ts';
import { ConnectionLost } from '../aws/aws-error.ts';
import { createHost } from './host.ts';
import {
  arrived,
  createSender,
  type FromThread,
  owned,
  type ThreadData,
  type ToThread,
} from './thread-messages.ts';

const start = (port: NonNullable<typeof parentPort>, { functions, surroundings }: ThreadData) => {
  const say = createSender<FromThread>(port);
  const questions = new Map<number, (answer: HttpAnswer | undefined) => void>();
  let asked = 0;

  const host = createHost({
    functions,
    surroundings: {
      ...surroundings,
      answer: async ({ body, ...call }) => {
        asked += 1;
        const { promise, resolve } = Promise.withResolvers<HttpAnswer | undefined>();
        questions.set(asked, resolve);
        say({ kind: 'question', id: asked, call: { ...call, body: body && owned(body) } });
        const answer = await promise;
        if (answer === undefined) throw new ConnectionLost('The runtime broke it off.');
        return { ...answer, body: arrived(answer.body) };
      },
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
        questions.get(message.id)?.(message.answer);
        questions.delete(message.id);
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
