/** The functions that states of both machines call, by the names they are deployed under. */
import type { KeeperPorts } from '../../functions/adapters/ports.ts';
import { createHandler as askCustomer } from '../../functions/ask-customer/handler.ts';
import { createHandler as askForReview } from '../../functions/ask-for-review/handler.ts';
import { createHandler as assumeKept } from '../../functions/assume-kept/handler.ts';
import { createHandler as keepPromise } from '../../functions/keep-promise/handler.ts';
import { createHandler as makePromise } from '../../functions/make-promise/handler.ts';
import { createHandler as raisePromise } from '../../functions/raise-promise/handler.ts';
import { createHandler as waitForDay } from '../../functions/wait-for-day/handler.ts';

/** A handler as AWS calls it; it checks what it is given. */
export type Step = (event: unknown) => Promise<unknown>;

/** middy types a handler by what it accepts after its own check; here the check is the whole point. */
export const stepOf =
  (handler: (event: never, context: never) => unknown, context: unknown = {}): Step =>
  async (event) =>
    Reflect.apply(handler, undefined, [event, context]);

export const stepsOf = (ports: KeeperPorts): ReadonlyMap<string, Step> =>
  new Map([
    ['wait-for-day', stepOf(waitForDay(ports))],
    ['ask-customer', stepOf(askCustomer(ports))],
    ['make-promise', stepOf(makePromise(ports))],
    ['ask-for-review', stepOf(askForReview(ports))],
    ['keep-promise', stepOf(keepPromise(ports))],
    ['raise-promise', stepOf(raisePromise(ports))],
    ['assume-kept', stepOf(assumeKept(ports))],
  ]);
