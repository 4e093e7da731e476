/** Finds the metrics that functions tell in their logs: lines of JSON in CloudWatch's embedded metric format. */
import { StringDecoder } from 'node:string_decoder';
import * as z from 'zod';
import type { Metric } from './metric.ts';

const Line = z.looseObject({
  _aws: z.object({
    Timestamp: z.number(),
    CloudWatchMetrics: z.array(
      z.object({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())).default([[]]),
        Metrics: z.array(z.object({ Name: z.string() })),
      }),
    ),
  }),
});
const Value = z.union([z.number().transform((one) => [one]), z.array(z.number())]).catch([]);

export type Told = { readonly metric: Metric; readonly value: number; readonly at: number };

/** CloudWatch takes no longer line either. */
const LONGEST_LINE = 1_048_576;

const parse = (line: string) => {
  try {
    return Line.safeParse(JSON.parse(line)).data;
  } catch (error) {
    // Functions may write whatever they like; only what is meant as metrics is JSON.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

/** All that one line tells, nothing when it tells no metrics. */
export const toldIn = (line: string): Told[] => {
  if (!line.includes('"_aws"')) return [];
  const parsed = parse(line);
  if (parsed === undefined) return [];
  const { _aws: head, ...fields } = parsed;
  return head.CloudWatchMetrics.flatMap(({ Namespace: namespace, Dimensions, Metrics }) =>
    Dimensions.flatMap((names) => {
      const dimensions = Object.fromEntries(names.map((name) => [name, String(fields[name])]));
      return Metrics.flatMap(({ Name: name }) =>
        Value.parse(fields[name]).map((value) => ({
          metric: { namespace, name, dimensions },
          value,
          at: head.Timestamp,
        })),
      );
    }),
  );
};

/** Takes what functions write as it comes, in pieces or several lines at once. */
export const createTellings = (tell: (told: Told) => void) => {
  const open = new Map<string, { decoder: StringDecoder; rest: string }>();

  return (functionName: string, bytes: Uint8Array): void => {
    const known = open.get(functionName) ?? { decoder: new StringDecoder('utf8'), rest: '' };
    open.set(functionName, known);
    const lines = (known.rest + known.decoder.write(Buffer.from(bytes))).split('\n');
    const rest = lines.pop() ?? '';
    known.rest = rest.length > LONGEST_LINE ? '' : rest;
    for (const line of lines) for (const told of toldIn(line)) tell(told);
  };
};
