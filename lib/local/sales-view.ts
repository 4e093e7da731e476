/** What the contract and the console show of sales: read from the same tables, folded by the same core. */
import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { createTable } from '../../functions/adapters/dynamodb.ts';
import { createIds } from '../../functions/adapters/ids.ts';
import { createPauses } from '../../functions/adapters/pauses.ts';
import { createSaleStore } from '../../functions/adapters/sale-store.ts';
import type { Configuration } from '../../functions/core/configuration.ts';
import { type SaleId, saleIdOf } from '../../functions/core/ids.ts';
import { successorName } from '../../functions/core/move-on.ts';
import { isInForce } from '../../functions/core/operations/pause.ts';
import { foldSale, type Sale } from '../../functions/core/sale.ts';
import type { ContractParts } from './contract/contract.ts';
import { describeSale, executionNames, summary } from './describe-sale.ts';
import type { RuntimeParts } from './runtime.ts';
import { shortMachineName } from './stack/machine-names.ts';
import { LOCAL_REGION } from './stack/place.ts';
import type { ExecutionSummary } from './step-functions/step-functions.ts';

const MOST_LISTED = 200;

/** Without the body: it may hold an address. */
const ParkedItem = z.object({
  source: z.string(),
  topic: z.string().optional(),
  reason: z.string(),
  at: z.string(),
});

const RecordKey = z.object({ sale: z.object({ S: z.string() }) });

export const createSalesView = (
  { stack, awsUrl, stepFunctions }: Pick<RuntimeParts, 'stack' | 'awsUrl' | 'stepFunctions'>,
  config: Configuration,
): ContractParts['sales'] => {
  const setting = (name: string) =>
    stack.functions.find((fn) => fn.environment[name] !== undefined)?.environment[name];
  const tableName = setting('SALES_TABLE');
  const parkedTable = setting('PARKED_TABLE');
  if (tableName === undefined) throw new Error('No function of this stack names a SALES_TABLE');
  const client = new DynamoDBClient({
    endpoint: awsUrl,
    region: LOCAL_REGION,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const store = createSaleStore(createTable(client, tableName), { months: config.retention.saleMonths });
  const pauses = createPauses(createTable(client, tableName));
  const ids = createIds();

  const read = async (id: SaleId): Promise<Sale | undefined> => {
    const stored = await store.load(await store.resolve(id));
    return stored === undefined ? undefined : foldSale(stored);
  };

  /** What was moved to a newer version of its machine goes on under a name of its own. */
  const withSuccessors = (name: string): ExecutionSummary[] => {
    const found = stepFunctions.executions({ name });
    return found.length === 0 ? [] : [...found, ...withSuccessors(successorName(name))];
  };

  const executionsOf = (sale: Sale) =>
    executionNames(ids, sale)
      .flatMap(({ name }) => withSuccessors(name))
      .map((execution) => ({ ...execution, machine: shortMachineName(stack.name, execution.machine) }));

  return {
    describe: async (source, orderId) => {
      const sale = await read(saleIdOf(source, orderId));
      if (sale === undefined) return undefined;
      return {
        ...describeSale(config, sale),
        executions: executionsOf(sale),
      };
    },
    list: async () => {
      const ids: SaleId[] = [];
      const scan = paginateScan(
        { client },
        {
          TableName: tableName,
          FilterExpression: '#item = :record',
          ExpressionAttributeNames: { '#item': 'item' },
          ExpressionAttributeValues: { ':record': { S: 'record' } },
          ProjectionExpression: 'sale',
        },
      );
      for await (const page of scan) {
        for (const item of page.Items ?? []) ids.push(saleIdFrom(RecordKey.parse(item).sale.S));
      }
      const sales = await Promise.all(ids.map(read));
      return sales
        .filter((sale) => sale !== undefined)
        .map(summary)
        .sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1))
        .slice(-MOST_LISTED);
    },
    parked: async () => {
      if (parkedTable === undefined) return [];
      const events: z.output<typeof ParkedItem>[] = [];
      for await (const page of paginateScan({ client }, { TableName: parkedTable })) {
        for (const item of page.Items ?? []) events.push(ParkedItem.parse(unmarshall(item)));
      }
      return events.sort((a, b) => (a.at < b.at ? -1 : 1)).slice(-MOST_LISTED);
    },
    pauses: async (now) => (await pauses.read()).pauses.filter((pause) => isInForce(pause, now)),
  };
};

const saleIdFrom = (text: string): SaleId => {
  const slash = text.indexOf('/');
  return saleIdOf(text.slice(0, slash), text.slice(slash + 1));
};
