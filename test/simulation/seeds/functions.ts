/** Every function that is deployed, by the name it is deployed under, called as AWS calls it. */
import { createHandler as actOnPromise } from '../../../functions/act-on-promise/handler.ts';
import { createHandler as askCustomer } from '../../../functions/ask-customer/handler.ts';
import { createHandler as askForReview } from '../../../functions/ask-for-review/handler.ts';
import { createHandler as assumeKept } from '../../../functions/assume-kept/handler.ts';
import { createHandler as forgetPerson } from '../../../functions/forget-person/handler.ts';
import { createHandler as hearOfMail } from '../../../functions/hear-of-mail/handler.ts';
import { createHandler as keepPromise } from '../../../functions/keep-promise/handler.ts';
import { createHandler as makePromise } from '../../../functions/make-promise/handler.ts';
import { createHandler as raisePromise } from '../../../functions/raise-promise/handler.ts';
import { createHandler as receiveMail } from '../../../functions/receive-mail/handler.ts';
import { createHandler as receiveReply } from '../../../functions/receive-reply/handler.ts';
import { createHandler as receiveVerdict } from '../../../functions/receive-verdict/handler.ts';
import { createHandler as receiveWebhook } from '../../../functions/receive-webhook/handler.ts';
import { createHandler as staffDesk } from '../../../functions/staff-desk/handler.ts';
import { createHandler as startFollowUp } from '../../../functions/start-follow-up/handler.ts';
import { createHandler as stopAsking } from '../../../functions/stop-asking/handler.ts';
import { createHandler as sweep } from '../../../functions/sweep/handler.ts';
import { createHandler as waitForDay } from '../../../functions/wait-for-day/handler.ts';
import { createHandler as wakeHeld } from '../../../functions/wake-held/handler.ts';
import { createHandler as watch } from '../../../functions/watch/handler.ts';
import { context } from '../../fixtures/invocations.ts';
import type { AllPorts } from './ports.ts';

const MAKERS = {
  'act-on-promise': actOnPromise,
  'ask-customer': askCustomer,
  'ask-for-review': askForReview,
  'assume-kept': assumeKept,
  'forget-person': forgetPerson,
  'hear-of-mail': hearOfMail,
  'keep-promise': keepPromise,
  'make-promise': makePromise,
  'raise-promise': raisePromise,
  'receive-mail': receiveMail,
  'receive-reply': receiveReply,
  'receive-verdict': receiveVerdict,
  'receive-webhook': receiveWebhook,
  'staff-desk': staffDesk,
  'start-follow-up': startFollowUp,
  'stop-asking': stopAsking,
  sweep,
  'wait-for-day': waitForDay,
  'wake-held': wakeHeld,
  watch,
} as const;

export type FunctionName = keyof typeof MAKERS;

/** middy types a handler by what it accepts after its own check; here the check is the whole point. */
const called =
  (handler: (event: never, context: never) => unknown) =>
  async (event: unknown): Promise<unknown> =>
    Reflect.apply(handler, undefined, [event, context]);

export const createFunctions = (ports: AllPorts) => {
  const made = new Map(Object.entries(MAKERS).map(([name, make]) => [name, called(make(ports))]));
  return async (name: string, event: unknown): Promise<unknown> => {
    const handler = made.get(name);
    if (handler === undefined) throw new Error(`No function is called ${name}`);
    return handler(event);
  };
};
