/** Writes docs/schemas/*.schema.json anew: `npx node scripts/write-schemas.ts && npx biome check --write docs/schemas`. */
import { writeFileSync } from 'node:fs';
import { promiseRequestSchema } from '../functions/receive-promise/promise-schema.ts';
import { orderEventSchema } from '../functions/shops/standard-schema.ts';

const SCHEMAS = { 'order-event': orderEventSchema, 'promise-request': promiseRequestSchema };

for (const [name, schema] of Object.entries(SCHEMAS)) {
  const target = new URL(`../docs/schemas/${name}.schema.json`, import.meta.url);
  writeFileSync(target, `${JSON.stringify(schema(), null, 2)}\n`);
}
