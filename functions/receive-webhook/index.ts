import { createCanarySecret, withCanary } from '../adapters/canary-secret.ts';
import { optionalSetting, setting } from '../adapters/environment.ts';
import { createIntakeQueue } from '../adapters/intake-queue.ts';
import { createSecrets } from '../adapters/secrets.ts';
import { readSettings } from '../adapters/settings.ts';
import { createHandler } from './handler.ts';

const canarySecret = optionalSetting('CANARY_SECRET_ID');

export const handler = createHandler({
  settings: readSettings(),
  secrets: withCanary(
    createSecrets(setting('SECRETS_ID')),
    canarySecret === undefined ? undefined : createCanarySecret(canarySecret),
  ),
  queue: createIntakeQueue(setting('INTAKE_QUEUE_URL')),
});
