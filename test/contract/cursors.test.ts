/** What every store of cursors keeps to: in memory, and in the DynamoDB of the one-machine runtime. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCursors } from '../../functions/adapters/cursors.ts';
import { createTable } from '../../functions/adapters/dynamodb.ts';
import type { Cursors } from '../../functions/adapters/pull-ports.ts';
import { memoryCursors } from '../fixtures/memory-pull.ts';
import { at } from '../fixtures/sales.ts';
import { type LocalAws, newFolder, startLocalAws } from '../unit/local-aws/local-aws.ts';

const cursorsContract = (name: string, make: () => Cursors): void => {
  describe(`cursors, ${name}`, () => {
    it('are not there before a shop was asked', async () => {
      expect(await make().of('never')).toBeUndefined();
    });

    it('move on, each shop for itself', async () => {
      const cursors = make();
      await cursors.move('one', { since: at(1), through: at(2) });
      await cursors.move('other', { since: at(1), through: at(5) });

      await cursors.move('one', { since: at(1), through: at(3) });

      expect(await cursors.of('one')).toEqual({ since: at(1), through: at(3) });
      expect(await cursors.of('other')).toEqual({ since: at(1), through: at(5) });
    });

    it('never move back: a slow run does not undo a quick one', async () => {
      const cursors = make();
      await cursors.move('slow', { since: at(1), through: at(4) });

      await cursors.move('slow', { since: at(1), through: at(2) });

      expect((await cursors.of('slow'))?.through).toBe(at(4));
    });
  });
};

cursorsContract('in memory', memoryCursors);

describe('in DynamoDB', () => {
  let folder: Awaited<ReturnType<typeof newFolder>>;
  let aws: LocalAws;
  let cursors: Cursors;

  beforeAll(async () => {
    folder = await newFolder();
    aws = await startLocalAws(folder.path);
    await aws.dynamodb.createTable({
      TableName: 'Sales',
      KeySchema: [
        { AttributeName: 'sale', KeyType: 'HASH' },
        { AttributeName: 'item', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: 'sale', AttributeType: 'S' },
        { AttributeName: 'item', AttributeType: 'S' },
      ],
    });
    cursors = createCursors(createTable(aws.clients.dynamodb, 'Sales'));
  });
  afterAll(async () => {
    await aws.stop();
    await folder.remove();
  });

  cursorsContract('in DynamoDB', () => cursors);
});
