import { ListExecutionsCommand, SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import * as z from 'zod';
import { newOrder, type Placed, placed } from './orders.ts';
import { linkTo, type OpenWorld, openWorld } from './world.ts';

const PROMISE = 'arn:aws:states:us-east-1:000000000000:stateMachine:Aftercare-Promise';

let world: OpenWorld;
let states: SFNClient;
beforeAll(async () => {
  world = await openWorld({ assembly: inject('assembly') });
  states = new SFNClient({
    endpoint: world.aws,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
});
afterAll(async () => {
  states.destroy();
  await world.close();
});

const unhappy = async (): Promise<Placed> => {
  const order = newOrder(await world.now());
  await world.send(placed(order));
  await world.advance('P14D');
  const [checkIn] = await world.mailsTo(order.email);
  await world.submit(linkTo(checkIn, 'r'), { rating: '1', words: 'The left boot creaks.' });
  return order;
};

/** As an operator who presses the wrong button. */
const stopEveryPromise = async (): Promise<void> => {
  const { executions = [] } = await states.send(
    new ListExecutionsCommand({ stateMachineArn: PROMISE, statusFilter: 'RUNNING' }),
  );
  for (const { executionArn } of executions) await states.send(new StopExecutionCommand({ executionArn }));
};

const promiseRuns = async (order: Placed) =>
  (await world.sale('shopify', order.id)).executions
    .filter(({ machine }) => machine === 'Promise')
    .map(({ status }) => status);

describe('the sweeper', () => {
  test('gives a promise whose workflow was stopped a new one, and the ladder goes on', async () => {
    const order = await unhappy();
    await stopEveryPromise();
    expect(await promiseRuns(order)).toEqual(['ABORTED']);

    await world.advance('P1D');

    const sale = await world.sale('shopify', order.id);
    expect(sale.journal.filter(({ type }) => type === 'rescued')).toHaveLength(1);
    expect(sale.promises).toMatchObject([{ status: 'open', level: 1, owner: 'mara' }]);
    expect((await promiseRuns(order)).toSorted()).toEqual(['ABORTED', 'RUNNING']);
    const mails = (await world.mails()).filter((mail) => mail.text.includes(order.email));
    expect(mails.filter(({ to }) => to === 'mara@shop.example').length).toBeGreaterThan(0);

    await stopEveryPromise();
    await world.advance('P2D');
    expect((await world.sale('shopify', order.id)).promises).toMatchObject([{ level: 2, owner: 'theo' }]);
  });

  test('is not called while the clock runs through a year in which nothing is owed', async () => {
    const quiet = await openWorld({ assembly: inject('assembly') });
    const runs = async () =>
      z.object({ lambdaRequests: z.number() }).parse(await quiet.read('/_local/meter')).lambdaRequests;
    await quiet.advance('P1D');
    const before = await runs();

    await quiet.advance('P365D');

    expect((await runs()) - before).toBeLessThanOrEqual(4);
    await quiet.close();
  });
});
