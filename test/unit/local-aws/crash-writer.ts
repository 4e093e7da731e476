/** Run as a process of its own: writes items, messages and mails without end, naming each once it is acknowledged. */
import { openDynamodb } from '../../../lib/local/aws/dynamodb.ts';
import { openMailbox } from '../../../lib/local/aws/mailbox.ts';
import { createSqs } from '../../../lib/local/aws/sqs.ts';
import { createMeter } from '../../../lib/local/meter.ts';
import { openStore } from '../../../lib/local/store.ts';
import { createTimekeeper } from '../../../lib/local/time.ts';
import { crashTable } from './crash-table.ts';

const folder = process.argv[2] ?? '.';
const place = { region: 'eu-west-1', accountId: '000000000000' };
const store = openStore(`${folder}/runtime.db`);
const time = createTimekeeper(store);
const meter = createMeter();
const dynamodb = await openDynamodb({ store, path: `${folder}/dynamodb`, meter, ...place });
await dynamodb.createTable(crashTable);
const sqs = createSqs({ store, time, meter, baseUrl: () => 'http://127.0.0.1', ...place });
const { url } = sqs.createQueue({ name: 'crash' });
const mailbox = openMailbox({ directory: `${folder}/mail`, store });

const writeOne = async (number: number) => {
  const id = `item-${number}`;
  await Promise.all([
    dynamodb.call('PutItem', {
      TableName: crashTable.TableName,
      Item: { id: { S: id }, owner: { S: `owner-${number % 3}` } },
    }),
    sqs.call('SendMessage', { QueueUrl: url, MessageBody: id }),
    mailbox.keep({
      ...{ id, direction: 'out', recipients: ['ann@example.com'], at: number },
      raw: Buffer.from(`Subject: ${id}\r\n\r\nHello`),
    }),
  ]);
  process.stdout.write(`${id}\n`);
};

for (let number = 0; ; number += 4) {
  await Promise.all([0, 1, 2, 3].map((offset) => writeOne(number + offset)));
}
