/** One page of a query, and the cursor that leads to the next. */
import type { QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { Item, PageQuery } from './table.ts';

const Cursor = z.record(z.string(), z.string());

/** Keys are all text, so a cursor is their JSON, safe to stand in an address. */
export const cursorOf = (key: Item): string => Buffer.from(JSON.stringify(key)).toString('base64url');

/** Undefined for a cursor nobody made: the list then begins at its beginning. */
export const keyIn = (cursor: string | undefined) => {
  if (cursor === undefined) return undefined;
  try {
    return Cursor.safeParse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))).data;
  } catch {
    return undefined;
  }
};

const rangeOf = ({ from, before }: { from?: string; before?: string }) => {
  if (from !== undefined && before !== undefined)
    return { text: ' AND #s BETWEEN :from AND :before', values: { ':from': from, ':before': before } };
  if (from !== undefined) return { text: ' AND #s >= :from', values: { ':from': from } };
  return before === undefined
    ? { text: '', values: {} }
    : { text: ' AND #s < :before', values: { ':before': before } };
};

export const pageInput = (query: PageQuery): Omit<QueryCommandInput, 'TableName'> => {
  const { index, partition, sort, only, limit, isBackwards, after } = query;
  const range = rangeOf(sort ?? {});
  const cursor = keyIn(after);
  /* Of another list: as if nobody had made it. */
  const start = cursor?.[partition[0]] === partition[1] ? cursor : undefined;
  return {
    ...(index === undefined ? { ConsistentRead: true } : { IndexName: index }),
    KeyConditionExpression: `#p = :p${range.text}`,
    ExpressionAttributeNames: {
      '#p': partition[0],
      ...(only === undefined ? {} : { '#o': only }),
      ...(sort === undefined || range.text === '' ? {} : { '#s': sort.name }),
    },
    ExpressionAttributeValues: marshall({ ':p': partition[1], ...range.values }),
    ...(only === undefined ? {} : { ProjectionExpression: '#o' }),
    Limit: limit,
    ScanIndexForward: isBackwards !== true,
    ...(start === undefined ? {} : { ExclusiveStartKey: marshall(start) }),
  };
};
