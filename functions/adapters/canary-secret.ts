/** The secret of the synthetic sale: made by the deployment, so that nobody can forget to set it. */
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { CANARY_SOURCE } from '../core/ids.ts';
import { secretsClient } from './clients.ts';
import type { Secrets } from './ports.ts';

/** A new one is picked up within five minutes, by the clock of the events. */
const FRESH_MS = 300_000;

/** Letters and digits in a number that four divides: base64 of something. */
const asWebhookSecret = (text: string): string => `whsec_${text}`;

export const createCanarySecret = (secretId: string, client = secretsClient()): Pick<Secrets, 'of'> => {
  let known: { at: number; text: string | undefined } | undefined;
  return {
    of: async (_source, now) => {
      if (known === undefined || Math.abs(now - known.at) > FRESH_MS) {
        const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
        known = { at: now, text: SecretString };
      }
      return known.text === undefined ? [] : [asWebhookSecret(known.text)];
    },
  };
};

/** The shops' secrets, and the canary's own beside them. */
export const withCanary = (secrets: Secrets, canary: Pick<Secrets, 'of'> | undefined): Secrets => ({
  of: (source, now) =>
    source === CANARY_SOURCE && canary !== undefined ? canary.of(source, now) : secrets.of(source, now),
});
