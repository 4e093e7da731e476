/**
 * The sales of one source, a page at a time: the only scan of the sales table. Nothing else asks for them, so no index has
 * to be paid for with every write; a shop goes once.
 */
import { type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { SaleId } from '../core/ids.ts';
import { cursorOf, keyIn } from './dynamodb-page.ts';
import type { SaleScan } from './forget-ports.ts';

const Row = z.object({ sale: SaleId });

/** Items looked at for one page: a sale has some twenty. */
const ITEMS = 500;

export const createSaleScan = (client: DynamoDBClient, TableName: string): SaleScan => ({
  ofSource: async (source, after) => {
    const start = keyIn(after);
    const { Items = [], LastEvaluatedKey } = await client.send(
      new ScanCommand({
        TableName,
        Limit: ITEMS,
        ConsistentRead: true,
        FilterExpression: 'begins_with(#sale, :source)',
        ProjectionExpression: '#sale',
        ExpressionAttributeNames: { '#sale': 'sale' },
        ExpressionAttributeValues: marshall({ ':source': `${source}/` }),
        ...(start === undefined ? {} : { ExclusiveStartKey: marshall(start) }),
      }),
    );
    return {
      items: [...new Set(Items.map((item) => Row.parse(unmarshall(item)).sale))],
      next: LastEvaluatedKey === undefined ? undefined : cursorOf(unmarshall(LastEvaluatedKey)),
    };
  },
});
