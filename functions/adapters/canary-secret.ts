/** The secret of the synthetic sale: made by the deployment, so that nobody can forget to set it. */
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CANARY_SOURCE } from '../core/ids.ts';
import type { Secrets } from './ports.ts';

/** Letters and digits in a number that four divides: base64 of something. */
const asWebhookSecret = (text: string): string => `whsec_${text}`;

export const createCanarySecret = (
  secretId: string,
  client = new SecretsManagerClient({}),
): Pick<Secrets, 'of'> => {
  let known: string | undefined;
  return {
    of: async () => {
      if (known === undefined) {
        const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
        known = SecretString;
      }
      return known === undefined ? [] : [asWebhookSecret(known)];
    },
  };
};

/** The shops' secrets, and the canary's own beside them. */
export const withCanary = (secrets: Secrets, canary: Pick<Secrets, 'of'> | undefined): Secrets => ({
  of: (source, now) =>
    source === CANARY_SOURCE && canary !== undefined ? canary.of(source, now) : secrets.of(source, now),
});
