/** Calls `watch` every five minutes: it sees what no alarm of AWS sees, a wait that nobody ends. */
import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

/** A call that is later than the next one is not worth making. */
const PATIENCE = { maxEventAge: Duration.minutes(5), retryAttempts: 1 };

export class Watch extends Construct {
  constructor(scope: Construct, id: string, watch: IFunction) {
    super(scope, id);
    new Rule(this, 'Rule', {
      description: 'Aftercare: waits past their time, shops gone silent, mail cut off',
      schedule: Schedule.rate(Duration.minutes(5)),
      targets: [new LambdaFunction(watch, PATIENCE)],
    });
  }
}
