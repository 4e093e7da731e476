/** What a running Aftercare gave its states, read through the AWS calls that every release answers. */
import { DynamoDBClient, ListTablesCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import {
  type HistoryEvent,
  paginateGetExecutionHistory,
  paginateListExecutions,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { LOCAL_REGION } from '../lib/local/stack/place.ts';
import type { Placed } from '../test/e2e/orders.ts';
import { MACHINES, type MachineName } from '../test/golden/portable.ts';
import type { Runs } from '../test/golden/release.ts';

type Read = Pick<Runs, 'inputs' | 'tasks'>;

const State = z.looseObject({
  Resource: z.string().optional(),
  Arguments: z.looseObject({ FunctionName: z.string().optional() }).optional(),
});
const Definition = z.looseObject({ States: z.record(z.string(), State) });
const Invoked = z.looseObject({ Payload: z.unknown() });
const Input = z.looseObject({ saleId: z.string() });
const Payload = z.looseObject({ now: z.string(), plan: Input });
const Row = z.looseObject({ sale: z.string(), item: z.string() });
const SaleRow = z.looseObject({ data: z.looseObject({ id: z.string() }) });
const EntryRow = z.looseObject({ data: z.looseObject({ at: z.string() }) });

const FOLDER = /^\$\{([a-z-]+)\}$/;

const functionOf = (definition: unknown, state: string): string => {
  const { Resource = '', Arguments } = Definition.parse(definition).States[state] ?? {};
  return (FOLDER.exec(Arguments?.FunctionName ?? '') ?? FOLDER.exec(Resource))?.[1] ?? '?';
};

/** Tokens are secrets of their runtime and mean nothing elsewhere. */
const withoutToken = (payload: z.output<typeof Payload>) =>
  'token' in payload ? { ...payload, token: 'the token of this task' } : payload;

/** What an event of the history says a function was given; undefined when it is about something else. */
const givenIn = (event: HistoryEvent): unknown => {
  const invoked = event.taskScheduledEventDetails?.parameters;
  if (invoked !== undefined) return Invoked.parse(JSON.parse(invoked)).Payload;
  const called = event.lambdaFunctionScheduledEventDetails?.input;
  return called === undefined ? undefined : JSON.parse(called);
};

const readExecution = async (
  client: SFNClient,
  executionArn: string,
  machine: MachineName,
  definition: unknown,
): Promise<Read> => {
  const read: Read = { inputs: [], tasks: [] };
  let state = '';
  for await (const { events = [] } of paginateGetExecutionHistory({ client }, { executionArn }))
    for (const event of events) {
      state = event.stateEnteredEventDetails?.name ?? state;
      const input = event.executionStartedEventDetails?.input;
      if (input !== undefined) read.inputs.push({ machine, input: Input.parse(JSON.parse(input)) });
      const given = givenIn(event);
      if (given === undefined) continue;
      const payload = withoutToken(Payload.parse(given));
      read.tasks.push({ machine, state, function: functionOf(definition, state), payload });
    }
  return read;
};

const readMachine = async (client: SFNClient, machine: MachineName, definition: unknown): Promise<Read> => {
  const stateMachineArn = `arn:aws:states:${LOCAL_REGION}:000000000000:stateMachine:Aftercare-${machine}`;
  const all: Read[] = [];
  for await (const { executions = [] } of paginateListExecutions({ client }, { stateMachineArn }))
    for (const { executionArn = '' } of executions)
      all.unshift(await readExecution(client, executionArn, machine, definition));
  return { inputs: all.flatMap(({ inputs }) => inputs), tasks: all.flatMap(({ tasks }) => tasks) };
};

/** The first of each is enough: they differ in seconds and names. */
const firstOf = <T>(all: readonly T[], like: (one: T) => string): T[] =>
  [...new Map(all.toReversed().map((one) => [like(one), one])).values()].toReversed();

/** Without where somebody said it from. What they said are the words of the stories. */
const impersonal = ({ evidence, ...entry }: z.output<typeof EntryRow>['data']) =>
  evidence === undefined ? entry : { ...entry, evidence: {} };

const readSales = async (client: DynamoDBClient, table: string, ids: ReadonlySet<string>) => {
  const sales = new Map<string, Runs['sales'][number]>();
  const rows: z.output<typeof Row>[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName: table }))
    rows.push(...Items.map((item) => Row.parse(unmarshall(item))));
  for (const row of rows)
    if (ids.has(row.sale) && row.item === 'record')
      sales.set(row.sale, { record: SaleRow.parse(row).data, entries: [] });
  for (const row of rows)
    if (row.item.startsWith('entry#'))
      sales.get(row.sale)?.entries.push(impersonal(EntryRow.parse(row).data));
  return [...sales.values()];
};

export const recordRuns = async (
  endpoint: string,
  orders: readonly Placed[],
  machines: Record<MachineName, unknown>,
): Promise<Runs> => {
  const place = {
    endpoint,
    region: LOCAL_REGION,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  const sfn = new SFNClient(place);
  const known = new Set(orders.map(({ id }) => `shopify/${id}`));
  const read = await Promise.all(MACHINES.map((name) => readMachine(sfn, name, machines[name])));
  const inputs = firstOf(
    read.flatMap((one) => one.inputs),
    ({ machine }) => machine,
  );
  const tasks = firstOf(
    read.flatMap((one) => one.tasks),
    ({ machine, state }) => `${machine} ${state}`,
  );
  const needed = new Set(tasks.map(({ payload }) => payload.plan.saleId).filter((id) => known.has(id)));
  const dynamodb = new DynamoDBClient(place);
  const { TableNames = [] } = await dynamodb.send(new ListTablesCommand({}));
  const table = TableNames.find((name) => name.includes('StorageSales'));
  if (table === undefined) throw new Error(`No table of sales among ${TableNames.join(', ')}`);
  return { sales: await readSales(dynamodb, table, needed), inputs, tasks };
};
