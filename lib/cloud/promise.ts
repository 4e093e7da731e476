/** The Promise machine: one execution per promise. Staff say it is done; only the customer ends it. */
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Succeed } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { Machine } from './machine.ts';
import { act, goOnInNewest, onFinding, onSignal, onTimeout, wait } from './steps.ts';

type Props = { name: string; keepPromise: IFunction; raisePromise: IFunction; assumeKept: IFunction };

export class PromiseMachine extends Construct {
  readonly machine: Machine;

  constructor(scope: Construct, id: string, { name, keepPromise, raisePromise, assumeKept }: Props) {
    super(scope, id);

    const owner = wait(this, 'Say what is to be said, wait until it is done', {
      fn: keepPromise,
      seconds: 'owner',
      more: { position: 'owner' },
    });
    const ask = wait(this, 'Ask the customer whether it was kept', {
      fn: keepPromise,
      seconds: 'ask',
      more: { position: 'ask' },
    });
    const again = wait(this, 'Ask the customer once more', {
      fn: keepPromise,
      seconds: 'again',
      more: { position: 'again' },
    });
    const plan = '{% $states.result.plan %}';
    const overdue = act(
      this,
      'A clock has come: remind, warn, or take it one level up',
      raisePromise,
      { because: 'overdue' },
      plan,
    );
    const refused = act(
      this,
      'The customer says not yet: one level up',
      raisePromise,
      { because: 'not-yet' },
      plan,
    );
    const assume = act(this, 'The customer stays silent: assume it was kept', assumeKept, {});
    const closed = new Succeed(this, 'The customer closed it');
    const moved = new Succeed(this, 'The newest version waits for it');
    const goOn = goOnInNewest(this, name, moved);

    owner.next(ask);
    overdue.next(owner);
    refused.next(owner);
    onTimeout(owner, overdue);
    onTimeout(ask, again);
    onTimeout(again, assume);

    onSignal(owner, 'PromiseClosed', closed);
    for (const state of [ask, again]) onSignal(state, 'NotYet', refused);
    onFinding(assume, 'NotYet', refused);
    for (const state of [owner, ask, again]) onSignal(state, 'Rescheduled', owner);
    onSignal(owner, 'MoveOn', goOn);

    this.machine = new Machine(this, 'Machine', { name, start: owner });
  }
}
