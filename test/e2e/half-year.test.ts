/** The longest that a sale waits for a promise. Alone in its world: whoever shares it would live through every reminder. */
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import config from '../../aftercare.config.ts';
import { checkConfiguration } from '../../functions/core/configuration.ts';
import { openConfigured } from './configured.ts';
import { newOrder, placed } from './orders.ts';
import { linkTo, type OpenWorld } from './world.ts';

/** Staff who work two hours a week are reminded seldom, and half a year is played in seconds. */
const MONDAYS = { mon: [['09:00', '11:00']] };

let world: OpenWorld;
beforeAll(async () => {
  const hours = { ...config.hours, staff: MONDAYS };
  world = await openConfigured(inject('assembly'), checkConfiguration({ ...config, hours }));
});
afterAll(() => world.close());

test('an unhappy customer whose promise was forgotten for more than half a year still finds somebody when they write again', async () => {
  const order = newOrder(await world.now());
  await world.send(placed(order));
  await world.advance('P21D');
  const form = linkTo((await world.mailsTo(order.email))[0], 'r');
  await world.submit(form, { rating: '2', words: 'The left boot creaks.', wish: 'replace' });

  await world.advance('P200D');
  const forgotten = await world.sale('shopify', order.id);
  expect(forgotten.promises).toMatchObject([{ kind: 'resolve', status: 'open', owner: 'theo', level: 2 }]);
  expect(forgotten.executions.find(({ machine }) => machine === 'FollowUp')?.state).not.toMatch(
    /^Promise to put it right/,
  );

  await world.submit(form, { rating: '5', words: 'I mended it myself.' });
  expect((await world.sale('shopify', order.id)).promises).toMatchObject([{ status: 'waived' }]);

  await world.submit(form, { rating: '1', words: 'It broke again.' });
  const sale = await world.sale('shopify', order.id);
  expect(sale.sale).toMatchObject({ status: 'open', outcome: 'unhappy' });
  expect(sale.promises.at(-1)).toMatchObject({ kind: 'resolve', status: 'open' });
});
