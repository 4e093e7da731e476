/** Sales that wait long are moved to the next version of their machine by `aftercare move`, and end as if nothing had been. */
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import config from '../../aftercare.config.ts';
import { registerMove } from '../../bin/commands/move/move.ts';
import { type MachineName, portable } from '../golden/portable.ts';
import {
  allCases,
  bringToTheirWaits,
  type Case,
  liveOnAll,
  saleOf,
  type Wait,
} from './change-under-load-cases.ts';
import { type DeployedWorld, openDeployable, templateOf } from './change-under-load-world.ts';

const LONG: readonly Wait[] = ['use', 'call', 'review', 'owner', 'raised owner'];
/** One of each way that ends differently, and one that waits for an answer, which stays. */
const WANTED: readonly string[] = [
  'use happy',
  'use refunded',
  'call put right',
  'call silent',
  'review happy',
  'review put right',
  'owner put right',
  'raised owner refused, then put right',
  'ask happy',
];
const cases = allCases(['today']).filter(
  ({ wait, way }, at, all) =>
    WANTED.includes(`${wait} ${way}`) && all.findIndex((one) => one.wait === wait && one.way === way) === at,
);

const today = templateOf(inject('assembly'));
/** The same in all but a comment: another version all the same. */
const next = (name: MachineName) => ({ Comment: 'the next release', ...Object(portable(today, name)) });

let place: DeployedWorld;
const said: { dry: string[]; some: string[]; rest: string[]; again: string[] } = {
  dry: [],
  some: [],
  rest: [],
  again: [],
};
const before = new Map<Case, number>();

const move = async (...flags: string[]): Promise<string[]> => {
  const lines: string[] = [];
  const program = new Command().exitOverride();
  registerMove(program, config, { print: (text) => lines.push(text), paint: (_, text) => text });
  await program.parseAsync([
    'node',
    'aftercare',
    'move',
    '--url',
    place.url,
    '--per-second',
    '1000',
    ...flags,
  ]);
  await place.world.idle();
  return lines;
};

beforeAll(async () => {
  place = await openDeployable(inject('assembly'), {});
  const hands = { ...place, route: async () => undefined };
  await bringToTheirWaits(hands, cases);
  await place.deploy({ FollowUp: next('FollowUp'), Promise: next('Promise') });
  said.dry = await move();
  said.some = await move('--machine', 'FollowUp', '--limit', '2', '--yes');
  said.rest = await move('--yes');
  said.again = await move('--yes');
  for (const one of cases) before.set(one, (await place.world.mailsTo(one.order.email)).length);
  await liveOnAll(hands, cases);
}, 240_000);
afterAll(() => place.close());

describe('aftercare move', () => {
  test('counts before it moves, goes on where it stopped, and finds nobody twice', () => {
    const long = cases.filter(({ wait }) => LONG.includes(wait)).length;

    expect(said.dry).toContain(
      `FollowUp, version 1: ${long} can be moved; 1 stay: they wait for an answer, or are about to go on`,
    );
    expect(said.dry).toContain('Promise, version 1: 4 can be moved');
    expect(said.dry.at(-1)).toContain('Nothing was changed');
    expect(said.some).toEqual([expect.stringContaining('FollowUp, version 1: 2 moved')]);
    expect(said.rest).toEqual([
      expect.stringContaining(`FollowUp, version 1: ${long - 2} moved`),
      'Promise, version 1: 4 moved',
    ]);
    expect(said.again.join()).not.toContain('moved');
  });

  test.each(cases.map((one) => ({ ...one, one })))(
    'lets the wait "$wait" go on in the new version; then $way ends as it should',
    async ({ one, wait }) => {
      const { sale, executions } = await saleOf(place.world, one);
      const mails = await place.world.mailsTo(one.order.email);

      expect(sale).toMatchObject({ outcome: one.outcome, status: 'closed' });
      expect(executions.map(({ status }) => status)).toEqual(executions.map(() => 'SUCCEEDED'));
      expect(new Set(mails.map(({ subject, text }) => `${subject} ${text}`)).size).toBe(mails.length);
      expect(executions.some(({ name }) => name.endsWith('-m1'))).toBe(LONG.includes(wait));
    },
  );

  test('starts successors in the new version only', async () => {
    const started = await place.startedBy(await place.version('FollowUp'));

    expect(started.filter((name) => name.endsWith('-m1'))).toHaveLength(
      cases.filter(({ wait }) => LONG.includes(wait)).length,
    );
  });
});
