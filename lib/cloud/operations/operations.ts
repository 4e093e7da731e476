/** What ops see and how a deploy arrives: alarms, and two dashboards that the one-machine console draws as well. */
import { CfnOutput } from 'aws-cdk-lib';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { Alarms } from './alarms.ts';
import { businessBoard } from './business-board.ts';
import { Deploys, type Pace } from './deploys.ts';
import { machineBoard } from './machine-board.ts';
import type { Watched } from './watched.ts';

type Props = { key: Key; pace: Pace; watched: Watched };

/** Last in the stack: it watches all of it. */
export const operate = (stack: Construct, { key, pace, watched }: Props): void => {
  const scope = new Construct(stack, 'Operations');
  const { topic, all: alarms, ofDeploys } = new Alarms(scope, 'Alarms', { key, watched });
  businessBoard(scope, { watched, alarms });
  machineBoard(scope, { watched, alarms });
  new Deploys(scope, 'Deploys', {
    pace,
    functions: watched.functions,
    machines: watched.machines,
    alarms: ofDeploys,
  });
  new CfnOutput(scope, 'AlarmsTopic', {
    value: topic.topicArn,
    description: 'Every alarm is told here; mailboxes of operations.alarmEmails are subscribed',
  });
};
