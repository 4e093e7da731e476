/** The frame of every Lambda that a state machine calls: parse, run, one log line. */
import middy from '@middy/core';
import * as z from 'zod';
import type { FollowUpStep, PromiseStep } from '../steps/task.ts';
import { logLine } from './log-line.ts';
import { parse } from './parse.ts';

type Step = FollowUpStep | PromiseStep;
type StepResult = { did: string };

/** The ids of a task, also of one that turns out to be wrong. */
const Ids = z.object({ plan: z.object({ saleId: z.string(), promise: z.string().optional() }) });

const idsOf = (event: unknown) => {
  const { data } = Ids.safeParse(event);
  return { sale: data?.plan.saleId, promise: data?.plan.promise };
};

export const createStep = <S extends z.ZodType<Step>, R extends StepResult>(
  schema: S,
  run: (task: z.output<S>) => Promise<R>,
) =>
  middy<z.output<S>, R>()
    .use(logLine<z.output<S>, R>((task, result) => ({ ...idsOf(task), did: result?.did })))
    .use(parse(schema))
    .handler(run);
