/** How the world reaches the product: by HTTP, by mail, and by what the mail service tells. */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod';
import type { createQueue } from './queue.ts';
import type { Run, Runs } from './runs.ts';
import type { Answer, Stage } from './stage.ts';

type Queue = ReturnType<typeof createQueue>;
export type Queues = { intake: Queue; forget: Queue; mail: Queue; events: Queue };

type Ports = {
  runs: Runs;
  queues: Queues;
  archive: Map<string, Uint8Array>;
  now(): number;
  isDown(): boolean;
  /** By how much the gateway's clock is behind. */
  behind(name: string): number;
  call(name: string, event: unknown): Promise<unknown>;
};

const HttpAnswer = z.object({ statusCode: z.number(), body: z.string().default('') });

const NO_ANSWER: Answer = { status: 0, text: '', writes: 0 };

/** The gateway names the route, not the path: what is secret in it stays out of logs. Its clock dates the event. */
const asArrived = (event: APIGatewayProxyEventV2, behind: number): APIGatewayProxyEventV2 => ({
  ...event,
  requestContext: { ...event.requestContext, timeEpoch: event.requestContext.timeEpoch - behind },
  routeKey: event.routeKey.replace(/[a-z2-7]{32}$/, '{token}'),
});

export const createDoors = ({ runs, queues, archive, now, isDown, call, behind }: Ports) => {
  /** What to do once a message has been dealt with that the run put on a queue. */
  const whenDone = new Map<Run, () => void>();

  const http: Stage['http'] = async (name, event, purpose, done) => {
    if (isDown()) return NO_ANSWER;
    let writes = 0;
    const ended = await runs.begin(`${name} ${purpose}`, async (run) => {
      if (done !== undefined) whenDone.set(run, done);
      const value = await call(name, asArrived(event, behind(run.name)));
      writes = run.writes;
      return value;
    });
    if (ended.kind === 'died') return { ...NO_ANSWER, writes };
    if (ended.kind === 'failed') return { status: 502, text: '', writes };
    const { statusCode, body } = HttpAnswer.parse(ended.value);
    return { status: statusCode, text: body, writes };
  };

  const arrive: Stage['arrive'] = (raw, done) => {
    const key = `mail/${archive.size + 1}`;
    archive.set(key, raw);
    const eventTime = new Date(now()).toISOString();
    queues.mail.send(JSON.stringify({ Records: [{ eventTime, s3: { object: { key } } }] }), done);
  };

  return {
    http,
    arrive,
    report: (event: unknown, done: () => void) => queues.events.send(JSON.stringify(event), done),
    /** A function puts a message on a queue. */
    send: (name: 'intake' | 'forget', body: string) => {
      const run = runs.current();
      queues[name].send(body, run === undefined ? undefined : whenDone.get(run));
    },
  };
};
