import * as z from 'zod';

/**
 * entering: about to enter `state` · pending: a Map iteration that has not begun · running: its Lambda has not
 * returned · token: waits for SendTask* · waiting: in a Wait state · retrying: pauses before the next attempt ·
 * joining: its iterations or branches run · done: a finished iteration or branch, output kept for the join.
 */
export const Phase = z.enum([
  'entering',
  'pending',
  'running',
  'token',
  'waiting',
  'retrying',
  'joining',
  'done',
]);
export type Phase = z.output<typeof Phase>;

export const Thread = z.object({
  execution: z.number(),
  ordinal: z.number(),
  parent: z.number().nullable(),
  /** Index among the iterations or branches of its parent. */
  slot: z.number(),
  state: z.string(),
  phase: Phase,
  input: z.string(),
  /** JSON object: the variables of its own scope. */
  variables: z.string(),
  enteredAt: z.number(),
  enteredEvent: z.number(),
  lastEvent: z.number(),
  /** JSON list: how often each retrier of the state was used. */
  retries: z.string().nullable(),
  /** Id of the scheduling event of the attempt under way. */
  event: z.number().nullable(),
  functionArn: z.string().nullable(),
  payload: z.string().nullable(),
  /** The next instant something happens by itself; that of a running task is its timeout. */
  dueAt: z.number().nullable(),
  timeoutAt: z.number().nullable(),
  heartbeatMs: z.number().nullable(),
  /** JSON of the Map item this iteration is for. */
  item: z.string().nullable(),
  /** JSON of Children, while joining. */
  children: z.string().nullable(),
  output: z.string().nullable(),
});
export type Thread = z.output<typeof Thread>;

/** Iterations or branches are the threads `first` to `first + total - 1`. */
export const Children = z.object({
  first: z.number(),
  total: z.number(),
  begun: z.number(),
  done: z.number(),
});
export type Children = z.output<typeof Children>;
