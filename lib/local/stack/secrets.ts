import * as z from 'zod';
import type { ResourceReader } from './properties.ts';

const Properties = z.object({
  Description: z.string().optional(),
  SecretString: z.string().optional(),
  GenerateSecretString: z
    .object({ SecretStringTemplate: z.string().optional(), GenerateStringKey: z.string().optional() })
    .optional(),
});

/** A secret that the stack declares; what it holds comes from whoever starts the runtime. */
export type Secret = {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly description: string | undefined;
  /** The text that the template itself gives, undefined when it is to be generated. */
  readonly text: string | undefined;
};

export const readSecrets = (reader: ResourceReader): Secret[] =>
  reader.idsOf('AWS::SecretsManager::Secret').map((logicalId) => {
    const properties = reader.read(logicalId, Properties);
    return {
      logicalId,
      name: reader.names.name(logicalId),
      arn: reader.names.arn(logicalId),
      description: properties.Description,
      text: properties.SecretString ?? properties.GenerateSecretString?.SecretStringTemplate,
    };
  });
