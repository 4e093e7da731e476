/** Where a stack is played: what its names, ARNs and URLs are made of. */
export type Place = {
  readonly stackName: string;
  readonly region: string;
  readonly accountId: string;
  /** Where the local AWS parts answer, e.g. `http://127.0.0.1:8788`. */
  readonly awsUrl: string;
  /** Where the stack's HTTP API answers, e.g. `http://localhost:8787`. */
  readonly publicUrl: string;
};

export const LOCAL_REGION = 'us-east-1';
export const LOCAL_ACCOUNT = '000000000000';

export const pseudoParameters = ({ stackName, region, accountId }: Place): Record<string, string> => ({
  'AWS::Region': region,
  'AWS::AccountId': accountId,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::StackName': stackName,
  'AWS::StackId': `arn:aws:cloudformation:${region}:${accountId}:stack/${stackName}/local`,
});

/** The ARN under which a resource goes by its name, e.g. `arnOf('sqs', '')`. */
export const arnOf =
  (service: string, prefix: string) =>
  (name: string, { region, accountId }: Place): string =>
    `arn:aws:${service}:${region}:${accountId}:${prefix}${name}`;
