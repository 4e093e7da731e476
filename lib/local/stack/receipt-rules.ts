import * as z from 'zod';
import type { ResourceReader } from './properties.ts';

const S3Action = z.strictObject({
  BucketName: z.string(),
  ObjectKeyPrefix: z.string().default(''),
});
const Rule = z.strictObject({
  Name: z.string().optional(),
  Enabled: z.boolean().default(false),
  Recipients: z.array(z.string()).default([]),
  Actions: z.array(z.strictObject({ S3Action }, 'the only action played is to put mail into a bucket')),
  /** Nobody scans here: every mail passes. */
  ScanEnabled: z.boolean().default(false),
  /** Mail comes in from this machine only. */
  TlsPolicy: z.enum(['Require', 'Optional']).default('Optional'),
});
const Properties = z.strictObject({ Rule, RuleSetName: z.string() });

/** Which mail is taken, and where it is put. */
export type ReceiptRule = {
  readonly logicalId: string;
  /** Addresses, domains, and `.domain` for the domains below it; none at all means everybody. */
  readonly recipients: readonly string[];
  readonly puts: readonly { readonly bucket: string; readonly prefix: string }[];
};

export const readReceiptRules = (reader: ResourceReader): ReceiptRule[] =>
  reader.idsOf('AWS::SES::ReceiptRule').flatMap((logicalId) => {
    const { Rule: rule } = reader.readWhole(logicalId, Properties);
    if (!rule.Enabled) return [];
    return [
      {
        logicalId,
        recipients: rule.Recipients.map((recipient) => recipient.toLowerCase()),
        puts: rule.Actions.map(({ S3Action: action }) => ({
          bucket: action.BucketName,
          prefix: action.ObjectKeyPrefix,
        })),
      },
    ];
  });
