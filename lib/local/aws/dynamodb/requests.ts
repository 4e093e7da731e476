/** What each operation is asked for, once dynalite's rules have let it pass. */
import type { Condition, Item, Projection, Updates, Value } from 'dynalite/db/index.js';
import type { AnswerText } from '../service.ts';

type OfTable = {
  TableName: string;
  ReturnConsumedCapacity?: string;
};

type Conditional = {
  _condition?: Condition;
  Expected?: Record<string, unknown>;
  ConditionalOperator?: string;
  ReturnValues?: string;
};

type Projected = {
  _projection?: Projection;
  AttributesToGet?: string[];
  ConsistentRead?: boolean;
};

type KeyCondition = { ComparisonOperator: string; AttributeValueList: Value[] };
type LegacyUpdate = { Action?: string; Value?: Value };

export type GetRequest = OfTable & Projected & { Key: Item };
export type PutRequest = OfTable & Conditional & { Item: Item };
export type DeleteRequest = OfTable & Conditional & { Key: Item };
export type UpdateRequest = OfTable &
  Conditional & { Key: Item; _updates?: Updates; AttributeUpdates?: Record<string, LegacyUpdate> };

export type PageRequest = OfTable &
  Projected & {
    IndexName?: string;
    Limit?: number;
    Select?: string;
    ExclusiveStartKey?: Item;
    ScanIndexForward?: boolean;
    _filter?: Condition;
    QueryFilter?: Record<string, unknown>;
    ScanFilter?: Record<string, unknown>;
    ConditionalOperator?: string;
    KeyConditions?: Record<string, KeyCondition>;
    Segment?: number;
    TotalSegments?: number;
  };

export type BatchGetRequest = {
  RequestItems: Record<string, Projected & { Keys: Item[] }>;
  ReturnConsumedCapacity?: string;
};
export type BatchWriteRequest = {
  RequestItems: Record<string, { PutRequest?: { Item: Item }; DeleteRequest?: { Key: Item } }[]>;
  ReturnConsumedCapacity?: string;
};
export type CreateTableRequest = OfTable & Record<string, unknown>;
export type ListTablesRequest = { Limit?: number; ExclusiveStartTableName?: string };

export type Requests = {
  GetItem: GetRequest;
  PutItem: PutRequest;
  DeleteItem: DeleteRequest;
  UpdateItem: UpdateRequest;
  Query: PageRequest;
  Scan: PageRequest;
  BatchGetItem: BatchGetRequest;
  BatchWriteItem: BatchWriteRequest;
  CreateTable: CreateTableRequest;
  DescribeTable: OfTable;
  ListTables: ListTablesRequest;
};
export type Operation = keyof Requests;

/** What is answered, and the units that AWS would bill for it. */
export type Outcome = { answer: Record<string, unknown> | AnswerText; units: number };
