import * as z from 'zod';
import type { ResourceReader } from './properties.ts';

const Properties = z.object({
  FifoTopic: z.literal(false, 'FIFO topics are not played on one machine').optional(),
});

export type Topic = { readonly logicalId: string; readonly arn: string };

export const readTopics = (reader: ResourceReader): Topic[] =>
  reader.idsOf('AWS::SNS::Topic').map((logicalId) => {
    reader.read(logicalId, Properties);
    return { logicalId, arn: reader.names.arn(logicalId) };
  });
