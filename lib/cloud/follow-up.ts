/** The FollowUp machine: one execution per sale and round. Reads from top to bottom as the life of a sale. */
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Succeed, type TaskStateBase } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { Machine } from './machine.ts';
import { act, goOnInNewest, onNewPlan, onSignal, onTimeout, wait } from './steps.ts';

type Props = {
  name: string;
  waitForDay: IFunction;
  askCustomer: IFunction;
  makePromise: IFunction;
  askForReview: IFunction;
};

export class FollowUp extends Construct {
  readonly machine: Machine;

  constructor(
    scope: Construct,
    id: string,
    { name, waitForDay, askCustomer, makePromise, askForReview }: Props,
  ) {
    super(scope, id);

    const use = wait(this, 'Wait until the product has been used', {
      fn: waitForDay,
      seconds: 'use',
      more: { position: 'use' },
    });
    const ask = wait(this, 'Ask how it is going, wait for the answer', {
      fn: askCustomer,
      seconds: 'answer',
      more: { position: 'ask' },
    });
    const again = wait(this, 'Ask once more in other words, wait for the answer', {
      fn: askCustomer,
      seconds: 'again',
      more: { position: 'again' },
    });
    const putRight = wait(this, 'Promise to put it right, wait until the customer says it is', {
      fn: makePromise,
      seconds: 'promise',
      more: { from: 'answer' },
    });
    const call = wait(this, 'Promise a call by a person, wait until it is made', {
      fn: makePromise,
      seconds: 'promise',
      more: { from: 'silence' },
    });
    const review = wait(this, 'Wait until a review may be asked for', {
      fn: waitForDay,
      seconds: 'review',
      more: { position: 'review', mayMove: 'yes' },
    });
    const askReview = act(this, 'Ask for a review, in the same words as everybody', askForReview, {
      /* Executions of before it could wait have no way back. */
      canWait: 'yes',
    });
    const over = new Succeed(this, 'Nothing more is asked');
    const moved = new Succeed(this, 'The newest version waits for it');
    const goOn = goOnInNewest(this, name, moved);

    onTimeout(use, ask);
    onTimeout(ask, again);
    onTimeout(again, call);
    onTimeout(putRight, review);
    onTimeout(call, review);
    onTimeout(review, askReview);
    onNewPlan(askReview, 'ReviewLater', review);

    const asking: TaskStateBase[] = [ask, again];
    for (const state of asking) onSignal(state, 'CannotWrite', call);
    for (const state of [use, ...asking]) onSignal(state, 'Rescheduled', use);
    onSignal(review, 'Rescheduled', review);
    for (const state of [use, ...asking, call, putRight]) onSignal(state, 'ReviewLater', review);
    for (const state of [use, ...asking, call, putRight, review])
      onSignal(state, 'CustomerNeedsHelp', putRight);
    for (const state of [use, ...asking, review]) onSignal(state, 'SaleClosed', over);
    for (const state of [use, call, putRight, review]) onSignal(state, 'MoveOn', goOn);

    this.machine = new Machine(this, 'Machine', { name, start: use });
  }
}
