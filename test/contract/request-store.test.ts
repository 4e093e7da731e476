/** What every store of requests keeps to: in memory, and in the DynamoDB of the one-machine runtime. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTable } from '../../functions/adapters/dynamodb.ts';
import { createLinkStore } from '../../functions/adapters/link-store.ts';
import type { KnownRequest, RequestStore } from '../../functions/adapters/ports.ts';
import { createRequestStore } from '../../functions/adapters/request-store.ts';
import type { Table } from '../../functions/adapters/table.ts';
import { memoryRequests } from '../fixtures/memory-requests.ts';
import { at } from '../fixtures/sales.ts';
import { type LocalAws, newFolder, startLocalAws } from '../unit/local-aws/local-aws.ts';

const asked = (body: string, when = at(2)): KnownRequest => ({
  body,
  at: when,
  expiresAt: at(20),
});

const requestStoreContract = (name: string, make: () => RequestStore): void => {
  describe(`a store of requests, ${name}`, () => {
    let store: RequestStore;
    let digest: string;
    let count = 0;

    beforeEach(() => {
      store = make();
      count += 1;
      digest = `digest-${count}`;
    });

    it('remembers the first body of a request against every later one', async () => {
      expect(await store.remember(digest, asked('first'))).toEqual(asked('first'));
      expect(await store.remember(digest, asked('second', at(3)))).toEqual(asked('first'));
      expect(await store.remember(`${digest}-other`, asked('second'))).toEqual(asked('second'));
    });

    it('is of one mind when a request comes many times at once', async () => {
      const bodies = ['a', 'b', 'c', 'd', 'e', 'f'];

      const known = await Promise.all(bodies.map((body) => store.remember(digest, asked(body))));

      expect(new Set(known.map(({ body }) => body)).size).toBe(1);
    });

    it('knows how far a long one has come', async () => {
      const progress = { count: 3, begun: ['shop/1#call-1'], isDone: false };
      const known = await store.remember(digest, asked('long'));

      await store.note(digest, { ...known, progress });

      expect(await store.remember(digest, asked('long', at(4)))).toEqual({ ...asked('long'), progress });
    });

    it('has forgotten it when it has expired', async () => {
      await store.remember(digest, asked('first'));
      const late = { ...asked('second', at(20)), expiresAt: at(28) };

      expect(await store.remember(digest, late)).toEqual(late);
      expect(await store.remember(digest, asked('third', at(21)))).toEqual(late);
    });
  });
};

requestStoreContract('in memory', memoryRequests);

describe('in DynamoDB', () => {
  let folder: Awaited<ReturnType<typeof newFolder>>;
  let aws: LocalAws;
  let links: Table;

  beforeAll(async () => {
    folder = await newFolder();
    aws = await startLocalAws(folder.path);
    await aws.dynamodb.createTable({
      TableName: 'Links',
      KeySchema: [{ AttributeName: 'digest', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'digest', AttributeType: 'S' }],
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
    });
    links = createTable(aws.clients.dynamodb, 'Links');
  });

  afterAll(async () => {
    await aws.stop();
    await folder.remove();
  });

  requestStoreContract('in DynamoDB', () => createRequestStore(links));

  it('a request carries the second it expires, and opens no page as a link', async () => {
    await createRequestStore(links).remember('ttl', asked('body'));

    expect(await links.get({ digest: 'request#ttl' })).toMatchObject({ ttl: Date.parse(at(20)) / 1000 });
    expect(await createLinkStore(links).find('ttl', at(3))).toBeUndefined();
  });
});
