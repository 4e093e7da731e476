/** Calls the sweeper: every hour, and once a day for the check that counts what must not be. */
import { Duration } from 'aws-cdk-lib';
import { EventField, Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

/** A call that is late does what the next one does anyway. */
const PATIENCE = { maxEventAge: Duration.minutes(50), retryAttempts: 5 };

export class Sweeper extends Construct {
  constructor(scope: Construct, id: string, sweep: IFunction) {
    super(scope, id);
    const target = (event?: RuleTargetInput) =>
      new LambdaFunction(sweep, { ...PATIENCE, ...(event === undefined ? {} : { event }) });
    new Rule(this, 'Hourly', {
      description: 'Aftercare: every open promise has an owner and a next action',
      /* At a fixed minute: one run falls into the first hour of each working day, and never two. */
      schedule: Schedule.cron({ minute: '5' }),
      targets: [target()],
    });
    new Rule(this, 'Daily', {
      description: 'Aftercare: counts promises without a next action and those nobody has touched',
      schedule: Schedule.cron({ minute: '10', hour: '4' }),
      /* No function reads a clock: the time comes with the event. */
      targets: [target(RuleTargetInput.fromObject({ check: 'daily', time: EventField.time }))],
    });
  }
}
