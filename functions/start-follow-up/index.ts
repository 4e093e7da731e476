import { createClient, createTable } from '../adapters/dynamodb.ts';
import { setting } from '../adapters/environment.ts';
import { createParkedStore } from '../adapters/parked-store.ts';
import { wireSalePorts } from '../adapters/wire.ts';
import { createHandler } from './handler.ts';

export const handler = createHandler({
  ...wireSalePorts(),
  parked: createParkedStore(createTable(createClient(), setting('PARKED_TABLE'))),
});
