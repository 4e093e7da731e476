/** The queues for what failed, found by the stack's own wiring and called by names a person understands. */
import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { CommandMistake } from '../command-mistake.ts';
import type { Part, Target } from '../target.ts';
import { toldPlainly } from '../target-trouble.ts';

/** By the path of the construct; any other queue is called by its own path. */
const NAMES: Readonly<Record<string, string>> = {
  Intake: 'intake',
  Inbound: 'mails',
  MailEvents: 'mail-events',
  Forget: 'forget',
};

/** What waits in each for its consumer. */
export const HOLDS: Readonly<Record<string, string>> = {
  intake: 'webhooks of shops',
  mails: 'mails of customers',
  'mail-events': 'what became of our mails',
  forget: 'people to be forgotten',
};

export type DeadLetters = {
  name: string;
  url: string;
  /** Visible now, in somebody's hands now. */
  waiting: number;
  held: number;
  /** Where they came from and go back to. */
  queueUrl: string;
  queueName: string;
};

const Count = z.coerce.number().default(0);
const Attributes = z.object({
  QueueArn: z.string(),
  RedrivePolicy: z.string().optional(),
  ApproximateNumberOfMessages: Count,
  ApproximateNumberOfMessagesNotVisible: Count,
});
const RedrivePolicy = z.object({ deadLetterTargetArn: z.string() });

const pathOf = ({ logicalId }: Part) => logicalId.replace(/(Queue)?([0-9A-F]{8})?$/, '');

const kebab = (path: string) => path.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase();

const attributesOf = async (sqs: SQSClient, part: Part) => {
  const { Attributes: given } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: part.id, AttributeNames: ['All'] }),
  );
  return { part, ...Attributes.parse(given) };
};

/** All of the stack, in the order of the template. */
export const listDeadLetters = async (target: Target, sqs: SQSClient): Promise<DeadLetters[]> => {
  const parts = await target.parts('AWS::SQS::Queue');
  const queues = await toldPlainly(target.name, () =>
    Promise.all(parts.map((part) => attributesOf(sqs, part))),
  );
  const byArn = new Map(queues.map((queue) => [queue.QueueArn, queue]));
  return queues.flatMap(({ part, RedrivePolicy: policy }) => {
    if (policy === undefined) return [];
    const letters = byArn.get(RedrivePolicy.parse(JSON.parse(policy)).deadLetterTargetArn);
    if (letters === undefined) return [];
    const path = pathOf(part);
    return [
      {
        name: NAMES[path] ?? kebab(path),
        url: letters.part.id,
        waiting: letters.ApproximateNumberOfMessages,
        held: letters.ApproximateNumberOfMessagesNotVisible,
        queueUrl: part.id,
        queueName: part.id.slice(part.id.lastIndexOf('/') + 1),
      },
    ];
  });
};

/** @throws CommandMistake that names those there are. */
export const deadLettersNamed = async (
  target: Target,
  sqs: SQSClient,
  name: string,
): Promise<DeadLetters> => {
  const all = await listDeadLetters(target, sqs);
  const found = all.find((one) => one.name === name);
  if (found !== undefined) return found;
  throw new CommandMistake(
    `There is no queue "${name}". ${target.name} has: ${all.map((one) => one.name).join(', ')}.`,
  );
};
