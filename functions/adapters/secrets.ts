import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { secretsClient } from './clients.ts';
import type { Secrets } from './ports.ts';

/** `{"shopify": ["newest", "older"], …}`: every listed secret is accepted, so that one can be rotated without a gap. */
const SecretText = z.record(z.string(), z.array(z.string().min(1)).max(5));

/** A rotated secret is picked up within five minutes, by the clock of the events. */
const FRESH_MS = 300_000;

/** Undefined for what is no JSON: a parser's own message would quote the secret. */
const parsedJson = (text: string | undefined): unknown => {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return undefined;
  }
};

export const createSecrets = (secretId: string, client = secretsClient()): Secrets => {
  let known: { at: number; values: z.output<typeof SecretText> } | undefined;
  return {
    of: async (source, now) => {
      if (known === undefined || now - known.at > FRESH_MS || now < known.at) {
        const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
        const parsed = SecretText.safeParse(parsedJson(SecretString));
        if (!parsed.success) {
          throw new Error(
            `Secret ${secretId} is not of the form {"<source>": ["<secret>", …]}; see docs/deploy.md`,
          );
        }
        known = { at: now, values: parsed.data };
      }
      return Object.hasOwn(known.values, source) ? (known.values[source] ?? []) : [];
    },
  };
};
