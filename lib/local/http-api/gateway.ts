/** API Gateway's HTTP API on one machine: a request finds its route, calls the function, and gets its answer. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LambdaRunner } from '../lambda/runner.ts';
import type { Meter } from '../meter.ts';
import type { HttpApi } from '../stack/http-api.ts';
import type { Timekeeper } from '../time.ts';
import { createEvent } from './event.ts';
import { jsonAnswer, type LocalAnswer, type LocalRequest } from './exchange.ts';
import { readResponse } from './response.ts';
import { createRouter } from './routes.ts';

const message = (status: number, text: string) => jsonAnswer(status, { message: text });

const SERVICE_UNAVAILABLE = message(503, 'Service Unavailable');

type Options = {
  readonly api: HttpApi;
  readonly accountId: string;
  readonly invoke: LambdaRunner['invoke'];
  readonly time: Pick<Timekeeper, 'now' | 'busy'>;
  readonly meter: Meter;
};

export const createGateway = ({ api, accountId, invoke, time, meter }: Options) => {
  const findRoute = createRouter(api.routes.map((route) => ({ key: route.key, target: route })));

  const routeOf = ({ method, path }: LocalRequest) => {
    try {
      return { match: findRoute(method, path) };
    } catch (error) {
      if (error instanceof URIError) return undefined;
      throw error;
    }
  };

  const serve = async (request: LocalRequest, requestId: string): Promise<LocalAnswer> => {
    const found = routeOf(request);
    if (found === undefined) return message(400, 'Bad Request');
    const { match } = found;
    if (match === undefined) return message(404, 'Not Found');
    const { key, target, pathParameters } = match;
    const payload = createEvent(request, {
      accountId,
      apiId: api.id,
      routeKey: key,
      requestId,
      pathParameters,
      now: time.now(),
    });
    const timer = new AbortController();
    const result = await Promise.race([
      invoke({ functionArn: target.functionArn, payload }),
      sleep(target.timeoutMs, undefined, { signal: timer.signal }),
    ]);
    timer.abort();
    if (result === undefined) return SERVICE_UNAVAILABLE;
    const answer = result.ok ? readResponse(result.payload) : undefined;
    return answer ?? message(500, 'Internal Server Error');
  };

  const tell = (status: number, ms: number) => {
    const of = { ApiId: api.id };
    meter.observe('AWS/ApiGateway', 'Count', of, 1);
    meter.observe('AWS/ApiGateway', '4xx', of, Number(status >= 400 && status < 500));
    meter.observe('AWS/ApiGateway', '5xx', of, Number(status >= 500));
    meter.observe('AWS/ApiGateway', 'Latency', of, Math.round(ms));
  };

  return async (request: LocalRequest): Promise<LocalAnswer> => {
    const end = time.busy();
    meter.add('httpRequests', 1);
    const requestId = randomUUID();
    const begin = performance.now();
    try {
      const answer = await serve(request, requestId);
      tell(answer.status, performance.now() - begin);
      return { ...answer, headers: { ...answer.headers, 'apigw-requestid': requestId } };
    } finally {
      end();
    }
  };
};
