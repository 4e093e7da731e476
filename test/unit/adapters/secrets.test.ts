import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, describe, expect, it } from 'vitest';
import { createSecrets } from '../../../functions/adapters/secrets.ts';

const client = new SecretsManagerClient({ region: 'eu-west-1' });
const manager = mockClient(client);
const NOW = 1_793_000_000_000;
const MINUTE = 60_000;

afterEach(() => manager.reset());

const secretsOf = (...texts: string[]) => {
  const [first = '', ...others] = texts;
  const answers = manager.on(GetSecretValueCommand).resolvesOnce({ SecretString: first });
  for (const text of others) answers.resolvesOnce({ SecretString: text });
  return createSecrets('webhooks', client);
};
const asked = () => manager.commandCalls(GetSecretValueCommand).length;

describe('webhook secrets', () => {
  it('are all given, newest first, so that one can be rotated without a gap', async () => {
    const secrets = secretsOf('{"web": ["new", "old"], "till": ["x"]}');

    expect(await secrets.of('web', NOW)).toEqual(['new', 'old']);
  });

  it.each(['till', 'constructor', '__proto__'])('of a source without any are none: %s', async (source) => {
    const secrets = secretsOf('{"web": ["new"]}');

    expect(await secrets.of(source, NOW)).toEqual([]);
  });

  it('are asked for once in five minutes, by the clock of the events', async () => {
    const secrets = secretsOf('{"web": ["old"]}', '{"web": ["new"]}');

    await secrets.of('web', NOW);
    expect(await secrets.of('web', NOW + 5 * MINUTE)).toEqual(['old']);
    expect(asked()).toBe(1);
    expect(await secrets.of('web', NOW + 5 * MINUTE + 1)).toEqual(['new']);
    expect(asked()).toBe(2);
  });

  it('are asked for again when time went back', async () => {
    const secrets = secretsOf('{"web": ["old"]}', '{"web": ["new"]}');

    await secrets.of('web', NOW);

    expect(await secrets.of('web', NOW - 1)).toEqual(['new']);
  });

  it.each(['hunter2', '{"web": "hunter2"}', '{"web": [""]}', '["hunter2"]', '{"web": ["hunter2", 1]}'])(
    'that are malformed are an error that quotes nothing of them: %s',
    async (text) => {
      const failure = secretsOf(text).of('web', NOW);

      await expect(failure).rejects.toThrow('Secret webhooks is not of the form');
      await expect(failure).rejects.not.toThrow('hunter2');
    },
  );

  it('are asked for again after a failure', async () => {
    const secrets = secretsOf('broken', '{"web": ["new"]}');
    await expect(secrets.of('web', NOW)).rejects.toThrow();

    expect(await secrets.of('web', NOW)).toEqual(['new']);
  });
});
