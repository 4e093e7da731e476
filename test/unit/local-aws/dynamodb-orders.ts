/** Random requests to DynamoDB over a small world of keys, so that they meet; right ones, wrong ones, and older forms. */
import * as fc from 'fast-check';
import type { ActionName } from './dynalite-in-memory.ts';

type Value = Readonly<Record<string, unknown>>;
export type Order = { readonly action: ActionName; readonly input: Record<string, unknown> };

const definition = (
  TableName: string,
  keys: readonly (readonly [name: string, type: string])[],
  indexed: readonly (readonly [name: string, type: string])[],
  rest: object,
) => ({
  TableName,
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: schema(keys.map(([name]) => name)),
  AttributeDefinitions: [...keys, ...indexed].map(([AttributeName, AttributeType]) => ({
    ...{ AttributeName, AttributeType },
  })),
  ...rest,
});
const schema = (names: readonly string[]) =>
  names.map((AttributeName, at) => ({ AttributeName, KeyType: at === 0 ? 'HASH' : 'RANGE' }));

export const TABLES = [
  definition(
    'Texts',
    [
      ['h', 'S'],
      ['r', 'S'],
    ],
    [
      ['g', 'S'],
      ['n', 'N'],
    ],
    {
      GlobalSecondaryIndexes: [
        { IndexName: 'whole', KeySchema: schema(['g', 'n']), Projection: { ProjectionType: 'ALL' } },
        { IndexName: 'keys', KeySchema: schema(['g']), Projection: { ProjectionType: 'KEYS_ONLY' } },
        {
          IndexName: 'some',
          KeySchema: schema(['n', 'g']),
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['a', 'b'] },
        },
      ],
      LocalSecondaryIndexes: [
        { IndexName: 'local', KeySchema: schema(['h', 'n']), Projection: { ProjectionType: 'KEYS_ONLY' } },
      ],
    },
  ),
  definition(
    'Numbers',
    [
      ['h', 'N'],
      ['r', 'N'],
    ],
    [['g', 'S']],
    {
      GlobalSecondaryIndexes: [
        { IndexName: 'all', KeySchema: schema(['g']), Projection: { ProjectionType: 'ALL' } },
        { IndexName: 'turned', KeySchema: schema(['g', 'h']), Projection: { ProjectionType: 'KEYS_ONLY' } },
      ],
    },
  ),
  definition(
    'Bytes',
    [
      ['h', 'B'],
      ['r', 'B'],
    ],
    [],
    {},
  ),
  definition('Single', [['h', 'S']], [], {}),
];

const NUMBERS = [
  '0',
  '1',
  '-1',
  '1.5',
  '10',
  '-10',
  '-9.91',
  '-99.1',
  '100',
  '0.001',
  '-0.001',
  '1e3',
  '007',
];
const TEXTS = ['a', 'ab', 'abc', 'b', 'é', '\u{1f600}', 'a#1'];
const BYTES = ['AQ==', 'AQI=', 'AgE=', '/w==', 'AP8='];

const text = fc.constantFrom(...TEXTS).map((S): Value => ({ S }));
const number = fc.constantFrom(...NUMBERS).map((N): Value => ({ N }));
const bytes = fc.constantFrom(...BYTES).map((B): Value => ({ B }));
const scalar = fc.oneof(
  text,
  number,
  bytes,
  fc.constantFrom<Value[]>(
    { S: '' },
    { S: 'x'.repeat(1500) },
    { BOOL: true },
    { BOOL: false },
    { NULL: true },
    { N: '12345678901234567890123456789012345678' },
    { N: '-0.5' },
  ),
);
const set = fc.constantFrom<Value[]>(
  { SS: ['a', 'b'] },
  { SS: ['b', 'c'] },
  { SS: ['a'] },
  { NS: ['1', '2.50'] },
  { NS: ['2'] },
  { BS: ['AQ=='] },
);
const nested = fc.oneof(
  fc.array(scalar, { maxLength: 3 }).map((L): Value => ({ L })),
  fc.dictionary(fc.constantFrom('x', 'y'), scalar).map((M): Value => ({ M })),
);
const wrong = fc.constantFrom<Value[]>(
  {},
  { S: 1 },
  { N: 'one' },
  { N: '' },
  { SS: [] },
  { SS: ['a', 'a'] },
  { S: 'a', N: '1' },
  { NULL: false },
  { BOOL: 'yes' },
  { B: 'x' },
  { Z: 'a' },
);
const mostly = <T>(usual: fc.Arbitrary<T>, odd: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 30, arbitrary: usual }, { weight: 1, arbitrary: odd });
const value = mostly(fc.oneof(scalar, set, nested), wrong);

/** Few, so that requests meet. */
const fewHashes = (type: string) =>
  type === 'N'
    ? fc.constantFrom<Value[]>({ N: '-9.91' }, { N: '10' })
    : type === 'B'
      ? fc.constantFrom<Value[]>({ B: 'AQ==' }, { B: 'AQI=' })
      : fc.constantFrom<Value[]>({ S: 'a' }, { S: 'ab' });
const hash = (type: Value['type'] | string) => (type === 'N' ? number : type === 'B' ? bytes : text);
const TYPE_OF: Readonly<Record<string, string>> = { Texts: 'S', Numbers: 'N', Bytes: 'B', Single: 'S' };
const tableName = fc.constantFrom('Texts', 'Texts', 'Texts', 'Numbers', 'Bytes', 'Single');

const keyFor = (table: string) => {
  const type = TYPE_OF[table] ?? 'S';
  const odd = fc.oneof(scalar, wrong);
  const h = mostly(fewHashes(type), odd);
  const parts: Record<string, fc.Arbitrary<Value>> = table === 'Single'
    ? { h }
    : { h, r: mostly(hash(type), odd) };
  const whole = fc.record(parts);
  return mostly<Record<string, Value>>(whole, fc.dictionary(fc.constantFrom('h', 'r', 'z'), h));
};
const attributes = fc.record(
  { a: value, b: value, c: value, g: mostly(fewHashes('S'), scalar), n: mostly(number, scalar) },
  { requiredKeys: [] },
);

const CONDITIONS = [
  'attribute_not_exists(h)',
  'attribute_exists(#a)',
  '#a = :v',
  '#a <> :v AND attribute_exists(h)',
  'NOT (#a < :v)',
  '#a BETWEEN :v AND :w',
  'contains(#a, :v) OR begins_with(#a, :v)',
  'size(#a) > :n',
  'attribute_type(#a, :t)',
  '#a IN (:v, :w)',
  '#a.#b = :v',
  '#a[0] = :v',
  ':v = #a',
];
const ODD_CONDITIONS = ['h = h', 'size(#a', '', 'attribute_type(#a, :v)', 'what(#a)'];
const UPDATES = [
  'SET #a = :v',
  'SET #a = :v, #b = :w',
  'SET #a = #b',
  'SET #a = if_not_exists(#a, :n) + :n',
  'SET #a = :n - #a',
  'SET #a = list_append(#a, :l)',
  'SET #a = list_append(if_not_exists(#a, :l), :l) REMOVE #b',
  'SET #a.#b = :v',
  'SET #a.#x = :v, #a.#y = :w',
  'SET #a[0] = :v',
  'SET #a[7] = :v, #a[9] = :w',
  'REMOVE #a',
  'REMOVE #a[0], #b',
  'REMOVE #a.#x',
  'ADD #a :v',
  'ADD #a :n, #b :s',
  'DELETE #a :s',
  'DELETE #a :v',
  'SET g = :v',
  'SET n = :n',
];
const ODD_UPDATES = ['SET h = :v', 'SET #a = :v SET #b = :w', 'SET', 'SET #a = :v, #a.#x = :w'];
const PROJECTIONS = ['#a', 'h, #a', '#a.#x, #b[0]', '#a[1], #a[0]', 'c, g, n'];
const ODD_PROJECTIONS = ['size', '#a, #a', 'h.#x'];
const NAMES: Readonly<Record<string, string>> = { '#a': 'a', '#b': 'b', '#x': 'x', '#y': 'y' };

const given = {
  v: value,
  w: value,
  n: mostly(number, scalar),
  s: mostly<Value>(set, scalar),
  l: mostly<Value>(nested, scalar),
  t: fc.constantFrom<Value[]>({ S: 'N' }, { S: 'S' }, { S: 'M' }, { S: 'what' }),
};

/** The names and values that the expressions speak of; now and then one too few. */
const placeholders = (input: Record<string, unknown>, extra: Readonly<Record<string, Value>> = {}) =>
  fc
    .tuple(fc.record(given), fc.integer({ min: 0, max: 30 }))
    .map(([values, luck]): Record<string, unknown> => {
      const all = Object.entries(input)
        .flatMap(([name, held]) => (name.endsWith('Expression') ? [String(held)] : []))
        .join(' ');
      const names = Object.entries(NAMES).filter(([name]) => all.includes(name));
      const known: [string, unknown][] = [...Object.entries(values), ...Object.entries(extra)];
      const held = known.flatMap(([name, one]) =>
        new RegExp(`:${name}\\b`).test(all) ? [[`:${name}`, one] as const] : [],
      );
      if (luck === 1) names.pop();
      if (luck === 2) held.pop();
      return {
        ...input,
        ...(names.length > 0 && { ExpressionAttributeNames: Object.fromEntries(names) }),
        ...(held.length > 0 && { ExpressionAttributeValues: Object.fromEntries(held) }),
      };
    });

const sometimes = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
const without = (input: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(input).filter(([, held]) => held !== undefined));

const capacity = sometimes(mostly(fc.constantFrom('TOTAL', 'INDEXES', 'NONE'), fc.constant('all')));
const anyReturned = fc.constantFrom('NONE', 'ALL_OLD', 'ALL_NEW', 'UPDATED_OLD', 'UPDATED_NEW');
const oldReturned = sometimes(mostly(fc.constantFrom('NONE', 'ALL_OLD'), anyReturned));
const condition = sometimes(mostly(fc.constantFrom(...CONDITIONS), fc.constantFrom(...ODD_CONDITIONS)));
const projection = sometimes(mostly(fc.constantFrom(...PROJECTIONS), fc.constantFrom(...ODD_PROJECTIONS)));

const expected = fc.constantFrom<object[]>(
  { Expected: { a: { Exists: false } } },
  { Expected: { a: { Value: { S: 'a' } } } },
  {
    Expected: { h: { ComparisonOperator: 'NOT_NULL' }, a: { ComparisonOperator: 'NULL' } },
    ConditionalOperator: 'OR',
  },
);

const conditional = (input: Record<string, unknown>) =>
  fc.oneof(
    {
      weight: 20,
      arbitrary: condition.chain((ConditionExpression) =>
        placeholders(without({ ...input, ConditionExpression })),
      ),
    },
    { weight: 1, arbitrary: expected.map((more): Record<string, unknown> => ({ ...input, ...more })) },
  );

const put = tableName.chain((TableName) =>
  fc
    .record({
      key: keyFor(TableName),
      rest: attributes,
      ReturnValues: oldReturned,
      ReturnConsumedCapacity: capacity,
    })
    .chain(({ key, rest, ...options }) =>
      conditional(without({ TableName, Item: { ...rest, ...key }, ...options })),
    )
    .map((input): Order => ({ action: 'PutItem', input })),
);

const remove = tableName.chain((TableName) =>
  fc
    .record({ Key: keyFor(TableName), ReturnValues: oldReturned, ReturnConsumedCapacity: capacity })
    .chain((input) => conditional(without({ TableName, ...input })))
    .map((input): Order => ({ action: 'DeleteItem', input })),
);

const legacyUpdates = fc.dictionary(
  fc.constantFrom('a', 'b', 'n'),
  fc.record({ Action: fc.constantFrom('PUT', 'ADD', 'DELETE'), Value: value }, { requiredKeys: ['Action'] }),
);

const update = tableName.chain((TableName) =>
  fc
    .record({
      Key: keyFor(TableName),
      ReturnValues: sometimes(anyReturned),
      ReturnConsumedCapacity: capacity,
      UpdateExpression: mostly<string | undefined>(
        fc.constantFrom(...UPDATES),
        fc.constantFrom(undefined, ...ODD_UPDATES),
      ),
      AttributeUpdates: legacyUpdates,
    })
    .chain(({ AttributeUpdates, ...input }) =>
      input.UpdateExpression === undefined
        ? fc.constant(without({ TableName, ...input, AttributeUpdates }))
        : conditional(without({ TableName, ...input })),
    )
    .map((input): Order => ({ action: 'UpdateItem', input })),
);

const get = tableName.chain((TableName) =>
  fc
    .record({
      Key: keyFor(TableName),
      ConsistentRead: sometimes(fc.boolean()),
      ReturnConsumedCapacity: capacity,
      ProjectionExpression: projection,
    })
    .chain((input) => placeholders(without({ TableName, ...input })))
    .map((input): Order => ({ action: 'GetItem', input })),
);

const KEY_CONDITIONS = ['= :r', '< :r', '<= :r', '> :r', '>= :r', 'BETWEEN :r AND :q'];
const page = {
  Limit: sometimes(mostly(fc.integer({ min: 1, max: 4 }), fc.constantFrom(0, -1, 1.5))),
  ConsistentRead: sometimes(fc.boolean()),
  ReturnConsumedCapacity: capacity,
  FilterExpression: condition,
  ProjectionExpression: projection,
  Select: sometimes(fc.constantFrom('COUNT', 'ALL_ATTRIBUTES')),
};

/** Of a table or an index: the names and the types of its key. */
export const READINGS = [
  { TableName: 'Texts', parts: ['h', 'r'], types: ['S', 'S'] },
  { TableName: 'Texts', IndexName: 'whole', parts: ['g', 'n'], types: ['S', 'N'] },
  { TableName: 'Texts', IndexName: 'keys', parts: ['g'], types: ['S'] },
  { TableName: 'Texts', IndexName: 'some', parts: ['n', 'g'], types: ['N', 'S'] },
  { TableName: 'Texts', IndexName: 'local', parts: ['h', 'n'], types: ['S', 'N'] },
  { TableName: 'Numbers', parts: ['h', 'r'], types: ['N', 'N'] },
  { TableName: 'Numbers', IndexName: 'all', parts: ['g'], types: ['S'] },
  { TableName: 'Numbers', IndexName: 'turned', parts: ['g', 'h'], types: ['S', 'N'] },
  { TableName: 'Bytes', parts: ['h', 'r'], types: ['B', 'B'] },
  { TableName: 'Single', parts: ['h'], types: ['S'] },
];

const NOWHERE = { TableName: 'Texts', IndexName: 'nothing', parts: ['h'], types: ['S'] };
const reading = fc.constantFrom(...READINGS, NOWHERE);

const query = reading.chain(({ parts, types, ...of }) => {
  const [first = 'S', second = 'S'] = types;
  const conditions = [...KEY_CONDITIONS.map((each) => `${parts[1]} ${each}`), `begins_with(${parts[1]}, :r)`];
  const range = parts.length === 1 ? fc.constant(undefined) : sometimes(fc.constantFrom(...conditions));
  return fc
    .record({
      ...page,
      range,
      ScanIndexForward: sometimes(fc.boolean()),
      p: mostly(fewHashes(first), scalar),
      r: mostly(hash(second), scalar),
      q: hash(second),
    })
    .chain(({ range: more, p, r, q, ...options }) => {
      const KeyConditionExpression = `${parts[0]} = :p${more === undefined ? '' : ` AND ${more}`}`;
      return placeholders(without({ ...of, ...options, KeyConditionExpression }), { p, r, q });
    })
    .map((input): Order => ({ action: 'Query', input }));
});

const scan = reading.chain(({ parts: _, types: __, ...of }) =>
  fc
    .record({
      ...page,
      segments: sometimes(
        fc.constantFrom({ Segment: 0, TotalSegments: 2 }, { Segment: 2, TotalSegments: 3 }),
      ),
    })
    .chain(({ segments, ...options }) => placeholders(without({ ...of, ...options, ...segments })))
    .map((input): Order => ({ action: 'Scan', input })),
);

const batch = tableName.chain((table) =>
  fc
    .record({
      keys: fc.array(keyFor(table), { minLength: 1, maxLength: 4 }),
      rest: attributes,
      ReturnConsumedCapacity: capacity,
      kind: fc.constantFrom('get', 'put', 'delete'),
    })
    .map(({ keys, rest, kind, ...options }): Order => {
      if (kind === 'get')
        return {
          action: 'BatchGetItem',
          input: without({ RequestItems: { [table]: { Keys: keys } }, ...options }),
        };
      const requests = keys.map((key) =>
        kind === 'put' ? { PutRequest: { Item: { ...rest, ...key } } } : { DeleteRequest: { Key: key } },
      );
      return {
        action: 'BatchWriteItem',
        input: without({ RequestItems: { [table]: requests }, ...options }),
      };
    }),
);

/** Something to begin with. */
const seed = tableName.chain((TableName) =>
  fc
    .record({ key: keyFor(TableName), rest: attributes })
    .map(({ key, rest }): Order => ({ action: 'PutItem', input: { TableName, Item: { ...rest, ...key } } })),
);

const order: fc.Arbitrary<Order> = fc.oneof(
  { weight: 8, arbitrary: put },
  { weight: 8, arbitrary: update },
  { weight: 2, arbitrary: remove },
  { weight: 3, arbitrary: get },
  { weight: 5, arbitrary: query },
  { weight: 3, arbitrary: scan },
  { weight: 2, arbitrary: batch },
);

export const orders: fc.Arbitrary<Order[]> = fc
  .tuple(fc.array(seed, { minLength: 10, maxLength: 25 }), fc.array(order, { minLength: 5, maxLength: 30 }))
  .map(([first, then]) => [...first, ...then]);
