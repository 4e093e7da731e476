import { createCursors } from '../adapters/cursors.ts';
import { createClient, createTable } from '../adapters/dynamodb.ts';
import { setting } from '../adapters/environment.ts';
import { createIntakeQueue } from '../adapters/intake-queue.ts';
import { createSaleStore } from '../adapters/sale-store.ts';
import { readSettings } from '../adapters/settings.ts';
import { createShopCredentials } from '../adapters/shop-credentials.ts';
import { createShopLine } from '../adapters/shop-line.ts';
import { createHandler } from './handler.ts';

const settings = readSettings();
const table = createTable(createClient(), setting('SALES_TABLE'));

export const handler = createHandler({
  settings,
  sales: createSaleStore(table, { months: settings.config.retention.saleMonths }),
  cursors: createCursors(table),
  credentials: createShopCredentials(setting('SHOP_CREDENTIALS_ID')),
  queue: createIntakeQueue(setting('INTAKE_QUEUE_URL')),
  line: createShopLine(),
});
