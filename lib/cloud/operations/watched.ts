/** The parts of the stack that alarms watch and dashboards draw. */
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Operations as OperationsPolicy } from '../../../functions/core/operations/policy.ts';
import type { DurableQueue } from '../durable-queue.ts';
import type { Deployed } from '../functions.ts';
import type { Machine } from '../machine.ts';
import type { Storage } from '../storage.ts';

export type Watched = {
  policy: OperationsPolicy;
  functions: readonly Deployed[];
  /** By the name people know each by; not every stack has all of them. */
  queues: Readonly<Record<string, DurableQueue | undefined>>;
  storage: Storage;
  api: HttpApi;
  machines: readonly Machine[];
};

/** Those that there are. */
export const queuesOf = ({ queues }: Watched): (DurableQueue & { readonly label: string })[] =>
  Object.entries(queues).flatMap(([label, one]) =>
    one === undefined ? [] : [{ label, queue: one.queue, deadLetters: one.deadLetters }],
  );
