import * as z from 'zod';
import type { ResourceReader } from './properties.ts';

const Properties = z.object({
  VisibilityTimeout: z.number().default(30),
  DelaySeconds: z.number().default(0),
  MessageRetentionPeriod: z.number().default(345_600),
  FifoQueue: z.literal(false, 'FIFO queues are not played on one machine').optional(),
  RedrivePolicy: z
    .object({ deadLetterTargetArn: z.string(), maxReceiveCount: z.coerce.number().int().positive() })
    .optional(),
});

export type Queue = {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly visibilityTimeoutSeconds: number;
  readonly delaySeconds: number;
  readonly retentionSeconds: number;
  readonly redrive: { readonly deadLetterArn: string; readonly maxReceiveCount: number } | undefined;
};

/** Dead-letter queues come before the queues that name them. */
export const readQueues = (reader: ResourceReader): Queue[] => {
  const queues = reader.idsOf('AWS::SQS::Queue').map((logicalId): Queue => {
    const properties = reader.read(logicalId, Properties);
    const redrive = properties.RedrivePolicy;
    return {
      logicalId,
      name: reader.names.name(logicalId),
      arn: reader.names.arn(logicalId),
      visibilityTimeoutSeconds: properties.VisibilityTimeout,
      delaySeconds: properties.DelaySeconds,
      retentionSeconds: properties.MessageRetentionPeriod,
      redrive:
        redrive === undefined
          ? undefined
          : { deadLetterArn: redrive.deadLetterTargetArn, maxReceiveCount: redrive.maxReceiveCount },
    };
  });
  const letters = new Set(queues.map(({ redrive }) => redrive?.deadLetterArn));
  return [...queues.filter(({ arn }) => letters.has(arn)), ...queues.filter(({ arn }) => !letters.has(arn))];
};
