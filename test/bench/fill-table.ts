/** Puts many items straight into the tables of one machine, without HTTP, many to a commit. */
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Item } from '../../functions/adapters/table.ts';
import type { TableDefinition } from '../../lib/local/aws/dynamodb/definitions.ts';
import { openDynamodb } from '../../lib/local/aws/dynamodb.ts';
import { createMeter } from '../../lib/local/meter.ts';
import { openStore } from '../../lib/local/store.ts';

const AT_ONCE = 1000;

/** No one else may have `folder` open. Resolves to the number of items. */
export const fillTable = async (
  folder: string,
  table: TableDefinition,
  count: number,
  itemsOf: (n: number) => readonly Item[],
): Promise<number> => {
  const store = openStore(`${folder}/runtime.db`);
  const place = { region: 'eu-west-1', accountId: '000000000000' };
  const dynamodb = await openDynamodb({ store, path: `${folder}/dynamodb`, meter: createMeter(), ...place });
  await dynamodb.createTable(table);
  let total = 0;
  const put = (plain: Item): Promise<unknown> => {
    total += 1;
    const Item = marshall(plain, { removeUndefinedValues: true });
    return dynamodb.call('PutItem', { TableName: table.TableName, Item });
  };
  for (let from = 0; from < count; from += AT_ONCE)
    await Promise.all(
      Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, index) =>
        itemsOf(from + index).map(put),
      ).flat(),
    );
  await dynamodb.close();
  store.close();
  return total;
};
