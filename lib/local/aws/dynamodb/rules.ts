/** dynalite's rules for what may be asked, in its words, which are AWS's. */
import batchGetItem from 'dynalite/validations/batchGetItem.js';
import batchWriteItem from 'dynalite/validations/batchWriteItem.js';
import createTable from 'dynalite/validations/createTable.js';
import deleteItem from 'dynalite/validations/deleteItem.js';
import describeTable from 'dynalite/validations/describeTable.js';
import getItem from 'dynalite/validations/getItem.js';
import { checkTypes, checkValidations } from 'dynalite/validations/index.js';
import listTables from 'dynalite/validations/listTables.js';
import putItem from 'dynalite/validations/putItem.js';
import query from 'dynalite/validations/query.js';
import scan from 'dynalite/validations/scan.js';
import updateItem from 'dynalite/validations/updateItem.js';
import * as z from 'zod';
import { AwsError } from '../aws-error.ts';
import type { Operation, Requests } from './requests.ts';

const RULES = {
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

export const OPERATION_NAMES = Object.keys(RULES);

export const isOperation = (name: string): name is Operation => Object.hasOwn(RULES, name);

/** AWS's limit for an item, in bytes by its own way of counting. */
export const LARGEST_ITEM = 400 * 1024;

/** The only thing of its store that dynalite's rules look at. */
const LIMITS = { options: { maxItemSize: LARGEST_ITEM } };

const Refusal = z.object({
  statusCode: z.int(),
  body: z.object({ __type: z.string(), message: z.string().optional(), Message: z.string().optional() }),
});

/** dynalite refuses with a plain `Error` that carries the answer's status and body. */
export const toAwsError = (error: unknown): unknown => {
  const refusal = Refusal.safeParse(error);
  if (!refusal.success) return error;
  const { __type, message, Message } = refusal.data.body;
  return new AwsError(__type.split('#').at(-1) ?? __type, message ?? Message ?? '', { cause: error });
};

/** Throws what one of dynalite's checks found, if it found anything. */
export const refuse = (fault: Error | null | undefined): void => {
  if (fault !== null && fault !== undefined) throw fault;
};

/** @throws what `toAwsError` understands. */
export const checkThoroughly = <Name extends Operation>(
  operation: Name,
  input: Readonly<Record<string, unknown>>,
): Requests[Name] => {
  const { types, custom } = RULES[operation];
  // dynalite edits what it is given, down to the items; the caller's object stays as it is.
  const request = checkTypes<Requests[Name]>(structuredClone(input), types);
  checkValidations(request, types, custom, LIMITS);
  return request;
};
