/** The calls under `/_local/` that show alarms, metrics and dashboards. */
import * as z from 'zod';
import type { CloudWatch } from '../cloudwatch/cloudwatch.ts';
import type { Grid } from '../cloudwatch/metric.ts';
import { readStat } from '../cloudwatch/metric.ts';
import { jsonAnswer, type LocalAnswer, type LocalRequest } from '../http-api/exchange.ts';
import { addDuration, readInstant } from './instants.ts';

type Call = (request: LocalRequest, rest: readonly string[]) => Promise<LocalAnswer>;

const MOST_POINTS = 10_000;
const USUAL_RANGE = 'P1D';

const refuse = (error: string) => jsonAnswer(400, { error });

const instant = (name: string) =>
  z.string(`${name} is missing`).transform((text, context) => {
    const at = readInstant(text);
    if (at !== undefined) return at;
    context.addIssue(
      `${name}=${text} is not an instant. Write it with its offset, like 2026-03-01T09:00:00Z.`,
    );
    return z.NEVER;
  });

/** `a=1,b=2` */
const Dimensions = z
  .string()
  .default('')
  .transform((text) =>
    Object.fromEntries(
      text
        .split(',')
        .filter((pair) => pair.includes('='))
        .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
    ),
  );

const SeriesRequest = z
  .object({
    namespace: z.string('namespace is missing'),
    name: z.string('name is missing'),
    dimensions: Dimensions,
    stat: z.string().default('Sum'),
    period: z.coerce
      .number()
      .int()
      .positive()
      .multipleOf(60, 'period is in seconds, whole minutes')
      .default(300),
    from: instant('from'),
    to: instant('to'),
  })
  .transform(({ stat, period, from, to, ...metric }, context) => {
    const periodMs = period * 1000;
    const first = Math.floor(from / periodMs);
    const grid: Grid = { from: first * periodMs, periodMs, slots: Math.ceil(to / periodMs) - first };
    const known = readStat(stat);
    if (known === undefined)
      context.addIssue(`stat=${stat} is none of Sum, Average, Minimum, Maximum, SampleCount, pNN.`);
    if (grid.slots < 1 || grid.slots > MOST_POINTS)
      context.addIssue(`from and to must be 1 to ${MOST_POINTS} periods apart, to being the later.`);
    return { metric, stat: known ?? ('Sum' as const), grid };
  });

const messages = (error: z.ZodError) => error.issues.map(({ message }) => message).join(' ');

const decoded = (rest: readonly string[]) => {
  try {
    return decodeURIComponent(rest.join('/'));
  } catch (error) {
    if (error instanceof URIError) return rest.join('/');
    throw error;
  }
};

export const createCloudWatchCalls = (cloudWatch: CloudWatch, now: () => number) => {
  const alarms: Call = async (_request, rest) => {
    if (rest.length === 0) return jsonAnswer(200, await cloudWatch.alarms());
    const changes = await cloudWatch.alarmChanges(decoded(rest));
    return changes === undefined
      ? jsonAnswer(404, {
          error: `There is no alarm ${decoded(rest)}. GET /_local/alarms lists those there are.`,
        })
      : jsonAnswer(200, changes);
  };

  const metrics: Call = async ({ query }) => {
    const parsed = SeriesRequest.safeParse(Object.fromEntries(new URLSearchParams(query)));
    if (!parsed.success) return refuse(messages(parsed.error));
    const { metric, stat, grid } = parsed.data;
    const values = await cloudWatch.series(metric, stat, grid);
    const points = values.flatMap((value, slot) =>
      value === undefined ? [] : [[grid.from + slot * grid.periodMs, value]],
    );
    return jsonAnswer(200, { label: metric.name, points });
  };

  const dashboards: Call = async ({ query }, rest) => {
    if (rest.length === 0) return jsonAnswer(200, cloudWatch.dashboards());
    const range = new URLSearchParams(query).get('range') ?? USUAL_RANGE;
    const begin = now();
    const end = addDuration(begin, range);
    if (end === undefined || end <= begin)
      return refuse(
        `range=${range} is not an ISO 8601 duration. Write PT3H for three hours, P1W for a week.`,
      );
    const board = await cloudWatch.board(decoded(rest), end - begin);
    return board === undefined
      ? jsonAnswer(404, {
          error: `There is no dashboard ${decoded(rest)}. GET /_local/dashboards lists those there are.`,
        })
      : jsonAnswer(200, board);
  };

  return { alarms: { GET: alarms }, metrics: { GET: metrics }, dashboards: { GET: dashboards } };
};
