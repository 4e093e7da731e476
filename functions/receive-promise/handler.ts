/** Other systems of the shop make, move, pass on and take back promises: signed, strict, each request done once. */
import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { RequestStore, SalePorts, Secrets } from '../adapters/ports.ts';
import { toInstant } from '../core/calendar.ts';
import type { Instant } from '../core/ids.ts';
import { addMinutes } from '../core/promises/deadlines.ts';
import { bodyBytes } from '../middleware/form.ts';
import { logLine } from '../middleware/log-line.ts';
import { parseJson } from '../shops/json.ts';
import { standard } from '../shops/standard.ts';
import type { Outcome } from './answer.ts';
import { change } from './change.ts';
import { create } from './create.ts';
import {
  answerProblem,
  answerWith,
  misunderstood,
  notJson,
  notSigned,
  otherBody,
  type Problem,
  tooLarge,
  trouble,
  wrongMedia,
} from './problem.ts';
import { PromiseRequest } from './promise-request.ts';
import { staffLeft } from './staff-left.ts';

const MOST_BYTES = 64 * 1024;
const KEPT_MINUTES = 30 * 24 * 60;

type Ports = SalePorts & { secrets: Secrets; requests: RequestStore };

type Understood = { asked: PromiseRequest; source: string; body: Buffer };

const JSON_MEDIA = /^application\/([\w.+-]+\+)?json\s*(;|$)/i;

export const createHandler = (ports: Ports) => {
  const { config } = ports.settings;
  const sources = Object.entries(config.sources).flatMap(([name, { kind }]) =>
    kind === 'standard' ? [name] : [],
  );

  /** The source whose secret signed it. */
  const signedBy = async (event: APIGatewayProxyEventV2, body: Buffer): Promise<string | undefined> => {
    const receivedAt = event.requestContext.timeEpoch;
    const request = { headers: event.headers, body, receivedAt };
    for (const source of sources)
      if (standard.isSigned(request, await ports.secrets.of(source, receivedAt))) return source;
    return undefined;
  };

  const understand = async (event: APIGatewayProxyEventV2): Promise<Understood | { problem: Problem }> => {
    const body = bodyBytes(event);
    if (body.length > MOST_BYTES) return { problem: tooLarge };
    const source = await signedBy(event, body);
    if (source === undefined) return { problem: notSigned };
    const media = event.headers['content-type'];
    if (media !== undefined && !JSON_MEDIA.test(media)) return { problem: wrongMedia };
    const parsed = parseJson(body);
    if (!parsed.isJson) return { problem: notJson(parsed.reason) };
    const asked = PromiseRequest.safeParse(parsed.value);
    return asked.success ? { asked: asked.data, source, body } : { problem: misunderstood(asked.error) };
  };

  const carryOut = async (
    { asked, source, body }: Understood,
    webhookId: string,
    now: Instant,
  ): Promise<Outcome> => {
    const { ids, requests } = ports;
    /* Two systems may number their requests alike. */
    const request = ids.digest(`${source} ${webhookId}`);
    const told = {
      body: ids.digest(body.toString('utf8')),
      at: now,
      expiresAt: addMinutes(now, KEPT_MINUTES),
    };
    const known = await requests.remember(request, told);
    if (known.body !== told.body) return { problem: otherBody };
    const about = { request, now };
    switch (asked.type) {
      case 'promise.create':
        return create(ports, asked, about);
      case 'promise.reschedule':
      case 'promise.hand-over':
      case 'promise.cancel':
        return change(ports, asked, about);
      case 'staff.left':
        return staffLeft(ports, asked, { ...about, known });
    }
  };

  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(
      logLine<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>((event, result) => ({
        route: event.routeKey,
        status: result?.statusCode,
      })),
    )
    .use({
      onError: (handling) => {
        handling.response = answerProblem(trouble);
      },
    })
    .handler(async (event) => {
      const understood = await understand(event);
      if ('problem' in understood) return answerProblem(understood.problem);
      const now = toInstant(event.requestContext.timeEpoch);
      const outcome = await carryOut(understood, event.headers['webhook-id'] ?? '', now);
      return 'problem' in outcome ? answerProblem(outcome.problem) : answerWith(outcome.status, outcome.body);
    });
};
