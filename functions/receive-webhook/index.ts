import { setting } from '../adapters/environment.ts';
import { createIntakeQueue } from '../adapters/intake-queue.ts';
import { createSecrets } from '../adapters/secrets.ts';
import { readSettings } from '../adapters/settings.ts';
import { createHandler } from './handler.ts';

export const handler = createHandler({
  settings: readSettings(),
  secrets: createSecrets(setting('SECRETS_ID')),
  queue: createIntakeQueue(setting('INTAKE_QUEUE_URL')),
});
