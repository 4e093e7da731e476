import type { Answer } from '../aws/aws-call.ts';
import type { Ask } from '../aws/question.ts';
import type { LambdaFunction } from '../stack/functions.ts';

export type LambdaHost = {
  readonly region: string;
  /** Where the AWS SDK finds the local AWS parts. */
  readonly awsUrl: string;
  /** Answers what a function sends there without a socket; through one when left out. */
  readonly answer?: Answer | undefined;
  /** Answers what a function's clients would send there, before it becomes a request; they make requests when left out. */
  readonly ask?: Ask | undefined;
};

/** Services whose AWS SDK clients read an endpoint of their own; any other is sent to the same place and refused there. */
const SERVICES = ['DYNAMODB', 'SFN', 'SQS', 'SES', 'SNS', 'S3', 'SECRETS_MANAGER'] as const;

/** What a function sees in `process.env`: nothing of the machine's own environment, so nothing of it can leak in. */
export const environmentOf = (
  { name, assetDir, handler, memoryMb, environment }: LambdaFunction,
  { region, awsUrl }: LambdaHost,
): Record<string, string> => ({
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_SESSION_TOKEN: 'local',
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_LAMBDA_FUNCTION_NAME: name,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
  AWS_LAMBDA_LOG_STREAM_NAME: 'local',
  LAMBDA_TASK_ROOT: assetDir,
  _HANDLER: handler,
  // The SDK looks for ~/.aws, and the user's own settings are no business of a function's.
  HOME: assetDir,
  AWS_ENDPOINT_URL: awsUrl,
  ...Object.fromEntries(SERVICES.map((service) => [`AWS_ENDPOINT_URL_${service}`, awsUrl])),
  ...environment,
});
