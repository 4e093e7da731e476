/** Writes docs/schemas/order-event.schema.json anew: `npx node scripts/write-schemas.ts && npx biome check --write docs/schemas`. */
import { writeFileSync } from 'node:fs';
import { orderEventSchema } from '../functions/shops/standard-schema.ts';

const target = new URL('../docs/schemas/order-event.schema.json', import.meta.url);
writeFileSync(target, `${JSON.stringify(orderEventSchema(), null, 2)}\n`);
