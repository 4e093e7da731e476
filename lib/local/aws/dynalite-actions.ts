/**
 * dynalite's operations, called without its HTTP server: validated input in, answer or `AwsError` out. The server
 * would cost a second network hop and hides the units that a call consumes.
 */
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
import type { Store } from 'dynalite/db/index.js';
import batchGetItemRules from 'dynalite/validations/batchGetItem.js';
import batchWriteItemRules from 'dynalite/validations/batchWriteItem.js';
import createTableRules from 'dynalite/validations/createTable.js';
import deleteItemRules from 'dynalite/validations/deleteItem.js';
import describeTableRules from 'dynalite/validations/describeTable.js';
import getItemRules from 'dynalite/validations/getItem.js';
import { checkTypes, checkValidations } from 'dynalite/validations/index.js';
import listTablesRules from 'dynalite/validations/listTables.js';
import putItemRules from 'dynalite/validations/putItem.js';
import queryRules from 'dynalite/validations/query.js';
import scanRules from 'dynalite/validations/scan.js';
import updateItemRules from 'dynalite/validations/updateItem.js';
import * as z from 'zod';
import { AwsError } from './aws-error.ts';

const OPERATIONS = {
  BatchGetItem: { run: batchGetItem, rules: batchGetItemRules },
  BatchWriteItem: { run: batchWriteItem, rules: batchWriteItemRules },
  CreateTable: { run: createTable, rules: createTableRules },
  DeleteItem: { run: deleteItem, rules: deleteItemRules },
  DescribeTable: { run: describeTable, rules: describeTableRules },
  GetItem: { run: getItem, rules: getItemRules },
  ListTables: { run: listTables, rules: listTablesRules },
  PutItem: { run: putItem, rules: putItemRules },
  Query: { run: query, rules: queryRules },
  Scan: { run: scan, rules: scanRules },
  UpdateItem: { run: updateItem, rules: updateItemRules },
};

export type DynaliteOperation = keyof typeof OPERATIONS;

export const OPERATION_NAMES = Object.keys(OPERATIONS);

export const isDynaliteOperation = (name: string): name is DynaliteOperation =>
  Object.hasOwn(OPERATIONS, name);

const Refusal = z.object({
  statusCode: z.int(),
  body: z.object({ __type: z.string(), message: z.string().optional(), Message: z.string().optional() }),
});

/** dynalite refuses with a plain `Error` that carries the answer's status and body. */
const toAwsError = (error: unknown): unknown => {
  const refusal = Refusal.safeParse(error);
  if (!refusal.success) return error;
  const { __type, message, Message } = refusal.data.body;
  return new AwsError(__type.split('#').at(-1) ?? __type, message ?? Message ?? '', { cause: error });
};

export const runDynalite = (
  store: Store,
  operation: DynaliteOperation,
  input: Readonly<Record<string, unknown>>,
): Promise<unknown> => {
  const { run, rules } = OPERATIONS[operation];
  return new Promise((resolve, reject) => {
    try {
      // dynalite edits what it is given, down to the items; the caller's object stays as it is.
      const data = checkTypes(structuredClone(input), rules.types);
      checkValidations(data, rules.types, rules.custom, store);
      run(store, data, (error, answer) => (error ? reject(toAwsError(error)) : resolve(answer)));
    } catch (error) {
      reject(toAwsError(error));
    }
  });
};
