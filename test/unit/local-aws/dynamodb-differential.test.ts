/** The DynamoDB of one machine answers what dynalite answers, whose rules it keeps over rows of its own. */
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Dynamodb, openDynamodb } from '../../../lib/local/aws/dynamodb.ts';
import { answerText } from '../../../lib/local/aws/service.ts';
import { createMeter } from '../../../lib/local/meter.ts';
import { openStore, type Store } from '../../../lib/local/store.ts';
import { openDynalite } from './dynalite-in-memory.ts';
import { type Order, orders, READINGS, TABLES } from './dynamodb-orders.ts';
import { newFolder } from './local-aws.ts';

type Answer = Record<string, unknown>;
type Call = (action: Order['action'], input: Order['input']) => Promise<unknown>;

let folder: Awaited<ReturnType<typeof newFolder>>;
let store: Store;
beforeAll(async () => {
  folder = await newFolder();
  store = openStore(':memory:');
});
afterAll(async () => {
  store.close();
  await folder.remove();
});

const openOurs = async (): Promise<Dynamodb> => {
  for (const table of ['items', 'entries', 'tables', 'indexes'])
    store.db.exec(`DROP TABLE IF EXISTS dynamodb_${table}`);
  const ours = await openDynamodb({
    ...{ store, path: `${folder.path}/none`, meter: createMeter() },
    ...{ region: 'us-east-1', accountId: '000000000000' },
  });
  for (const table of TABLES) await ours.call('CreateTable', table);
  return ours;
};

/** Every other time as text, which has to say the same. */
const bothWays = (ours: Dynamodb): Call => {
  let asked = 0;
  return async (action, input) => {
    asked += 1;
    const asText = asked % 2 === 0;
    const answer = await ours.call(action, input, { asText });
    return asText ? JSON.parse(answerText(answer)) : answer;
  };
};

const isRecord = (value: unknown): value is Answer => typeof value === 'object' && value !== null;
const asJson = (value: unknown): Answer => {
  const parsed: unknown = JSON.parse(JSON.stringify(value));
  return isRecord(parsed) ? parsed : {};
};
const listIn = (answer: Answer, name: string): unknown[] => {
  const list = answer[name];
  return Array.isArray(list) ? list : [];
};
/** Whatever order its attributes are in. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, held: unknown) =>
    isRecord(held) && !Array.isArray(held)
      ? Object.fromEntries(Object.entries(held).sort(([a], [b]) => (a < b ? -1 : 1)))
      : held,
  );
const sorted = (list: readonly unknown[]): string[] => list.map(canonical).sort();

const tryTo = async (work: Promise<unknown>): Promise<Answer> => {
  try {
    return asJson(await work);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { refused: error.name, message: error.message };
  }
};

/** Every page until the last one: where a page ends may differ where entries of an index are level. */
const readThrough = async (call: Call, { action, input }: Order): Promise<Answer> => {
  const items: unknown[] = [];
  let [count, scanned] = [0, 0];
  let start: unknown;
  for (let pages = 0; pages < 200; pages += 1) {
    const answer = await tryTo(
      call(action, { ...input, ...(start !== undefined && { ExclusiveStartKey: start }) }),
    );
    if ('refused' in answer) return answer;
    items.push(...listIn(answer, 'Items'));
    count += Number(answer['Count']);
    scanned += Number(answer['ScannedCount']);
    start = answer['LastEvaluatedKey'];
    if (start === undefined) return { items, count, scanned };
  }
  throw new Error('These pages have no end.');
};

/** What an index orders its entries by. */
const RANGE: Readonly<Record<string, string>> = { whole: 'n', some: 'g', local: 'n', turned: 'h' };

const comparable = async (call: Call, one: Order): Promise<unknown> => {
  const { action, input } = one;
  if (action === 'Query' && input['IndexName'] === undefined) return tryTo(call(action, input));
  if (action === 'BatchGetItem') {
    const answer = await tryTo(call(action, input));
    const responses = answer['Responses'];
    if (!isRecord(responses)) return answer;
    return {
      ...answer,
      Responses: Object.values(responses).map((list) => sorted(Array.isArray(list) ? list : [])),
    };
  }
  if (action !== 'Query' && action !== 'Scan') return tryTo(call(action, input));
  const first = await tryTo(call(action, input));
  const all = await readThrough(call, one);
  const range = action === 'Query' ? RANGE[String(input['IndexName'])] : undefined;
  const items = listIn(all, 'items');
  return {
    ...{ ...all, items: sorted(items), ranges: items.map((item) => isRecord(item) && range && item[range]) },
    // All of what is read at once costs the same, whatever order it is in.
    ...(input['Limit'] === undefined && { capacity: first['ConsumedCapacity'] }),
  };
};

const everything = async (call: Call): Promise<unknown[]> => {
  const places = READINGS.map(({ parts: _, types: __, ...place }) => place);
  const read = places.map((input) => readThrough(call, { action: 'Scan', input }));
  return (await Promise.all(read)).map(({ items, ...rest }) => ({
    ...rest,
    items: sorted(Array.isArray(items) ? items : []),
  }));
};

it('answers like dynalite, and leaves the same in its tables', async () => {
  await fc.assert(
    fc.asyncProperty(orders, async (given) => {
      const theirs = await openDynalite();
      for (const table of TABLES) await theirs.createTable(table);
      const ours = await openOurs();

      for (const one of given) {
        const wanted = await comparable(theirs.call, one);
        const got = await comparable(bothWays(ours), one);
        expect(got, JSON.stringify(one)).toEqual(wanted);
      }

      expect(await everything(ours.call)).toEqual(await everything(theirs.call));
      await theirs.close();
    }),
    { numRuns: 30 },
  );
}, 60_000);
