/**
 * Lets a request pass or refuses it. The quick way only ever says yes, to what it can see at a glance; whatever is
 * doubtful, and every refusal, is dynalite's. Both ways give the same for the same request.
 */
import type { Value } from 'dynalite/db/index.js';
import { createExpressions, hasExpressions, keyOf } from './expressions.ts';
import { isPlainItem, isPlainValue, plainSize } from './plain-values.ts';
import type { Operation, Requests } from './requests.ts';
import { checkThoroughly, LARGEST_ITEM } from './rules.ts';

type Input = Readonly<Record<string, unknown>>;
type IsFine = (value: unknown) => boolean;

const isName: IsFine = (value) => typeof value === 'string' && /^[a-zA-Z0-9_.-]{3,255}$/.test(value);
const isBoolean: IsFine = (value) => typeof value === 'boolean';
const isText: IsFine = (value) => typeof value === 'string';
const isOneOf =
  (...choices: string[]): IsFine =>
  (value) =>
    typeof value === 'string' && choices.includes(value);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isSmallItem: IsFine = (value) => plainSize(value) <= LARGEST_ITEM;

/** Of something: an empty list of names or values is an error. */
const areAll =
  (isFine: IsFine): IsFine =>
  (value) => {
    if (!isRecord(value)) return false;
    let isEmpty = true;
    for (const name in value) {
      if (!isFine(value[name])) return false;
      isEmpty = false;
    }
    return !isEmpty;
  };
const areNames = areAll(isText);
const areValues = areAll(isPlainValue);

const ANYWHERE = {
  TableName: isName,
  ReturnConsumedCapacity: isOneOf('NONE', 'TOTAL', 'INDEXES'),
  ExpressionAttributeNames: areNames,
};
const READ = { ...ANYWHERE, ProjectionExpression: isText };
const WRITE = {
  ...ANYWHERE,
  ConditionExpression: isText,
  ExpressionAttributeValues: areValues,
  // dynalite does not know it and drops it.
  ReturnValuesOnConditionCheckFailure: isText,
};
const PAGE = {
  ...READ,
  IndexName: isName,
  FilterExpression: isText,
  ExpressionAttributeValues: areValues,
  ExclusiveStartKey: isPlainItem,
  Limit: (value: unknown) => Number.isInteger(value) && Number(value) >= 1,
  Select: isOneOf('SPECIFIC_ATTRIBUTES', 'COUNT', 'ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES'),
};

/** So many writes are a batch to AWS. */
const LARGEST_BATCH = 25;

const isOnly = (value: unknown, name: string, isFine: IsFine): boolean =>
  isRecord(value) && Object.keys(value).length === 1 && isFine(value[name]);

const isWrite: IsFine = (write) =>
  isOnly(write, 'PutRequest', (put) => isOnly(put, 'Item', isSmallItem)) ||
  isOnly(write, 'DeleteRequest', (remove) => isOnly(remove, 'Key', isPlainItem));

const areWrites: IsFine = (writes) =>
  Array.isArray(writes) && writes.length >= 1 && writes.length <= LARGEST_BATCH && writes.every(isWrite);

const isBatch: IsFine = (tables) =>
  areAll(areWrites)(tables) && isRecord(tables) && Object.keys(tables).every(isName);

/** Which parameters the quick way knows; with any other one dynalite is asked. */
const KNOWN: Partial<Record<Operation, ReadonlyMap<string, IsFine>>> = {
  GetItem: new Map(Object.entries({ ...READ, ConsistentRead: isBoolean, Key: isPlainItem })),
  PutItem: new Map(Object.entries({ ...WRITE, Item: isSmallItem, ReturnValues: isOneOf('NONE', 'ALL_OLD') })),
  DeleteItem: new Map(
    Object.entries({ ...WRITE, Key: isPlainItem, ReturnValues: isOneOf('NONE', 'ALL_OLD') }),
  ),
  UpdateItem: new Map(
    Object.entries({
      ...WRITE,
      Key: isPlainItem,
      UpdateExpression: isText,
      ReturnValues: isOneOf('NONE', 'ALL_OLD', 'ALL_NEW', 'UPDATED_OLD', 'UPDATED_NEW'),
    }),
  ),
  Query: new Map(
    Object.entries({
      ...{ ...PAGE, ConsistentRead: isBoolean },
      ...{ KeyConditionExpression: isText, ScanIndexForward: isBoolean },
    }),
  ),
  Scan: new Map(Object.entries(PAGE)),
  BatchWriteItem: new Map(
    Object.entries({ RequestItems: isBatch, ReturnConsumedCapacity: ANYWHERE.ReturnConsumedCapacity }),
  ),
};

/** What no request of the kind is without. */
const NEEDED: Partial<Record<Operation, readonly string[]>> = {
  GetItem: ['TableName', 'Key'],
  PutItem: ['TableName', 'Item'],
  DeleteItem: ['TableName', 'Key'],
  UpdateItem: ['TableName', 'Key'],
  Query: ['TableName', 'KeyConditionExpression'],
  Scan: ['TableName'],
  BatchWriteItem: ['RequestItems'],
};

const isPlain = <Name extends Operation>(operation: Name, input: Input): input is Input & Requests[Name] => {
  const known = KNOWN[operation];
  if (known === undefined) return false;
  for (const name of NEEDED[operation] ?? []) if (input[name] === undefined) return false;
  for (const name in input) {
    const value = input[name];
    if (value !== undefined && known.get(name)?.(value) !== true) return false;
  }
  return true;
};

/** Requests without expressions carry neither names nor values. */
const isBare = (input: Input): boolean =>
  input['ExpressionAttributeNames'] === undefined && input['ExpressionAttributeValues'] === undefined;

const valuesOf = (input: Input): Readonly<Record<string, Value>> => {
  const values = input['ExpressionAttributeValues'];
  return isValues(values) ? values : {};
};
const isValues = (values: unknown): values is Record<string, Value> => isRecord(values);

export type Checks = ReturnType<typeof createChecks>;

export const createChecks = () => {
  const expressions = createExpressions();

  const readExpressions = <Name extends Operation>(
    operation: Name,
    input: Input & Requests[Name],
  ): Requests[Name] => {
    const key = keyOf(operation, input);
    if (key === undefined) return checkThoroughly(operation, input);
    const parse = expressions.find(key);
    if (parse !== undefined) return Object.assign({}, input, parse(valuesOf(input)));
    const request = checkThoroughly(operation, input);
    expressions.keep(key, request);
    return request;
  };

  return {
    /** @throws what `toAwsError` understands. */
    check: <Name extends Operation>(operation: Name, input: Input): Requests[Name] => {
      if (!isPlain(operation, input)) return checkThoroughly(operation, input);
      if (hasExpressions(input)) return readExpressions(operation, input);
      return isBare(input) ? input : checkThoroughly(operation, input);
    },
  };
};
