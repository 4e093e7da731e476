import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, describe, expect, it } from 'vitest';
import { createShopCredentials } from '../../../functions/adapters/shop-credentials.ts';
import { shopCredentials } from '../../../lib/local/local-secrets.ts';

const client = new SecretsManagerClient({ region: 'eu-west-1' });
const manager = mockClient(client);
afterEach(() => manager.reset());

const credentialsOf = (SecretString: string) => {
  manager.on(GetSecretValueCommand).resolves({ SecretString });
  return createShopCredentials('shops', client);
};

describe('what may read the orders of a shop', () => {
  it('is given for its source, and for no other', async () => {
    const credentials = credentialsOf('{"web": "ck_a:cs_b"}');

    expect(await credentials.of('web')).toBe('ck_a:cs_b');
    expect(await credentials.of('till')).toBeUndefined();
    expect(await credentials.of('constructor')).toBeUndefined();
  });

  it.each(['ck_a:cs_b', '{"web": ["ck_a:cs_b"]}', '{"web": ""}'])(
    'is not quoted when it is written wrongly: %s',
    async (text) => {
      const error: unknown = await credentialsOf(text)
        .of('web')
        .catch((thrown: unknown) => thrown);

      expect(String(error)).toContain('is not of the form');
      expect(String(error)).not.toContain('cs_b');
    },
  );

  it('is set by a variable of its own on one machine', () => {
    const sources = {
      'my-shop': { kind: 'shopify' as const, testOrders: 'ignore' as const },
      till: { kind: 'stripe' as const, testOrders: 'ignore' as const },
    };

    expect(
      shopCredentials(sources, { AFTERCARE_PULL_MY_SHOP: ' id:secret ', AFTERCARE_PULL_TILL: '' }),
    ).toEqual({
      'my-shop': 'id:secret',
    });
  });
});
