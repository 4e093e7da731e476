import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { secretsClient } from './clients.ts';
import type { ShopCredentials } from './pull-ports.ts';

/** `{"<source>": "<token>"}` or `{"<source>": "<id>:<secret>"}`. */
const CredentialText = z.record(z.string(), z.string().min(1));

/** Undefined for what is no JSON: a parser's own message would quote the secret. */
const parsedJson = (text: string | undefined): unknown => {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return undefined;
  }
};

/** Reads them anew each time: once an hour, so that one that was changed counts at once. */
export const createShopCredentials = (secretId: string, client = secretsClient()): ShopCredentials => ({
  of: async (source) => {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
    const parsed = CredentialText.safeParse(parsedJson(SecretString));
    if (!parsed.success)
      throw new Error(
        `Secret ${secretId} is not of the form {"<source>": "<credential>"}; see docs/deploy.md, "Ask the shops as well"`,
      );
    return Object.hasOwn(parsed.data, source) ? parsed.data[source] : undefined;
  },
});
