import { createDueWaits } from '../adapters/due-waits.ts';
import { createClient, createTable } from '../adapters/dynamodb.ts';
import { setting } from '../adapters/environment.ts';
import { createPauses } from '../adapters/pauses.ts';
import { createSendingState } from '../adapters/sending-state.ts';
import { createSourcesSeen } from '../adapters/sources-seen.ts';
import { wireSalePorts } from '../adapters/wire.ts';
import { createHandler } from './handler.ts';

const sales = createTable(createClient(), setting('SALES_TABLE'));

export const handler = createHandler({
  ...wireSalePorts(),
  due: createDueWaits(sales),
  seen: createSourcesSeen(sales),
  sending: createSendingState(),
  pauses: createPauses(sales),
});
