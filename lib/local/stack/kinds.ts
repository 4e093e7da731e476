/** What Ref and Fn::GetAtt give per resource type (CloudFormation's "Return values" sections). */
import { arnOf, type Place } from './place.ts';

/** What a resource's return values are made of. */
export type Identity = { readonly name: string; readonly arn: string; readonly place: Place };

export type Kind = {
  /** The property that carries a given physical name. */
  readonly nameProperty?: string;
  readonly arn: (name: string, place: Place) => string;
  /** The value of Ref, where it is not the name. */
  readonly ref?: (identity: Identity) => string;
  /** Attributes other than `Arn`. */
  readonly attributes?: Readonly<Record<string, (identity: Identity) => string>>;
};

const queueUrl = ({ name, place }: Identity) => `${place.awsUrl}/${place.accountId}/${name}`;
const arn = (identity: Identity) => identity.arn;
const name = (identity: Identity) => identity.name;

const table: Kind = {
  nameProperty: 'TableName',
  arn: arnOf('dynamodb', 'table/'),
  attributes: { TableId: name },
};

export const KINDS: Readonly<Record<string, Kind>> = {
  'AWS::ApiGatewayV2::Api': {
    arn: arnOf('apigateway', '/apis/'),
    attributes: { ApiId: name, ApiEndpoint: ({ place }) => place.publicUrl },
  },
  'AWS::ApiGatewayV2::Stage': { nameProperty: 'StageName', arn: arnOf('apigateway', '/stages/') },
  'AWS::CloudWatch::Alarm': { nameProperty: 'AlarmName', arn: arnOf('cloudwatch', 'alarm:') },
  'AWS::CloudWatch::Dashboard': { nameProperty: 'DashboardName', arn: arnOf('cloudwatch', 'dashboard/') },
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::DynamoDB::Table': table,
  'AWS::Events::Rule': { nameProperty: 'Name', arn: arnOf('events', 'rule/') },
  'AWS::IAM::Role': {
    nameProperty: 'RoleName',
    arn: (role, { accountId }) => `arn:aws:iam::${accountId}:role/${role}`,
    attributes: { RoleId: name },
  },
  'AWS::KMS::Key': { arn: arnOf('kms', 'key/'), attributes: { KeyId: name } },
  'AWS::Lambda::Function': { nameProperty: 'FunctionName', arn: arnOf('lambda', 'function:') },
  'AWS::Logs::LogGroup': { nameProperty: 'LogGroupName', arn: arnOf('logs', 'log-group:') },
  'AWS::S3::Bucket': {
    nameProperty: 'BucketName',
    arn: (bucket) => `arn:aws:s3:::${bucket}`,
    attributes: { DomainName: ({ name: bucket }) => `${bucket}.s3.amazonaws.com` },
  },
  'AWS::Scheduler::Schedule': { nameProperty: 'Name', arn: arnOf('scheduler', 'schedule/default/') },
  // Secrets Manager ends every secret's ARN with a hyphen and six characters, and CDK cuts them off again.
  'AWS::SecretsManager::Secret': {
    nameProperty: 'Name',
    arn: (secret, place) => arnOf('secretsmanager', 'secret:')(`${secret}-local1`, place),
    ref: arn,
    attributes: { Id: arn },
  },
  'AWS::SES::ConfigurationSet': { nameProperty: 'Name', arn: arnOf('ses', 'configuration-set/') },
  'AWS::SES::EmailIdentity': { nameProperty: 'EmailIdentity', arn: arnOf('ses', 'identity/') },
  'AWS::SES::ReceiptRuleSet': { nameProperty: 'RuleSetName', arn: arnOf('ses', 'receipt-rule-set/') },
  'AWS::SNS::Topic': {
    nameProperty: 'TopicName',
    arn: arnOf('sns', ''),
    ref: arn,
    attributes: { TopicArn: arn, TopicName: name },
  },
  'AWS::SQS::Queue': {
    nameProperty: 'QueueName',
    arn: arnOf('sqs', ''),
    ref: queueUrl,
    attributes: { QueueName: name, QueueUrl: queueUrl },
  },
  'AWS::StepFunctions::StateMachine': {
    nameProperty: 'StateMachineName',
    arn: arnOf('states', 'stateMachine:'),
    ref: arn,
    attributes: { Name: name },
  },
};

/** A type without values of its own here: it goes by a name that is as stable as its logical id. */
export const OTHER_KIND: Kind = { arn: arnOf('local', '') };
