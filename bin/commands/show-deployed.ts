/** One sale read from the tables and machines of a stack: what a runtime on one machine tells of its own at /_local/sales. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DescribeExecutionCommand, ExecutionDoesNotExist, SFNClient } from '@aws-sdk/client-sfn';
import { createTable } from '../../functions/adapters/dynamodb.ts';
import { createIds } from '../../functions/adapters/ids.ts';
import { createSaleStore } from '../../functions/adapters/sale-store.ts';
import type { Configuration } from '../../functions/core/configuration.ts';
import type { SaleId } from '../../functions/core/ids.ts';
import { successorName } from '../../functions/core/move-on.ts';
import { foldSale, type Sale } from '../../functions/core/sale.ts';
import { describeSale, executionNames } from '../../lib/local/describe-sale.ts';
import type { Target } from './target.ts';
import { toldPlainly } from './target-trouble.ts';

type Execution = { machine: string; name: string; status: string };

/** AWS forgets an execution ninety days after its end. */
const found = async (
  sfn: SFNClient,
  machineArn: string,
  machine: string,
  name: string,
): Promise<Execution[]> => {
  const executionArn = `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
  try {
    const { status = '' } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    const successors =
      status === 'SUCCEEDED' ? await found(sfn, machineArn, machine, successorName(name)) : [];
    return [{ machine, name, status }, ...successors];
  } catch (error) {
    if (error instanceof ExecutionDoesNotExist) return [];
    throw error;
  }
};

const executionsOf = async (target: Target, sale: Sale): Promise<Execution[]> => {
  const sfn = new SFNClient(target.client);
  const executions: Execution[] = [];
  for (const { machine, name } of executionNames(createIds(), sale)) {
    const { id } = await target.part('AWS::StepFunctions::StateMachine', `${machine}Machine`);
    executions.push(...(await found(sfn, id, machine, name)));
  }
  return executions;
};

/** Undefined when there is no such sale. */
export const deployedSale = async (target: Target, config: Configuration, asked: SaleId) => {
  const { id: table } = await target.part('AWS::DynamoDB::Table', 'StorageSales');
  const store = createSaleStore(createTable(new DynamoDBClient(target.client), table), {
    months: config.retention.saleMonths,
  });
  return toldPlainly(target.name, async () => {
    const stored = await store.load(await store.resolve(asked));
    const sale = stored === undefined ? undefined : foldSale(stored);
    if (sale === undefined) return undefined;
    return { ...describeSale(config, sale), executions: await executionsOf(target, sale) };
  });
};
