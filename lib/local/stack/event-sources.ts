import * as z from 'zod';
import type { ResourceReader } from './properties.ts';

const Properties = z.object({
  EventSourceArn: z.string().regex(/^arn:aws:sqs:/, 'only SQS queues can feed a function here'),
  FunctionName: z.string(),
  BatchSize: z.number().default(10),
  MaximumBatchingWindowInSeconds: z.number().default(0),
  Enabled: z.boolean().default(true),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  ScalingConfig: z.object({ MaximumConcurrency: z.number().optional() }).optional(),
  FilterCriteria: z.undefined('filters are not played: filter in the function').optional(),
});

/** A queue whose messages a function receives in batches. */
export type EventSource = {
  readonly logicalId: string;
  readonly queueArn: string;
  /** Name or ARN, with or without a qualifier. */
  readonly functionArn: string;
  readonly batchSize: number;
  readonly batchingWindowSeconds: number;
  readonly maximumConcurrency: number | undefined;
  readonly reportsBatchItemFailures: boolean;
};

export const readEventSources = (reader: ResourceReader): EventSource[] =>
  reader.idsOf('AWS::Lambda::EventSourceMapping').flatMap((logicalId) => {
    const properties = reader.read(logicalId, Properties);
    if (!properties.Enabled) return [];
    return [
      {
        logicalId,
        queueArn: properties.EventSourceArn,
        functionArn: properties.FunctionName,
        batchSize: properties.BatchSize,
        batchingWindowSeconds: properties.MaximumBatchingWindowInSeconds,
        maximumConcurrency: properties.ScalingConfig?.MaximumConcurrency,
        reportsBatchItemFailures: properties.FunctionResponseTypes.length > 0,
      },
    ];
  });
