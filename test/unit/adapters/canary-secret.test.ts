import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, describe, expect, it } from 'vitest';
import { createCanarySecret, withCanary } from '../../../functions/adapters/canary-secret.ts';

const client = new SecretsManagerClient({ region: 'eu-west-1' });
const manager = mockClient(client);
const NOW = 1_793_000_000_000;
const MINUTE = 60_000;
const shops = { of: async () => ['of the shop'] };

afterEach(() => manager.reset());

describe('the secret of the synthetic sale', () => {
  it('is what the deployment made, as a webhook secret, and is asked for once in five minutes', async () => {
    manager
      .on(GetSecretValueCommand)
      .resolvesOnce({ SecretString: 'first' })
      .resolvesOnce({ SecretString: 'second' });
    const secret = createCanarySecret('canary', client);

    expect(await secret.of('canary', NOW)).toEqual(['whsec_first']);
    expect(await secret.of('canary', NOW + 5 * MINUTE)).toEqual(['whsec_first']);
    expect(await secret.of('canary', NOW + 6 * MINUTE)).toEqual(['whsec_second']);
  });

  it('stands beside those of the shops, which it never replaces', async () => {
    manager.on(GetSecretValueCommand).resolves({ SecretString: 'own' });
    const secrets = withCanary(shops, createCanarySecret('canary', client));

    expect(await secrets.of('shopify', NOW)).toEqual(['of the shop']);
    expect(await secrets.of('canary', NOW)).toEqual(['whsec_own']);
  });

  it('does not exist without a synthetic sale', async () => {
    expect(await withCanary(shops, undefined).of('canary', NOW)).toEqual(['of the shop']);
  });
});
