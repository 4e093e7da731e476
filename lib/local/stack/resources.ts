/**
 * Which resource types one machine plays, which it leaves out because nothing here needs them, and which it refuses.
 * docs/local.md shows the same lists to users.
 */
import { StackError } from './stack-error.ts';
import type { Template } from './template.ts';

const PLAYED: ReadonlySet<string> = new Set([
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Stage',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::Events::Rule',
  'AWS::Lambda::Alias',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Function',
  'AWS::Lambda::Version',
  'AWS::S3::Bucket',
  'AWS::Scheduler::Schedule',
  'AWS::SecretsManager::Secret',
  'AWS::SES::ConfigurationSet',
  'AWS::SES::ConfigurationSetEventDestination',
  'AWS::SES::ReceiptRule',
  'AWS::SES::ReceiptRuleSet',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
  'AWS::StepFunctions::StateMachine',
  'AWS::StepFunctions::StateMachineAlias',
  'AWS::StepFunctions::StateMachineVersion',
]);

/** Permission, encryption, logging, scaling and delivery: one machine works the same without them. */
const NOT_NEEDED: readonly RegExp[] = [
  /^AWS::IAM::/,
  /^AWS::Logs::/,
  /^AWS::CodeDeploy::/,
  /^AWS::KMS::/,
  /^AWS::SNS::(TopicPolicy|TopicInlinePolicy)$/,
  /^AWS::S3::BucketPolicy$/,
  /^AWS::SES::(EmailIdentity|Template|DedicatedIpPool|VdmAttributes)$/,
  /^AWS::CDK::/,
  /^Custom::AftercareSenderGuard$/,
  /^AWS::WAFv2::/,
  /^AWS::ApplicationAutoScaling::/,
  /^AWS::ApiGatewayV2::(DomainName|ApiMapping)$/,
  /^AWS::CertificateManager::/,
  /^AWS::Lambda::(Permission|EventInvokeConfig)$/,
  /^AWS::Route53::/,
  /^AWS::Scheduler::ScheduleGroup$/,
  /^AWS::SecretsManager::ResourcePolicy$/,
  /^AWS::SQS::QueuePolicy$/,
];

/** @throws StackError naming every resource whose type can neither be played nor left out. */
export const refuseUnknownTypes = (resources: Template['Resources']): void => {
  const unknown = Object.entries(resources).filter(
    ([, { Type }]) => !PLAYED.has(Type) && !NOT_NEEDED.some((pattern) => pattern.test(Type)),
  );
  if (unknown.length === 0) return;
  const named = unknown.map(([logicalId, { Type }]) => `${logicalId} (${Type})`).join(', ');
  throw new StackError(
    `One machine cannot play ${named}. See docs/local.md for what it plays; deploy to AWS for the rest.`,
  );
};
