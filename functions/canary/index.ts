import { setTimeout } from 'node:timers/promises';
import { createCanaryLog } from '../adapters/canary-log.ts';
import { createCanarySecret } from '../adapters/canary-secret.ts';
import { createClient, createTable } from '../adapters/dynamodb.ts';
import { setting } from '../adapters/environment.ts';
import { createIds } from '../adapters/ids.ts';
import { createLinkStore } from '../adapters/link-store.ts';
import { createOutside } from '../adapters/outside.ts';
import { createSaleStore } from '../adapters/sale-store.ts';
import { readSettings } from '../adapters/settings.ts';
import { createHandler } from './handler.ts';

const client = createClient();
const table = createTable(client, setting('SALES_TABLE'));
const settings = readSettings();

export const handler = createHandler({
  settings,
  ids: createIds(),
  sales: createSaleStore(table, { months: settings.config.retention.saleMonths }),
  links: createLinkStore(createTable(client, setting('LINKS_TABLE'))),
  secrets: createCanarySecret(setting('CANARY_SECRET_ID')),
  outside: createOutside(),
  log: createCanaryLog(table),
  pause: (ms) => setTimeout(ms),
});
