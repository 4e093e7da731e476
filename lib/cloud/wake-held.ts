/** Calls `wake-held` every five minutes: what a pause held back is said when it is over. Between pauses a call is one read. */
import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

/** A call that is later than the next one is not worth making. */
const PATIENCE = { maxEventAge: Duration.minutes(5), retryAttempts: 1 };

export class WakeHeld extends Construct {
  constructor(scope: Construct, id: string, wakeHeld: IFunction) {
    super(scope, id);
    new Rule(this, 'Rule', {
      description: 'Aftercare: what a pause held back is said when it is over',
      schedule: Schedule.rate(Duration.minutes(5)),
      targets: [new LambdaFunction(wakeHeld, PATIENCE)],
    });
  }
}
