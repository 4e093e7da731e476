/** What the box of mails to sort keeps to: in memory, and in DynamoDB as the real adapter uses it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTable } from '../../functions/adapters/dynamodb.ts';
import type { PostBox, UnsortedMail } from '../../functions/adapters/mail-ports.ts';
import { createPostBox } from '../../functions/adapters/post-box.ts';
import { saleIdOf } from '../../functions/core/ids.ts';
import { memoryForget } from '../fixtures/memory-forget.ts';
import { unsortedMail } from '../fixtures/memory-mails.ts';
import { at } from '../fixtures/sales.ts';
import { type LocalAws, newFolder, startLocalAws } from '../unit/local-aws/local-aws.ts';

/** `make` gives an empty box. */
const contract = (make: () => Promise<PostBox>): void => {
  const full = unsortedMail('full', {
    reason: 'quarantined',
    detail: 'spam',
    isWhole: true,
    attachments: [{ name: 'a.jpg', type: 'image/jpeg', bytes: 3 }],
    messageId: 'a@b.example',
    suggestions: [saleIdOf('shop', '#1')],
  });

  it('gives back a mail as it was put in, and none that is not there', async () => {
    const box = await make();
    const bare = unsortedMail('bare');
    await box.keep(full);
    await box.keep(bare);

    expect(await box.find(full.id)).toEqual(full);
    expect(await box.find(bare.id)).toEqual(bare);
    expect(await box.find(unsortedMail('other').id)).toBeUndefined();
  });

  it('lists the newest first, page after page, and counts up to what is asked', async () => {
    const box = await make();
    const days = [12, 14, 11, 15, 13];
    for (const day of days) await box.keep(unsortedMail(`day ${day}`, { at: at(day) }));

    const seen: UnsortedMail[] = [];
    let after: string | undefined;
    do {
      const page = await box.list({ limit: 2, after });
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items);
      after = page.next;
    } while (after !== undefined);

    expect(seen.map((mail) => mail.at)).toEqual([15, 14, 13, 12, 11].map((day) => at(day)));
    expect(await Promise.all([2, 5, 100].map((most) => box.count(most)))).toEqual([2, 5, 5]);
  });

  it('keeps the same mail once, and one that is dropped no more', async () => {
    const box = await make();
    await box.keep(full);
    await box.keep(full);
    const before = await box.count(10);
    await box.drop(full.id);
    await box.drop(full.id);

    expect([before, await box.count(10)]).toEqual([1, 0]);
    expect(await box.find(full.id)).toBeUndefined();
  });
};

describe('a box of mails to sort, in memory', () => {
  const parked = { all: () => [], remove: () => undefined };
  contract(
    async () =>
      memoryForget(
        () => undefined,
        parked,
        () => [],
      ).box,
  );
});

describe('a box of mails to sort, in DynamoDB', () => {
  let folder: Awaited<ReturnType<typeof newFolder>>;
  let aws: LocalAws;
  let count = 0;

  beforeAll(async () => {
    folder = await newFolder();
    aws = await startLocalAws(folder.path);
  });
  afterAll(async () => {
    await aws.stop();
    await folder.remove();
  });

  contract(async () => {
    count += 1;
    const TableName = `Parked${count}`;
    await aws.dynamodb.createTable({
      TableName,
      KeySchema: [
        { AttributeName: 'source', KeyType: 'HASH' },
        { AttributeName: 'id', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: ['source', 'id'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
    });
    return createPostBox(createTable(aws.clients.dynamodb, TableName), 90);
  });
});
