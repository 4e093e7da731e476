import { createClient, createTable } from '../adapters/dynamodb.ts';
import { setting } from '../adapters/environment.ts';
import { createRequestStore } from '../adapters/request-store.ts';
import { createSecrets } from '../adapters/secrets.ts';
import { wireSalePorts } from '../adapters/wire.ts';
import { createHandler } from './handler.ts';

export const handler = createHandler({
  ...wireSalePorts(),
  secrets: createSecrets(setting('SECRETS_ID')),
  requests: createRequestStore(createTable(createClient(), setting('LINKS_TABLE'))),
});
