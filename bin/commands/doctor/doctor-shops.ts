/** What the doctor looks at on the shops' side: the configuration, the secrets, what came from whom. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { createTable } from '../../../functions/adapters/dynamodb.ts';
import { createSourcesSeen } from '../../../functions/adapters/sources-seen.ts';
import { isSilent } from '../../../functions/core/operations/sources.ts';
import { counted } from '../columns.ts';
import { bad, type Check, type Given, ok, warn } from './doctor-check.ts';

const configuration: Check = {
  name: 'configuration',
  look: async ({ config }) => {
    const { sources, staff, journeys } = config;
    const parts = [
      counted(Object.keys(sources).length, 'source'),
      counted(Object.keys(staff).length, 'member of staff', 'members of staff'),
      counted(Object.keys(journeys).length, 'journey'),
    ];
    return ok(`aftercare.config.ts is complete: ${parts.join(', ')}.`);
  },
};

const SecretText = z.record(z.string(), z.array(z.string().min(1)));

/** A parser's own message would quote what it reads. */
const secretsIn = (text: string | undefined): z.output<typeof SecretText> | undefined => {
  try {
    return SecretText.safeParse(JSON.parse(text ?? 'null')).data;
  } catch {
    return undefined;
  }
};

const HOW_TO_PUT =
  'Put {"<source>": ["<secret>"]} into the secret that the stack names as SecretsId (docs/deploy.md).';

const secrets: Check = {
  name: 'webhook secrets',
  look: async ({ config, target }) => {
    const { id } = await target.part('AWS::SecretsManager::Secret', 'IntakeWebhookSecrets');
    const client = new SecretsManagerClient(target.client);
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: id }));
    const found = secretsIn(SecretString);
    if (found === undefined)
      return bad('No webhook can be checked: the secret is not of the right form.', HOW_TO_PUT);
    return Object.keys(config.sources).flatMap((source) => {
      const own = found[source]?.length ?? 0;
      return own === 0
        ? bad(`Every webhook of ${source} is refused: it has no secret.`, HOW_TO_PUT)
        : ok(`${source} has ${counted(own, 'secret')}.`);
    });
  },
};

/** The sales table, or another of the stack. */
export const tableOf = async ({ target }: Given, prefix = 'StorageSales') => {
  const { id } = await target.part('AWS::DynamoDB::Table', prefix);
  return createTable(new DynamoDBClient(target.client), id);
};

const webhooks: Check = {
  name: 'webhooks',
  look: async (given) => {
    const { config, now } = given;
    const seen = new Map(
      (await createSourcesSeen(await tableOf(given)).all()).map((one) => [one.source, one]),
    );
    return Object.keys(config.sources).flatMap((source) => {
      const one = seen.get(source);
      if (one === undefined)
        return warn(
          `Nothing ever came from ${source}.`,
          `Tell the shop the address /webhooks/${source}, or take the source out of aftercare.config.ts.`,
        );
      if (isSilent(one, now))
        return bad(
          `${source} has been silent since ${one.lastAt}, three times longer than usual.`,
          'See in the shop whether it still sends webhooks, and to which address.',
        );
      return ok(`${source} was last heard of at ${one.lastAt}.`);
    });
  },
};

const MOST_COUNTED = 100;

const parked: Check = {
  name: 'parked webhooks',
  look: async (given) => {
    const table = await tableOf(given, 'StorageParked');
    const found = await Promise.all(
      [...Object.keys(given.config.sources), 'unknown'].map(async (source) => {
        const page = await table.page({ partition: ['source', source], only: 'id', limit: MOST_COUNTED });
        return { source, n: page.items.length };
      }),
    );
    const some = found.filter(({ n }) => n > 0);
    if (some.length === 0) return ok('No webhook was set aside.');
    const where = some.map(({ source, n }) => `${source} ${n}${n === MOST_COUNTED ? ' or more' : ''}`);
    return warn(
      `Webhooks that nobody understood within the last thirty days: ${where.join(', ')}.`,
      'Look at them in the table of parked events: each says why. A newer version may understand them.',
    );
  },
};

export const SHOP_CHECKS: readonly Check[] = [configuration, secrets, webhooks, parked];
