/** A deploy in the middle of every wait: executions of released machines run on with today's functions and end right. */
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { portable } from '../golden/portable.ts';
import { definitionOf, releases } from '../golden/release.ts';
import {
  allCases,
  bringToTheirWaits,
  type Case,
  DEPLOY,
  liveOnAll,
  saleOf,
} from './change-under-load-cases.ts';
import { type DeployedWorld, openDeployable, templateOf } from './change-under-load-world.ts';
import { newOrder, placed } from './orders.ts';

const today = templateOf(inject('assembly'));
const now = JSON.stringify(portable(today, 'FollowUp'));
/** The one that is being released is no deploy. */
const earlier = releases().filter((release) => JSON.stringify(definitionOf(release, 'FollowUp')) !== now);

/** The state whose wait this is, whatever the release called it. */
const STATES: Record<Case['wait'], RegExp> = {
  use: /^Wait until the product/,
  ask: /^Ask how it is going/,
  again: /^Ask once more in other words/,
  call: /^Promise a call/,
  review: /^Wait until a review/,
  owner: /^(Tell the owner|Say what is to be said)/,
  'raised owner': /^(Tell the owner|Say what is to be said)/,
  'first question': /^Ask the customer whether/,
  'second question': /^Ask the customer once more/,
};

describe.each(earlier)('sales that began with the machines of %s', (release) => {
  const cases = allCases();
  let place: DeployedWorld;
  const standing = new Map<Case, (string | undefined)[]>();

  beforeAll(async () => {
    place = await openDeployable(inject('assembly'), {
      FollowUp: definitionOf(release, 'FollowUp'),
      Promise: definitionOf(release, 'Promise'),
    });
    await bringToTheirWaits(place, cases);
    for (const one of cases) {
      const { executions } = await saleOf(place.world, one);
      standing.set(
        one,
        executions.filter(({ status }) => status === 'RUNNING').map(({ state }) => state),
      );
    }
    await place.deploy({});
    await liveOnAll(place, cases);
  });
  afterAll(() => place.close());

  test.each(cases.map((one) => [one.wait, one.way, one] as const))(
    'in the wait "%s", then %s, end as they should',
    async (wait, way, one) => {
      const { sale, executions } = await saleOf(place.world, one);
      const mails = await place.world.mailsTo(one.order.email);

      expect(standing.get(one)).toContainEqual(expect.stringMatching(STATES[wait]));
      expect(sale).toMatchObject({ outcome: one.outcome, status: 'closed' });
      expect(executions.map(({ status }) => status)).toEqual(executions.map(() => 'SUCCEEDED'));
      expect(new Set(mails.map(({ subject, text }) => `${subject} ${text}`)).size).toBe(mails.length);
      if (way === 'refunded')
        expect(mails.filter(({ at }) => Date.parse(at) > DEPLOY + 3_600_000)).toEqual([]);
    },
  );

  test('keep their machine; who buys after the deploy gets the new one', async () => {
    const order = newOrder(await place.world.now());
    const before = await place.startedBy('FollowUp', 2);
    await place.world.send(placed(order));

    const fresh = await place.world.sale('shopify', order.id);
    expect(await place.startedBy('FollowUp', 2)).toEqual([fresh.executions[0]?.name, ...before]);
    expect((await place.startedBy('FollowUp', 1)).length).toBeGreaterThanOrEqual(cases.length);
  });
});
