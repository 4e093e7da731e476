import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NoSuchBucket,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type LocalAws, newFolder, startLocalAws } from './local-aws.ts';

const QUEUE = 'arn:aws:sqs:eu-west-1:000000000000:made';
const BUCKET = {
  name: 'shop-mail',
  expiries: [{ prefix: 'mail/', days: 2 }],
  notifications: [{ queueArn: QUEUE, prefix: 'mail/', suffix: '' }],
};

const DAY = 86_400_000;

let folder: Awaited<ReturnType<typeof newFolder>>;
let aws: LocalAws;

const start = async () => {
  aws = await startLocalAws(folder.path);
  aws.sqs.createQueue({ name: 'made' });
  aws.s3.createBucket(BUCKET);
};

beforeAll(async () => {
  folder = await newFolder();
  await start();
});
afterAll(async () => {
  await aws.stop();
  await folder.remove();
});

const Bucket = BUCKET.name;
const put = (Key: string, Body: string | Buffer) =>
  aws.clients.s3.send(new PutObjectCommand({ Bucket, Key, Body }));
const text = async (Key: string) => {
  const { Body } = await aws.clients.s3.send(new GetObjectCommand({ Bucket, Key }));
  return Body?.transformToString();
};
const filesOf = () => readdirSync(join(folder.path, 's3', Bucket));

const Received = z.object({ Messages: z.array(z.object({ Body: z.string() })) });
const takeMessages = async (): Promise<unknown[]> => {
  const QueueUrl = `${aws.endpoint.url}/000000000000/made`;
  const answer = await aws.sqs.call('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 });
  await aws.sqs.call('PurgeQueue', { QueueUrl });
  return Received.parse(answer).Messages.map(({ Body }): unknown => JSON.parse(Body));
};

describe('an object', () => {
  it('comes back byte for byte, whatever its key', async () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    const Key = 'any/../where/ü b+c&d?e#f%20';

    await put(Key, bytes);

    const { Body, ContentLength, ETag } = await aws.clients.s3.send(new GetObjectCommand({ Bucket, Key }));
    expect(Buffer.from((await Body?.transformToByteArray()) ?? [])).toEqual(bytes);
    expect(ContentLength).toBe(256);
    expect(ETag).toBe('"e2c865db4162bed963bfaa9ef6ac18f0"');
  });

  it('comes in a stream whose length and checksum are told at the end', async () => {
    const Body = Readable.from([Buffer.from('first, '), Buffer.from('second')]);

    await aws.clients.s3.send(new PutObjectCommand({ Bucket, Key: 'stream', Body, ContentLength: 13 }));

    expect(await text('stream')).toBe('first, second');
  });

  it('is described without its bytes', async () => {
    await put('described', 'twelve bytes');

    const head = await aws.clients.s3.send(new HeadObjectCommand({ Bucket, Key: 'described' }));

    expect(head.ContentLength).toBe(12);
    expect(head.LastModified?.getTime()).toBeGreaterThan(aws.time.now() - 60_000);
  });

  it('is found without any option of the client, by the environment alone', async () => {
    await put('environment', 'found');
    process.env['AWS_ENDPOINT_URL_S3'] = aws.endpoint.url;
    process.env['AWS_ACCESS_KEY_ID'] = 'local';
    process.env['AWS_SECRET_ACCESS_KEY'] = 'local';
    process.env['AWS_REGION'] = 'eu-west-1';
    const client = new S3Client({});

    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: 'environment' }));

    expect(await Body?.transformToString()).toBe('found');
    client.destroy();
    for (const name of ['ENDPOINT_URL_S3', 'ACCESS_KEY_ID', 'SECRET_ACCESS_KEY', 'REGION'])
      Reflect.deleteProperty(process.env, `AWS_${name}`);
  });

  it('replaces the one before it and leaves nothing of it', async () => {
    const before = filesOf().length;

    await put('twice', 'first');
    await put('twice', 'second');

    expect(await text('twice')).toBe('second');
    expect(filesOf()).toHaveLength(before + 1);
  });

  it('is gone with its file when it is deleted, and deleting it again is no error', async () => {
    const before = filesOf();
    await put('deleted', 'soon gone');

    await aws.clients.s3.send(new DeleteObjectCommand({ Bucket, Key: 'deleted' }));
    await aws.clients.s3.send(new DeleteObjectCommand({ Bucket, Key: 'deleted' }));

    await expect(text('deleted')).rejects.toThrow(NoSuchKey);
    expect(filesOf()).toEqual(before);
  });

  it('that is not there is told from a bucket that is not', async () => {
    const head = aws.clients.s3.send(new HeadObjectCommand({ Bucket, Key: 'none' }));
    const elsewhere = aws.clients.s3.send(new GetObjectCommand({ Bucket: 'no-bucket', Key: 'none' }));

    await expect(head).rejects.toThrow(NotFound);
    await expect(elsewhere).rejects.toThrow(NoSuchBucket);
  });

  it('survives a restart; what a crash left half-made does not', async () => {
    await put('kept', 'still here');
    const stray = join(folder.path, 's3', Bucket, 'half-made');
    await aws.stop();
    writeFileSync(stray, 'half');

    await start();

    expect(await text('kept')).toBe('still here');
    expect(filesOf()).not.toContain('half-made');
  });

  it('whose checksum does not fit is not taken', async () => {
    const wrong = new PutObjectCommand({ Bucket, Key: 'wrong', Body: 'x', ChecksumCRC32: 'AAAAAA==' });

    await expect(aws.clients.s3.send(wrong)).rejects.toMatchObject({ name: 'BadDigest' });
    await expect(text('wrong')).rejects.toThrow(NoSuchKey);
  });
});

describe('ListObjectsV2', () => {
  const list = async (input: object) =>
    aws.clients.s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'list/', ...input }));

  beforeAll(async () => {
    for (const key of ['list/c', 'list/a', 'list/folder/1', 'list/folder/2', 'list/b&<', 'other'])
      await put(key, key);
  });

  it('names the keys under a prefix in order', async () => {
    const { Contents, KeyCount, IsTruncated } = await list({});

    expect(Contents?.map(({ Key }) => Key)).toEqual([
      ...['list/a', 'list/b&<', 'list/c', 'list/folder/1', 'list/folder/2'],
    ]);
    expect([KeyCount, IsTruncated]).toEqual([5, false]);
  });

  it('goes on page by page, each key once', async () => {
    const keys: (string | undefined)[] = [];
    let ContinuationToken: string | undefined;
    do {
      const page = await list({ MaxKeys: 2, ContinuationToken });
      keys.push(...(page.Contents ?? []).map(({ Key }) => Key));
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken !== undefined);

    expect(keys).toEqual(['list/a', 'list/b&<', 'list/c', 'list/folder/1', 'list/folder/2']);
  });

  it('rolls up what lies behind a delimiter', async () => {
    const { Contents, CommonPrefixes } = await list({ Delimiter: '/' });

    expect(Contents?.map(({ Key }) => Key)).toEqual(['list/a', 'list/b&<', 'list/c']);
    expect(CommonPrefixes).toEqual([{ Prefix: 'list/folder/' }]);
  });

  it('refuses a token that it did not give', async () => {
    await expect(list({ ContinuationToken: '%%%' })).rejects.toMatchObject({ name: 'InvalidArgument' });
  });
});

describe('what is not played', () => {
  const s3 = () => aws.clients.s3;

  it.each([
    ['?versioning', () => s3().send(new GetBucketVersioningCommand({ Bucket }))],
    [
      'CopyObject',
      () => s3().send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/kept` })),
    ],
    [
      'x-amz-meta-a',
      () => s3().send(new PutObjectCommand({ Bucket, Key: 'm', Body: '-', Metadata: { a: 'b' } })),
    ],
    ['range', () => s3().send(new GetObjectCommand({ Bucket, Key: 'kept', Range: 'bytes=0-1' }))],
  ])('is refused by name: %s', async (name, refused) => {
    await expect(refused()).rejects.toMatchObject({
      name: 'NotImplemented',
      message: expect.stringContaining(name),
    });
  });
});

describe('a bucket of the stack', () => {
  it('tells its queue of what was made under the prefix, as S3 does', async () => {
    await takeMessages();

    await put('mail/a b', 'hello');
    await put('elsewhere', 'hello');

    const told = await takeMessages();
    expect(told).toEqual([
      {
        Records: [
          expect.objectContaining({
            eventVersion: '2.1',
            eventSource: 'aws:s3',
            awsRegion: 'eu-west-1',
            eventName: 'ObjectCreated:Put',
            eventTime: expect.stringMatching(/^\d{4}-.*Z$/),
            s3: expect.objectContaining({
              s3SchemaVersion: '1.0',
              bucket: expect.objectContaining({ name: 'shop-mail', arn: 'arn:aws:s3:::shop-mail' }),
              object: expect.objectContaining({
                key: 'mail/a+b',
                size: 5,
                eTag: '5d41402abc4b2a76b9719d911017c592',
              }),
            }),
          }),
        ],
      },
    ]);
  });

  it('keeps objects for so many days, up to the midnight that follows', async () => {
    const now = aws.time.now();
    await put('mail/old', 'old');
    await put('kept-for-ever', 'old');
    const midnight = (Math.floor(now / DAY) + 3) * DAY;

    await aws.s3.purgeExpired(midnight - 1);
    const before = await text('mail/old');
    await aws.s3.purgeExpired(midnight);

    expect(before).toBe('old');
    await expect(text('mail/old')).rejects.toThrow(NoSuchKey);
    expect(await text('kept-for-ever')).toBe('old');
  });
});
