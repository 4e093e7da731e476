/** What SQS answers: batches entry by entry, messages with the attributes asked for. */
import { AwsError } from './aws-error.ts';
import { digestOfAttributes, digestOfBody } from './sqs-digest.ts';
import { type HeldMessage, systemAttributesOf } from './sqs-messages.ts';
import { MAX_BATCH, type ReceiveMessage } from './sqs-requests.ts';

/** A batch call: each entry succeeds or fails by itself, a malformed batch fails as a whole. */
export const forEachEntry = async <Entry extends { Id: string }>(
  entries: readonly Entry[],
  run: (entry: Entry) => Promise<object>,
) => {
  if (entries.length === 0) throw new AwsError('EmptyBatchRequest', 'The batch has no entries.');
  if (entries.length > MAX_BATCH) {
    throw new AwsError('TooManyEntriesInBatchRequest', `A batch has at most ${MAX_BATCH} entries.`);
  }
  if (new Set(entries.map(({ Id }) => Id)).size < entries.length) {
    throw new AwsError('BatchEntryIdsNotDistinct', 'Two entries of the batch have the same Id.');
  }
  const results = await Promise.allSettled(entries.map(run));
  const Successful: object[] = [];
  const Failed: object[] = [];
  for (const [index, { Id }] of entries.entries()) {
    const result = results[index];
    if (result?.status === 'fulfilled') Successful.push({ Id, ...result.value });
    else Failed.push({ Id, ...failureOf(result?.reason) });
  }
  return { Successful, Failed };
};

const failureOf = (error: unknown) =>
  error instanceof AwsError
    ? { Code: error.name, Message: error.message, SenderFault: error.httpStatus === 400 }
    : { Code: 'InternalFailure', Message: 'Internal failure', SenderFault: false };

/** By name, by prefix (`app.*`) or all of them. */
export const pick = <T>(all: Record<string, T>, names: readonly string[]): Record<string, T> => {
  if (names.includes('All') || names.includes('.*')) return all;
  const isWanted = (name: string) =>
    names.some((wanted) => (wanted.endsWith('.*') ? name.startsWith(wanted.slice(0, -1)) : name === wanted));
  return Object.fromEntries(Object.entries(all).filter(([name]) => isWanted(name)));
};

export const toMessage = (message: HeldMessage, request: ReceiveMessage, queueArn: string) => {
  const names = [...request.AttributeNames, ...request.MessageSystemAttributeNames];
  const attributes = pick(message.attributes, request.MessageAttributeNames);
  const MD5OfMessageAttributes = digestOfAttributes(attributes);
  return {
    MessageId: message.messageId,
    ReceiptHandle: message.receiptHandle,
    MD5OfBody: digestOfBody(message.body),
    Body: message.body,
    Attributes: pick(systemAttributesOf(message, queueArn), names),
    ...(MD5OfMessageAttributes && { MessageAttributes: attributes, MD5OfMessageAttributes }),
  };
};
