/** A deploy in the middle of every wait: executions of released machines run on with today's functions and end right. */
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { MACHINES, type MachineName } from '../golden/portable.ts';
import { definitionOf, earlierThan } from '../golden/release.ts';
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

const earlier = earlierThan(templateOf(inject('assembly')));
const cases = allCases(earlier);

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

const machinesOf = (release: string) => ({
  FollowUp: definitionOf(release, 'FollowUp'),
  Promise: definitionOf(release, 'Promise'),
});

let place: DeployedWorld;
/** The versions that each release was published as. */
const versions = new Map<string, Record<MachineName, string>>();
const standing = new Map<Case, (string | undefined)[]>();

const publish = async (release: string): Promise<void> => {
  versions.set(release, {
    FollowUp: await place.version('FollowUp'),
    Promise: await place.version('Promise'),
  });
};

beforeAll(async () => {
  const [first = '', ...others] = earlier;
  place = await openDeployable(inject('assembly'), machinesOf(first));
  await publish(first);
  for (const release of others) {
    await place.deploy(machinesOf(release));
    await publish(release);
  }
  const route = async (release: string) => {
    for (const machine of MACHINES)
      await place.startWith(machine, versions.get(release)?.[machine] ?? 'never published');
  };
  await bringToTheirWaits({ ...place, route }, cases);
  for (const one of cases) {
    const { executions } = await saleOf(place.world, one);
    const running = executions.filter(({ status }) => status === 'RUNNING');
    standing.set(
      one,
      running.map(({ state }) => state),
    );
  }
  await place.deploy({});
  await liveOnAll({ ...place, route }, cases);
}, 300_000);
afterAll(() => place.close());

describe('sales that wait during a deploy', () => {
  test.each(cases.map((one) => ({ ...one, one })))(
    'with the machines of $release, in the wait "$wait", then $way, end as they should',
    async ({ one, wait, way }) => {
      const { sale, executions } = await saleOf(place.world, one);
      const mails = await place.world.mailsTo(one.order.email);

      expect(standing.get(one)).toContainEqual(expect.stringMatching(STATES[wait]));
      expect(sale).toMatchObject({ outcome: one.outcome, status: 'closed' });
      expect(executions.map(({ status }) => status)).toEqual(executions.map(() => 'SUCCEEDED'));
      expect(new Set(mails.map(({ subject, text }) => `${subject} ${text}`)).size).toBe(mails.length);
      const afterRefund = mails.filter(({ at }) => way === 'refunded' && Date.parse(at) > DEPLOY + 3_600_000);
      expect(afterRefund).toEqual([]);
    },
  );

  test('keep their machine', async () => {
    for (const [release, { FollowUp }] of versions) {
      const names = await place.startedBy(FollowUp);
      for (const one of cases.filter((it) => it.release === release))
        expect(names).toContain((await saleOf(place.world, one)).executions[0]?.name);
    }
  });

  test('are not followed by who buys after the deploy', async () => {
    const order = newOrder(await place.world.now());
    await place.world.send(placed(order));

    const today = await place.version('FollowUp');
    const { executions } = await place.world.sale('shopify', order.id);
    expect([...versions.values()].map(({ FollowUp }) => FollowUp)).not.toContain(today);
    expect(await place.startedBy(today)).toContain(executions[0]?.name);
  });
});
