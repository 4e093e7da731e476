/** What the one HTTP port answers: the runtime's own pages under `/_local/` and `/`, the stack's HTTP API elsewhere. */
import { refusalOf } from './contract/guard.ts';
import type { ReachPoint } from './failpoints.ts';
import { jsonAnswer, type LocalAnswer, type LocalRequest } from './http-api/exchange.ts';
import { createHttpServer, type HttpServer } from './http-api/server.ts';

type Answer = (request: LocalRequest) => Promise<LocalAnswer>;

/** API Gateway's limit on a body. */
const LARGEST_BODY = 10 * 1024 * 1024;
/** SES takes mails of up to 40 MB in. */
const LARGEST_MAIL = 40 * 1024 * 1024;

const HEALTH = '/_local/health';
const STARTING = jsonAnswer(503, {
  error: 'The runtime is still starting. GET /_local/health says when it is ready.',
});

const isOwn = ({ method, path }: LocalRequest) =>
  path.startsWith('/_local/') || (path === '/' && (method === 'GET' || method === 'HEAD'));

export type FrontDoor = HttpServer & {
  /** Until then every call is answered 503. */
  open(answers: { contract: Answer; api: Answer }): void;
};

type Options = {
  host: string;
  /** Resolves once all that an answer may tell of is on disk. */
  durable(): Promise<void> | undefined;
  reach?: ReachPoint | undefined;
  log(line: string): void;
};

export const createFrontDoor = ({ host, durable, reach, log }: Options): FrontDoor => {
  let answers: { contract: Answer; api: Answer } | undefined;

  const server = createHttpServer({
    log,
    limitOf: (path) => (path.startsWith('/_local/') ? LARGEST_MAIL : LARGEST_BODY),
    answer: async (request) => {
      if (answers === undefined)
        return request.path === HEALTH ? jsonAnswer(503, { ready: false }) : STARTING;
      if (!isOwn(request)) {
        const answer = await answers.api(request);
        await durable();
        reach?.('answering');
        return answer;
      }
      const refusal = refusalOf(request, host);
      if (refusal !== undefined) return jsonAnswer(403, { error: refusal });
      const answer = await answers.contract(request);
      await durable();
      return answer;
    },
  });

  return {
    ...server,
    open: (given) => {
      answers = given;
    },
  };
};
