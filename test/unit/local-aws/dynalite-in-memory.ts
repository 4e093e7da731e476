/** dynalite as it is, in memory: what the DynamoDB of one machine is compared with. */
import batchGetItem from 'dynalite/actions/batchGetItem.js';
import batchWriteItem from 'dynalite/actions/batchWriteItem.js';
import createTable from 'dynalite/actions/createTable.js';
import deleteItem from 'dynalite/actions/deleteItem.js';
import describeTable from 'dynalite/actions/describeTable.js';
import getItem from 'dynalite/actions/getItem.js';
import listTables from 'dynalite/actions/listTables.js';
import putItem from 'dynalite/actions/putItem.js';
import query from 'dynalite/actions/query.js';
import scan from 'dynalite/actions/scan.js';
import updateItem from 'dynalite/actions/updateItem.js';
import { create } from 'dynalite/db/index.js';
import { checkThoroughly, toAwsError } from '../../../lib/local/aws/dynamodb/rules.ts';

const ACTIONS = {
  BatchGetItem: batchGetItem,
  BatchWriteItem: batchWriteItem,
  CreateTable: createTable,
  DeleteItem: deleteItem,
  DescribeTable: describeTable,
  GetItem: getItem,
  ListTables: listTables,
  PutItem: putItem,
  Query: query,
  Scan: scan,
  UpdateItem: updateItem,
};

export type ActionName = keyof typeof ACTIONS;

/** With `path` it is kept in a LevelDB, as earlier releases kept it. */
export const openDynalite = async (path?: string) => {
  const store = create({ createTableMs: 0, ...(path && { path }) });
  await store.db.open();
  const call = (action: ActionName, input: Readonly<Record<string, unknown>>): Promise<unknown> =>
    new Promise((resolve, reject) => {
      try {
        const request = checkThoroughly(action, input);
        ACTIONS[action](store, request, (error, answer) =>
          error ? reject(toAwsError(error)) : resolve(JSON.parse(JSON.stringify(answer))),
        );
      } catch (error) {
        reject(toAwsError(error));
      }
    });
  return {
    call,
    /** A new table can be used a moment later. */
    createTable: async (input: Readonly<Record<string, unknown>>) => {
      await call('CreateTable', input);
      await new Promise((resolve) => setTimeout(resolve, 5));
    },
    close: () => store.db.close(),
  };
};
