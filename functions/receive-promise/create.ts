import type { SalePorts } from '../adapters/ports.ts';
import { memberOf } from '../core/staff.ts';
import { findSale, loadSale } from '../steps/load.ts';
import { makeOwed } from '../steps/make-owed.ts';
import { tellWorkflow } from '../steps/tell-workflow.ts';
import { type Asked, asLeft, describe, type Outcome, saleIdFor } from './answer.ts';
import type { RequestOf } from './promise-request.ts';
import { refused, unknownMember, unknownOrder } from './refusals.ts';

/** Makes the promise, or carries on where a run before this one ended. */
export const create = async (
  ports: SalePorts,
  asked: RequestOf<'promise.create'>,
  { request, now }: Asked,
): Promise<Outcome> => {
  const { config } = ports.settings;
  const id = await saleIdFor(ports, asked.order);
  const found = await findSale(ports, id);
  if (found === undefined) return { problem: unknownOrder };
  const { kind, due, says, owner, severity, visit } = asked;
  if (visit?.provider !== undefined && memberOf(config, visit.provider) === undefined)
    return { problem: unknownMember('visit.provider') };
  const draft = { kind, because: 'system', by: 'system', due, words: says, owner, severity, visit } as const;
  const made = await makeOwed(ports, found.sale, { ...draft, request }, now);
  if ('refusal' in made) return { problem: refused(made.refusal) };
  await tellWorkflow(ports, id, now);
  const { sale } = await loadSale(ports, id);
  const promise = asLeft(sale, request);
  if (promise === undefined) throw new RangeError(`Promise ${made.promise} of sale ${id} does not fold`);
  return describe(sale, promise, 201);
};
