/** Secrets Manager, reading only: each secret is a name or ARN and a function that gives its text. */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { AwsError } from './aws-error.ts';
import { type AwsService, action, createService } from './service.ts';

const SecretRequest = z.object({ SecretId: z.string().min(1) });

export const createSecretsManager = ({
  secrets,
  region,
  accountId,
}: {
  /** Secret name or ARN to its text; asked at every call, so that a changed secret is seen at once. */
  secrets: ReadonlyMap<string, () => string>;
  region: string;
  accountId: string;
}): AwsService => {
  const find = (secretId: string) => {
    const read = secrets.get(secretId);
    if (read === undefined) {
      throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
    }
    const isArn = secretId.startsWith('arn:');
    const Name = isArn ? (secretId.split(':')[6] ?? secretId) : secretId;
    const ARN = isArn ? secretId : `arn:aws:secretsmanager:${region}:${accountId}:secret:${secretId}`;
    return { ARN, Name, read };
  };

  return createService('Secrets Manager', {
    GetSecretValue: action(SecretRequest, 'InvalidParameterException', ({ SecretId }) => {
      const { ARN, Name, read } = find(SecretId);
      const SecretString = read();
      return { ARN, Name, SecretString, VersionId: versionOf(SecretString), VersionStages: ['AWSCURRENT'] };
    }),
    DescribeSecret: action(SecretRequest, 'InvalidParameterException', ({ SecretId }) => {
      const { ARN, Name, read } = find(SecretId);
      return { ARN, Name, VersionIdsToStages: { [versionOf(read())]: ['AWSCURRENT'] } };
    }),
  });
};

/** Same text, same version, shaped like the UUID that AWS gives. */
const versionOf = (text: string): string => {
  const digest = createHash('sha256').update(text).digest('hex');
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    digest.slice(12, 16),
    digest.slice(16, 20),
    digest.slice(20, 32),
  ].join('-');
};
