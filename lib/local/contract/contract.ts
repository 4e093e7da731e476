/** The calls under `/_local/` that scripts, tests and the console rely on (design.md, section 6; docs/local.md). */
import * as z from 'zod';
import type { CloudWatch } from '../cloudwatch/cloudwatch.ts';
import { jsonAnswer, type LocalAnswer, type LocalRequest } from '../http-api/exchange.ts';
import type { Meter } from '../meter.ts';
import type { Part } from '../stack/parts.ts';
import type { Timekeeper } from '../time.ts';
import { createCloudWatchCalls } from './cloudwatch-calls.ts';
import { addDuration, isoOf, readInstant } from './instants.ts';

export type EmailFilter = { readonly to?: string; readonly since?: string };

export type ContractParts = {
  readonly time: Pick<Timekeeper, 'now' | 'advanceTo' | 'busy'>;
  readonly mailbox: {
    list(filter: EmailFilter): Promise<unknown> | unknown;
    /** A mail arrives, raw MIME, to these or to whom it names; resolves when it is durable. */
    receive(raw: Buffer, to?: readonly string[]): Promise<unknown>;
  };
  /** Alarms, metrics and dashboards. */
  readonly cloudWatch: CloudWatch;
  executions(filter: { status?: string }): Promise<unknown> | unknown;
  readonly meter: Meter;
  /** Where commands find the parts of the stack that they act on: `bin/commands/target.ts`. */
  readonly stack: { readonly awsUrl: string; readonly parts: readonly Part[] };
  /** Where mail comes in by SMTP, if it does. */
  readonly smtpPort?: number | undefined;
  /** What was published to a topic, newest last: `{at, topic, subject, text}`. */
  pages?(): Promise<unknown> | unknown;
  readonly sales: {
    /** undefined when there is no such sale. */
    describe(source: string, orderId: string): Promise<unknown | undefined>;
    list(): Promise<unknown>;
    /** Events a shop signed and nobody understood, oldest first: `{source, topic, reason, at}`. */
    parked?(): Promise<unknown>;
    /** Pauses in force then: `{what, from, until, by, reason}`. */
    pauses?(now: string): Promise<unknown>;
  };
  /** The pages for people; undefined when it has none there. */
  console(request: LocalRequest): Promise<LocalAnswer | undefined>;
};

const CALLS =
  'GET health, emails, clock, sales, sales/<source>/<order id>, parked, pauses, pages, executions, alarms, alarms/<name>, metrics, dashboards, dashboards/<name>, stack, meter; POST emails, clock';

/** Calls whose path goes on. */
const WITH_MORE: ReadonlySet<string> = new Set(['sales', 'alarms', 'dashboards']);

const problem = (status: number, error: string) => jsonAnswer(status, { error });

const Move = z.union([z.strictObject({ advance: z.string() }), z.strictObject({ to: z.string() })]);

const readMove = (body: Buffer) =>
  z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue('not JSON');
        return z.NEVER;
      }
    })
    .pipe(Move)
    .safeParse(body.toString('utf8')).data;

/** Epoch milliseconds, or what is wrong with the request. */
const targetOf = (body: Buffer, now: number): number | string => {
  const move = readMove(body);
  if (move === undefined)
    return 'Send {"advance":"P3D"} (an ISO 8601 duration) or {"to":"2026-03-01T09:00:00Z"} (an instant).';
  const isDuration = 'advance' in move;
  const target = isDuration ? addDuration(now, move.advance) : readInstant(move.to);
  if (target === undefined)
    return isDuration
      ? `"${move.advance}" is not an ISO 8601 duration. Write P3D for three days, PT90M for ninety minutes, P1W for a week.`
      : `"${move.to}" is not an instant. Write it with its offset, like 2026-03-01T09:00:00Z.`;
  if (target < now)
    return `The clock stands at ${isoOf(now)} and only moves forward; ${isoOf(target)} is in the past. Start with another --data folder for another time.`;
  return target;
};

const emailFilter = (query: string): EmailFilter | string => {
  const parameters = new URLSearchParams(query);
  const to = parameters.get('to');
  const since = parameters.get('since');
  if (since !== null && readInstant(since) === undefined)
    return `since=${since} is not an instant. Write it with its offset, like 2026-03-01T09:00:00Z.`;
  return { ...(to === null ? {} : { to }), ...(since === null ? {} : { since }) };
};

const decode = (part: string) => {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) return part;
    throw error;
  }
};

type Call = (request: LocalRequest, rest: readonly string[]) => Promise<LocalAnswer>;
type Resource = { readonly GET?: Call; readonly POST?: Call };

const createCalls = ({
  time,
  mailbox,
  cloudWatch,
  executions,
  meter,
  stack,
  smtpPort,
  pages,
  sales,
}: ContractParts) => {
  const listEmails: Call = async ({ query }) => {
    const filter = emailFilter(query);
    return typeof filter === 'string' ? problem(400, filter) : jsonAnswer(200, await mailbox.list(filter));
  };

  const receiveEmail: Call = async ({ body, query }) => {
    if (body.length === 0) return problem(400, 'Send a whole mail (message/rfc822) as the body.');
    const to = new URLSearchParams(query).getAll('to').filter((address) => address !== '');
    const end = time.busy();
    try {
      return jsonAnswer(202, (await mailbox.receive(body, to.length === 0 ? undefined : to)) ?? {});
    } finally {
      end();
    }
  };

  const moveClock: Call = async ({ body }) => {
    const target = targetOf(body, time.now());
    if (typeof target === 'string') return problem(400, target);
    const { now, fired } = await time.advanceTo(target);
    await cloudWatch.catchUp();
    return jsonAnswer(200, { now: isoOf(now), fired });
  };

  const describeSale: Call = async (_request, [source, ...orderId]) => {
    if (source === undefined || source === '') return jsonAnswer(200, await sales.list());
    const order = decode(orderId.join('/'));
    const sale = await sales.describe(decode(source), order);
    return sale === undefined
      ? problem(
          404,
          `There is no sale ${order} from ${decode(source)}. GET /_local/sales lists those there are.`,
        )
      : jsonAnswer(200, sale);
  };

  return {
    health: {
      GET: async () =>
        jsonAnswer(200, {
          ready: true,
          now: isoOf(time.now()),
          ...(smtpPort === undefined ? {} : { smtpPort }),
        }),
    },
    emails: { GET: listEmails, POST: receiveEmail },
    clock: { GET: async () => jsonAnswer(200, { now: isoOf(time.now()) }), POST: moveClock },
    executions: {
      GET: async ({ query }) => {
        const status = new URLSearchParams(query).get('status');
        return jsonAnswer(200, await executions(status === null ? {} : { status }));
      },
    },
    pages: {
      GET: async () => {
        await cloudWatch.catchUp();
        return jsonAnswer(200, (await pages?.()) ?? []);
      },
    },
    meter: { GET: async () => jsonAnswer(200, meter.read()) },
    stack: { GET: async () => jsonAnswer(200, stack) },
    ...createCloudWatchCalls(cloudWatch, time.now),
    sales: { GET: describeSale },
    parked: { GET: async () => jsonAnswer(200, (await sales.parked?.()) ?? []) },
    pauses: { GET: async () => jsonAnswer(200, (await sales.pauses?.(isoOf(time.now()))) ?? []) },
  } satisfies Record<string, Resource>;
};

export const createContract = (parts: ContractParts) => {
  const calls: Record<string, Resource> = createCalls(parts);

  return async (request: LocalRequest): Promise<LocalAnswer> => {
    const { method, path } = request;
    const [name = '', ...rest] = path.slice('/_local/'.length).split('/');
    if (path === '/' || name === 'console') {
      const page = await parts.console(request);
      return page ?? problem(404, `The console has no page at ${path}. It begins at /.`);
    }
    const resource = Object.hasOwn(calls, name) ? calls[name] : undefined;
    if (resource === undefined || (rest.length > 0 && !WITH_MORE.has(name)))
      return problem(404, `There is no call ${path}. Under /_local/ there are ${CALLS}.`);
    if (method === 'POST' && resource.POST !== undefined) return resource.POST(request, rest);
    if ((method === 'GET' || method === 'HEAD') && resource.GET !== undefined)
      return resource.GET(request, rest);
    return problem(405, `${path} does not take ${method}. Under /_local/ there are ${CALLS}.`);
  };
};
