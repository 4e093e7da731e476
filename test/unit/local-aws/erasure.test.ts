import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CreateTableCommand,
  DeleteItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { followErasures, saleRef } from '../../../lib/local/erasure.ts';
import { type LocalAws, newFolder, startLocalAws } from './local-aws.ts';

const TableName = 'sales';
const QUEUE = 'arn:aws:sqs:eu-west-1:000000000000:letters';
/** Random text, so that it stands in a file as it is even where the file is compressed. */
const NAME = 'kXq7vZ2mWp9RtY4n';
const OTHER = 'bH3jL8sDf6GwC1xQ';

let folder: Awaited<ReturnType<typeof newFolder>>;
let aws: LocalAws;

const follow = () => followErasures(aws);

beforeEach(async () => {
  folder = await newFolder();
  aws = await startLocalAws(folder.path);
  aws.sqs.createQueue({ name: 'letters' });
  aws.s3.createBucket({ name: 'shop-mail', expiries: [], notifications: [] });
  const key = (AttributeName: string, KeyType: 'HASH' | 'RANGE') => ({ AttributeName, KeyType });
  await aws.clients.dynamodb.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['sale', 'item'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [key('sale', 'HASH'), key('item', 'RANGE')],
    }),
  );
});
afterEach(async () => {
  await aws.stop();
  await folder.remove();
});

/** The files of the data folder in which a text stands, in any of the ways it may be written down. */
const filesWith = (needle: string): string[] => {
  const forms = [
    needle,
    Buffer.from(needle).toString('base64').replace(/=+$/, ''),
    encodeURIComponent(needle),
  ];
  return readdirSync(folder.path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => {
      const bytes = readFileSync(file);
      return forms.some((form) => bytes.includes(form) || bytes.includes(Buffer.from(form, 'utf16le')));
    });
};

const put = (sale: string, item: string, name: string) =>
  aws.clients.dynamodb.send(
    new PutItemCommand({ TableName, Item: { sale: { S: sale }, item: { S: item }, data: { S: name } } }),
  );
const mail = (id: string, sales: readonly string[], name: string) =>
  aws.mailbox.keep({
    ...{ id, direction: 'out', recipients: [`${name}@customer.example`], at: aws.time.now() },
    raw: Buffer.from(
      `To: ${name}@customer.example\r\nX-Aftercare-Sale: ${sales.map(saleRef).join(' ')}\r\n\r\nHello ${name}`,
    ),
  });

const seed = async (sale: string, name: string) => {
  await put(sale, 'customer', name);
  for (let turn = 0; turn < 5; turn += 1) await put(sale, 'entry#1', `${name} ${turn}`);
  await aws.clients.dynamodb.send(
    new UpdateItemCommand({
      TableName,
      Key: { sale: { S: sale }, item: { S: 'entry#2' } },
      UpdateExpression: 'SET words = :words',
      ExpressionAttributeValues: { ':words': { S: name } },
    }),
  );
  await mail(`mail-${name}`, [sale], name);
  await aws.s3.put('shop-mail', `mail/${name.toLowerCase()}`, Buffer.from(`From: ${name}\r\n\r\nHello`));
  await aws.store.write(() => aws.sqs.insert(QUEUE, `about ${name}`));
};

/** As the function that forgets people does it, whose call is work to the clock. */
const erase = async (sale: string, name: string) => {
  const end = aws.time.busy();
  await aws.clients.dynamodb.send(
    new PutItemCommand({
      TableName,
      Item: { sale: { S: sale }, item: { S: 'customer' }, erased: { BOOL: true } },
    }),
  );
  await put(sale, 'entry#1', 'nobody');
  await aws.clients.dynamodb.send(
    new DeleteItemCommand({ TableName, Key: { sale: { S: sale }, item: { S: 'entry#2' } } }),
  );
  await aws.s3.delete('shop-mail', `mail/${name.toLowerCase()}`);
  await aws.sqs.call('PurgeQueue', { QueueUrl: QUEUE });
  end();
};
const settle = () => aws.time.advanceTo(aws.time.now());

describe('somebody who was forgotten', () => {
  it('is in no file any more, whatever held them; everybody else is', async () => {
    follow();
    await seed('shop#1', NAME);
    await seed('shop#2', OTHER);
    const before = filesWith(NAME);

    await erase('shop#1', NAME);
    await settle();

    const held = before.join(' ');
    for (const place of ['/mail/', '/s3/shop-mail/', '/runtime.db']) expect(held).toContain(place);
    expect(filesWith(NAME)).toEqual([]);
    expect(filesWith(OTHER).length).toBeGreaterThanOrEqual(3);
    expect(await aws.mailbox.list()).toHaveLength(1);
  });

  it('is in no file of an older table either', async () => {
    follow();
    await seed('shop#1', NAME);
    await aws.store.scrub();
    await put('shop#1', 'customer', `${NAME} once more`);
    await aws.store.scrub();

    await erase('shop#1', NAME);
    await settle();

    expect(filesWith(NAME)).toEqual([]);
  });

  it('is in no corner of a page either, where SQLite leaves copies of what it moved', async () => {
    follow();
    const TableName = 'found-by';
    await aws.dynamodb.createTable({
      TableName,
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: ['id', 'name'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      GlobalSecondaryIndexes: [
        {
          IndexName: 'byName',
          KeySchema: [{ AttributeName: 'name', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
    });
    const ids = Array.from({ length: 1200 }, (_, turn) => `sale-${(turn * 7) % 1200}`);
    const isTheirs = (id: string) => id.endsWith('0');
    const item = (id: string, turn: number, round: number) => ({
      id: { S: id },
      name: { S: `${(turn * 31 + round) % 50}-${isTheirs(id) ? NAME : OTHER}` },
      text: { S: 'x'.repeat((turn * 977 * (round + 1)) % 2500) },
    });
    for (const round of [0, 1])
      await Promise.all(
        ids.map((id, turn) => aws.dynamodb.call('PutItem', { TableName, Item: item(id, turn, round) })),
      );

    await Promise.all(
      ids
        .filter(isTheirs)
        .map((id) => aws.dynamodb.call('DeleteItem', { TableName, Key: { id: { S: id } } })),
    );
    await erase('shop#1', NAME);
    await settle();

    expect(filesWith(NAME)).toEqual([]);
  });

  it('is forgotten after the next start, when the process died in the middle', async () => {
    follow();
    await seed('shop#1', NAME);
    aws.mailbox.forget = () => Promise.reject(new Error('killed'));
    const printed = vi.spyOn(console, 'error').mockReturnValue();
    await erase('shop#1', NAME);
    await settle();
    const meanwhile = filesWith(NAME);
    await aws.stop();

    aws = await startLocalAws(folder.path);
    aws.s3.createBucket({ name: 'shop-mail', expiries: [], notifications: [] });
    follow();
    await settle();

    expect(printed).toHaveBeenCalledWith('Somebody could not be forgotten yet', new Error('killed'));
    printed.mockRestore();
    expect(meanwhile).not.toEqual([]);
    expect(filesWith(NAME)).toEqual([]);
  });

  it('takes a mail about several sales along', async () => {
    follow();
    await mail('digest', ['shop#1', 'shop#2'], NAME);
    await mail('other', ['shop#2'], OTHER);

    await aws.mailbox.forget(saleRef('shop#1'));

    expect((await aws.mailbox.list()).map(({ id }) => id)).toEqual(['other']);
  });
});

describe('a mail that came in', () => {
  it('goes with the object that it came in as', async () => {
    aws.inbound.useRules([
      {
        logicalId: 'Rule',
        recipients: ['reply.shop.example'],
        puts: [{ bucket: 'shop-mail', prefix: 'mail/' }],
      },
    ]);
    const raw = Buffer.from(`From: ${NAME}@customer.example\r\nTo: a@reply.shop.example\r\n\r\nHello`);
    const { id } = await aws.inbound.receive(raw);
    const [known] = await aws.mailbox.list({ direction: 'in' });

    await aws.s3.delete('shop-mail', `mail/${id}`);

    expect(known?.id).toBe(id);
    expect(await aws.mailbox.list({ direction: 'in' })).toEqual([]);
    expect(readdirSync(join(folder.path, 'mail'))).toEqual([]);
  });

  it('cannot be made to vanish by naming a sale in it', async () => {
    const raw = Buffer.from(
      `From: a@b.example\r\nTo: c@d.example\r\nX-Aftercare-Sale: ${saleRef('shop#1')}\r\n\r\n.`,
    );
    await aws.inbound.receive(raw);

    await aws.mailbox.forget(saleRef('shop#1'));

    expect(await aws.mailbox.list({ direction: 'in' })).toHaveLength(1);
  });
});
