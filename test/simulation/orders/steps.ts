/** The functions that the state machines and the queue call, by the names they are deployed under. */
import { createHandler as forgetPerson } from '../../../functions/forget-person/handler.ts';
import { createHandler as sweep } from '../../../functions/sweep/handler.ts';
import { createHandler as watch } from '../../../functions/watch/handler.ts';
import { type Step, stepOf, stepsOf } from '../../../lib/simulation/steps.ts';
import { context } from '../../fixtures/invocations.ts';
import type { ModelPorts } from './ports.ts';

export const createSteps = (ports: ModelPorts): ReadonlyMap<string, Step> =>
  new Map([
    ...stepsOf(ports),
    ['forget-person', stepOf(forgetPerson(ports), context)],
    ['sweep', stepOf(sweep(ports), context)],
    ['watch', stepOf(watch(ports), context)],
  ]);
