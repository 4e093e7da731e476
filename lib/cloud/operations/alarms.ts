/**
 * All alarms, to one topic. CloudWatch bills $0.10 a month for each metric that an alarm looks at: see `PRICE` in
 * test/infra/operations/alarms.test.ts for the sum, and docs/deploy.md for what it adds to the bill.
 */
import { Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { Subscription, SubscriptionProtocol, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { letEncrypt } from '../service-grants.ts';
import type { AlarmSpec, Missing } from './alarm.ts';
import { intakeAlarms } from './alarms-intake.ts';
import { machineAlarms } from './alarms-machine.ts';
import { mailAlarms } from './alarms-mail.ts';
import { workflowAlarms } from './alarms-workflows.ts';
import type { Watched } from './watched.ts';

const COMPARED: Record<AlarmSpec['is'], ComparisonOperator> = {
  above: ComparisonOperator.GREATER_THAN_THRESHOLD,
  atLeast: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  below: ComparisonOperator.LESS_THAN_THRESHOLD,
};

const WITHOUT_DATA: Record<Missing, TreatMissingData> = {
  fine: TreatMissingData.NOT_BREACHING,
  bad: TreatMissingData.BREACHING,
  unknown: TreatMissingData.IGNORE,
};

type Props = { key: Key; watched: Watched };

/** An alarm, and what it was made of. */
export type Placed = { readonly spec: AlarmSpec; readonly alarm: Alarm };

export class Alarms extends Construct {
  readonly topic: Topic;
  readonly all: readonly Placed[];

  constructor(scope: Construct, id: string, { key, watched }: Props) {
    super(scope, id);
    this.topic = this.#makeTopic(key, watched.policy.alarmEmails);
    const specs = [
      ...intakeAlarms(watched),
      ...workflowAlarms(watched),
      ...mailAlarms,
      ...machineAlarms(watched),
    ].sort((one, other) => one.number.localeCompare(other.number));
    this.all = specs.map((spec) => ({ spec, alarm: this.#make(spec, watched.policy.runbook) }));
  }

  /** Those that tell of a bad deploy within the minutes that a deploy takes. */
  get ofDeploys(): readonly Alarm[] {
    return this.all.flatMap(({ spec, alarm }) => (spec.stopsDeploys === true ? [alarm] : []));
  }

  #makeTopic(key: Key, emails: readonly string[]): Topic {
    const topic = new Topic(this, 'Topic', {
      displayName: 'Aftercare alarms',
      masterKey: key,
      enforceSSL: true,
    });
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    /* Without it CloudWatch cannot publish to an encrypted topic, and tells nobody so. */
    letEncrypt(key, 'cloudwatch.amazonaws.com');
    /* Known by the address: whoever confirmed once stays subscribed when the list changes. */
    for (const endpoint of new Set(emails))
      new Subscription(this, endpoint, { topic, protocol: SubscriptionProtocol.EMAIL, endpoint });
    return topic;
  }

  #make(
    { number, id, says, anchor, metric, is, threshold, when, missing }: AlarmSpec,
    runbook: string,
  ): Alarm {
    const alarm = new Alarm(this, id, {
      alarmName: `${Stack.of(this).stackName}-${number}-${id}`,
      alarmDescription: `${says} ${runbook}#${anchor}`,
      metric,
      comparisonOperator: COMPARED[is],
      threshold,
      datapointsToAlarm: when[0],
      evaluationPeriods: when[1],
      treatMissingData: WITHOUT_DATA[missing],
    });
    const tell = new SnsAction(this.topic);
    alarm.addAlarmAction(tell);
    alarm.addOkAction(tell);
    return alarm;
  }
}
