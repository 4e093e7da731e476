import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import { crashTable } from './crash-table.ts';
import { type LocalAws, newFolder, startLocalAws } from './local-aws.ts';

const WRITER = fileURLToPath(new URL('crash-writer.ts', import.meta.url));
const ENOUGH = 120;

/** Starts the writer, kills it in the middle of its work, and says what it had acknowledged. */
const writeUntilKilled = async (folder: string): Promise<string[]> => {
  const writer = spawn(process.execPath, [WRITER, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  writer.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    if (output.split('\n').length > ENOUGH) writer.kill('SIGKILL');
  });
  await once(writer, 'close');
  expect(writer.signalCode).toBe('SIGKILL');
  return output.split('\n').slice(0, -1);
};

const scan = async (aws: LocalAws, index?: string) => {
  const { Items = [] } = await aws.clients.dynamodb.send(
    new ScanCommand({ TableName: crashTable.TableName, ...(index && { IndexName: index }) }),
  );
  return Items.map(({ id }) => id?.S ?? '').toSorted();
};

const receiveAll = async (aws: LocalAws, url: string) => {
  const bodies: string[] = [];
  for (;;) {
    const { Messages = [] } = await aws.clients.sqs.send(
      new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10 }),
    );
    if (Messages.length === 0) return bodies;
    bodies.push(...Messages.map(({ Body }) => Body ?? ''));
  }
};

it('keeps every acknowledged item, message and mail through kill -9', async () => {
  const folder = await newFolder();
  const acknowledged = await writeUntilKilled(folder.path);

  const aws = await startLocalAws(folder.path);
  await aws.dynamodb.createTable(crashTable);
  const { url } = aws.sqs.createQueue({ name: 'crash' });
  const items = await scan(aws);
  const indexed = await scan(aws, 'byOwner');
  const bodies = await receiveAll(aws, url);
  const mails = await aws.mailbox.list({ to: 'ann@example.com' });
  await aws.stop();
  await folder.remove();

  expect(acknowledged.length).toBeGreaterThanOrEqual(ENOUGH);
  expect(items).toEqual(expect.arrayContaining(acknowledged));
  expect(indexed).toEqual(items);
  expect(bodies).toEqual(expect.arrayContaining(acknowledged));
  expect(mails.map(({ subject }) => subject)).toEqual(expect.arrayContaining(acknowledged));
});
