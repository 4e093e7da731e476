/** Rules of cdk-nag that do not fit here, each with its reason. Anything else it finds stops the synth. */
import { type Stack, Validations } from 'aws-cdk-lib';

const PRIVATE_BY_TOKEN =
  'Webhooks are authorized by their signature over the raw body, pages by the 160-bit token in their path; customers have no account to sign in with.';
const JOURNAL_TELLS =
  'The journal tells each step of a sale in order; X-Ray at $5 per million traces would cost as much as a fifth of a state transition per call and add nothing to it.';

export const ACKNOWLEDGED: readonly { id: string; reason: string }[] = [
  { id: 'AwsSolutions::AwsSolutions-APIG4', reason: PRIVATE_BY_TOKEN },
  {
    id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
    reason:
      'Only the two state machine roles, whose log delivery (logs:CreateLogDelivery and its kin) takes no resource; the role of deploys, which looks at alarms as the policy of AWS for it does and would stop every deploy if it could not; and the watch, which asks for the mail quota of the account, a call that names no resource.',
  },
  {
    id: 'AwsSolutions::AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:Aftercare-Promise:*]',
    reason:
      'The sweeper asks whether the execution of a promise is under way; executions get their names at run time, and it may look at none but those of this machine.',
  },
  {
    id: 'AwsSolutions::AwsSolutions-IAM5[Resource::<InboundMails556E6FD9.Arn>/mail/*]',
    reason:
      'Mails get their names from SES when they arrive. Two functions may read them and one of these may delete them, nothing else in the bucket.',
  },
  {
    id: 'AwsSolutions::AwsSolutions-S1',
    reason:
      'Only SES writes to the bucket and only two functions read it; a second bucket of access logs would keep, longer than the mails themselves, who wrote when.',
  },
  {
    id: 'Serverless::Serverless-EventBusDLQ',
    reason:
      'The rules only call functions that look again within the hour at the latest. A call that is lost is made up for by the next one, which finds whatever this one would have found.',
  },
  {
    id: 'AwsSolutions::AwsSolutions-SF1',
    reason:
      'Errors are logged, without execution data. Every step is in the execution history and in the journal; logging them a third time would cost more than the queue and the tables together.',
  },
  { id: 'AwsSolutions::AwsSolutions-SF2', reason: JOURNAL_TELLS },
  { id: 'Serverless::Serverless-StepFunctionStateMachineXray', reason: JOURNAL_TELLS },
  { id: 'Serverless::Serverless-LambdaTracing', reason: JOURNAL_TELLS },
  {
    id: 'AwsSolutions::AwsSolutions-SMG4',
    reason:
      'The secrets are issued by the shops, and they are changed by hand: of those that sign webhooks several are accepted at once, those that read orders count from the next run on.',
  },
  {
    id: 'Serverless::Serverless-LambdaDLQ',
    reason:
      'Callers are the HTTP API, the state machines (with retries) and the queue (with dead letters). Only those that a clock calls are invoked asynchronously, and the next run, within the hour, does what a lost one would have done.',
  },
  {
    id: 'Serverless::Serverless-LambdaEventSourceMappingDestination',
    reason: 'A queue as event source has its own dead-letter queue; failure destinations are for streams.',
  },
  {
    id: 'Serverless::Serverless-SNSRedrivePolicy',
    reason:
      'Only the mailboxes that hear of alarms. An alarm that no mailbox took stays on, on the dashboard and in its history; a queue of such mails would need an alarm of its own.',
  },
  {
    id: 'Serverless::Serverless-SQSRedrivePolicy',
    reason: 'The queue without a redrive policy is the dead-letter queue itself.',
  },
];

export const acknowledge = (stack: Stack): void => {
  for (const rule of ACKNOWLEDGED) Validations.of(stack).acknowledge(rule);
};
