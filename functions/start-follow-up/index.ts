import { createClient, createTable } from '../adapters/dynamodb.ts';
import { setting } from '../adapters/environment.ts';
import { createParkedStore } from '../adapters/parked-store.ts';
import { createSourcesSeen } from '../adapters/sources-seen.ts';
import { wireSalePorts } from '../adapters/wire.ts';
import { wireForgetPorts } from '../adapters/wire-forget.ts';
import { createHandler } from './handler.ts';

const ports = wireSalePorts();

export const handler = createHandler({
  ...ports,
  ...wireForgetPorts(),
  seen: createSourcesSeen(createTable(createClient(), setting('SALES_TABLE'))),
  parked: createParkedStore(
    createTable(createClient(), setting('PARKED_TABLE')),
    ports.settings.config.retention.parkedDays,
  ),
});
