/** Whatever a released machine hands its functions, and whatever these wrote, is understood by the functions of today. */
import type { Context } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import config from '../../../aftercare.config.ts';
import { AskTask, createHandler as askCustomer } from '../../../functions/ask-customer/handler.ts';
import { createHandler as askForReview, ReviewStep } from '../../../functions/ask-for-review/handler.ts';
import { createHandler as assumeKept } from '../../../functions/assume-kept/handler.ts';
import { checkConfiguration } from '../../../functions/core/configuration.ts';
import { SaleId } from '../../../functions/core/ids.ts';
import { Entry } from '../../../functions/core/journal.ts';
import { outcomeOf } from '../../../functions/core/outcome.ts';
import { FollowUpPlan, PromisePlan } from '../../../functions/core/plan.ts';
import { foldSale, SaleRecord } from '../../../functions/core/sale.ts';
import { KeepTask, createHandler as keepPromise } from '../../../functions/keep-promise/handler.ts';
import { MakeTask, createHandler as makePromise } from '../../../functions/make-promise/handler.ts';
import { RaiseTask, createHandler as raisePromise } from '../../../functions/raise-promise/handler.ts';
import { PromiseStep } from '../../../functions/steps/task.ts';
import { WaitTask, createHandler as waitForDay } from '../../../functions/wait-for-day/handler.ts';
import { context } from '../../fixtures/invocations.ts';
import { type MemoryWorld, memoryWorld } from '../../fixtures/memory-ports.ts';
import { customer } from '../../fixtures/sales.ts';
import { MACHINES } from '../../golden/portable.ts';
import { definitionOf, type Runs, releases, runsOf } from '../../golden/release.ts';

const Definition = z.looseObject({
  States: z.record(z.string(), z.looseObject({ Resource: z.string().optional() })),
});

type Play = (ports: MemoryWorld['ports'], payload: unknown) => Promise<{ did: string }>;
type Handler<T> = (ports: MemoryWorld['ports']) => (task: T, on: Context) => Promise<{ did: string }>;

/** Lambda hands over whatever came; the handler reads it once more. */
const play =
  <S extends z.ZodType>(schema: S, create: Handler<z.output<S>>): Play =>
  async (ports, payload) =>
    create(ports)(schema.parse(payload), context);

const FUNCTIONS: Record<string, Play> = {
  'wait-for-day': play(WaitTask, waitForDay),
  'ask-customer': play(AskTask, askCustomer),
  'make-promise': play(MakeTask, makePromise),
  'ask-for-review': play(ReviewStep, askForReview),
  'keep-promise': play(KeepTask, keepPromise),
  'raise-promise': play(RaiseTask, raisePromise),
  'assume-kept': play(PromiseStep, assumeKept),
};

type Recorded = Runs['sales'][number];

/** The sale as it stood then: as that release wrote it, read by today's rules. */
const asOf = async (world: MemoryWorld, { record, entries }: Recorded, now: string): Promise<SaleId> => {
  const sale = SaleRecord.parse(record);
  await world.sales.open(sale);
  await world.sales.saveCustomer(sale.id, customer, sale.createdAt, sale.createdAt);
  for (const entry of entries.map((one) => Entry.parse(one)))
    if (entry.at <= now) await world.sales.append(sale.id, entry);
  return sale.id;
};

describe.each(releases())('what %s has left behind', (release) => {
  const { sales, inputs, tasks } = runsOf(release);

  it('comes from every state that runs a function', () => {
    const called = MACHINES.flatMap((machine) =>
      Object.entries(Definition.parse(definitionOf(release, machine)).States)
        .filter(([, state]) => JSON.stringify(state).includes('${'))
        .filter(([, { Resource }]) => Resource?.endsWith(':startExecution') === false)
        .map(([state]) => `${machine} ${state}`),
    );

    expect(tasks.map(({ machine, state }) => `${machine} ${state}`).sort()).toEqual(called.sort());
  });

  it.each(inputs)('is an input of the $machine machine', ({ machine, input }) => {
    const plan = machine === 'FollowUp' ? FollowUpPlan : PromisePlan;

    expect(plan.safeParse(input).error).toBeUndefined();
  });

  it.each(sales)('is the journal of $record.id, which tells a sale', ({ record, entries }) => {
    const sale = foldSale({
      id: SaleRecord.parse(record).id,
      record: SaleRecord.parse(record),
      customer,
      entries: entries.map((one) => Entry.parse(one)),
    });

    expect(sale?.journal).toHaveLength(entries.length);
    expect(sale === undefined ? 'no sale' : outcomeOf(sale)).toMatch(
      /^(delighted|recovered|unhappy|silent)$/,
    );
  });

  it.each(tasks)('is understood in "$state"', async ({ function: called, payload }) => {
    const world = memoryWorld(checkConfiguration(config));
    const recorded = sales.find(({ record }) => record.id === payload.plan.saleId);
    const id = recorded === undefined ? undefined : await asOf(world, recorded, payload.now);

    const { did } = (await FUNCTIONS[called]?.(world.ports, payload)) ?? { did: '' };

    expect(did).not.toBe('');
    if ('token' in payload)
      expect((await world.sales.load(SaleId.parse(id)))?.waiters).toMatchObject([
        { token: payload['token'], position: payload['position'] ?? 'promise' },
      ]);
  });
});
