/** Sales that stand in every wait there is on the day of a deploy, and what their people do after it. */
import { ALL_LINES, newOrder, type Placed, placed, refunded } from './orders.ts';
import { linkTo, type SaleView, type World } from './world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A Monday at half past eight in Zurich, four weeks after the world begins. */
export const DEPLOY = Date.parse('2031-03-31T06:30:00Z');

const WAITS = {
  use: { placedDaysBefore: 5, steps: [] },
  ask: { placedDaysBefore: 14, steps: [] },
  again: { placedDaysBefore: 18, steps: [] },
  call: { placedDaysBefore: 24, steps: [] },
  review: { placedDaysBefore: 16, steps: [{ hoursBefore: 72, does: 'praises' }] },
  owner: { placedDaysBefore: 20, steps: [{ hoursBefore: 1, does: 'complains' }] },
  'raised owner': { placedDaysBefore: 20, steps: [{ hoursBefore: 72, does: 'complains' }] },
  'first question': {
    placedDaysBefore: 20,
    steps: [
      { hoursBefore: 72, does: 'complains' },
      { hoursBefore: 1, does: 'is helped' },
    ],
  },
  'second question': {
    placedDaysBefore: 22,
    steps: [
      { hoursBefore: 168, does: 'complains' },
      { hoursBefore: 144, does: 'is helped' },
    ],
  },
} as const satisfies Record<string, { placedDaysBefore: number; steps: readonly Step[] }>;

type Step = { hoursBefore: number; does: 'praises' | 'complains' | 'is helped' };
export type Wait = keyof typeof WAITS;
export type Way = 'happy' | 'silent' | 'put right' | 'refused, then put right' | 'refunded';

/**
 * Where each sale stands at the deploy, how it goes on, and how it must end. Released machines take turns within a wait,
 * so that each of them stands in each.
 */
const ENDS: readonly [Wait, Way, outcome: string][] = [
  ['use', 'happy', 'delighted'],
  ['use', 'silent', 'silent'],
  ['use', 'put right', 'recovered'],
  ['use', 'refunded', 'cancelled'],
  ['ask', 'happy', 'delighted'],
  ['ask', 'silent', 'silent'],
  ['ask', 'put right', 'recovered'],
  ['ask', 'refunded', 'cancelled'],
  ['again', 'happy', 'delighted'],
  ['again', 'silent', 'silent'],
  ['again', 'put right', 'recovered'],
  ['again', 'refunded', 'cancelled'],
  ['call', 'happy', 'delighted'],
  ['call', 'silent', 'silent'],
  ['call', 'put right', 'recovered'],
  ['review', 'happy', 'delighted'],
  ['review', 'put right', 'recovered'],
  ['review', 'refunded', 'delighted'],
  ['owner', 'put right', 'recovered'],
  ['owner', 'refused, then put right', 'recovered'],
  ['owner', 'put right', 'recovered'],
  ['raised owner', 'put right', 'recovered'],
  ['raised owner', 'refused, then put right', 'recovered'],
  ['raised owner', 'silent', 'unhappy'],
  ['first question', 'put right', 'recovered'],
  ['first question', 'refused, then put right', 'recovered'],
  ['first question', 'silent', 'unhappy'],
  ['second question', 'put right', 'recovered'],
  ['second question', 'refused, then put right', 'recovered'],
  ['second question', 'silent', 'unhappy'],
];

export type Case = {
  /** Whose machines it began with. */
  release: string;
  wait: Wait;
  way: Way;
  outcome: string;
  order: Placed;
  refusals: number;
  isRefunded: boolean;
  isOver: boolean;
};

export const allCases = (releases: readonly string[]): Case[] =>
  ENDS.map(([wait, way, outcome], at) => ({
    release: releases[ENDS.slice(0, at).filter(([other]) => other === wait).length % releases.length] ?? '',
    wait,
    way,
    outcome,
    order: newOrder(DEPLOY - WAITS[wait].placedDaysBefore * DAY),
    refusals: 0,
    isRefunded: false,
    isOver: false,
  }));

/** Opens a page for staff at the desk: notes may come as one mail with many. */
export type Staff = (order: Placed, promise: string) => Promise<string>;
type Hands = {
  world: World;
  staff: Staff;
  /** Executions that start from now on are of this release. */
  route(release: string): Promise<void>;
};

export const saleOf = (world: World, { order }: Case): Promise<SaleView> => world.sale('shopify', order.id);

const checkIn = async (world: World, { order }: Case) => (await world.mailsTo(order.email))[0];

const answer = async (world: World, one: Case, rating: string): Promise<void> => {
  const { status } = await world.submit(linkTo(await checkIn(world, one), 'r'), {
    rating,
    ...(rating === '5' ? {} : { wish: 'replace' }),
  });
  if (status !== 200) throw new Error(`The answer of ${one.wait}, ${one.way} was answered ${status}`);
};

/** Everything that is owed is said to be done. */
const help = async ({ world, staff }: Hands, one: Case): Promise<void> => {
  for (const { id, status } of (await saleOf(world, one)).promises)
    if (status === 'open' || status === 'taken')
      await world.submit(await staff(one.order, id), { act: 'done', what: 'A new pair is on its way.' });
};

const judge = async (world: World, one: Case, isKept: boolean): Promise<void> => {
  const last = (await world.mailsTo(one.order.email)).at(-1);
  for (const { id, status } of (await saleOf(world, one)).promises)
    if (status === 'proposed')
      await world.submit(linkTo(last, 's'), { verdict: isKept ? 'yes' : 'not-yet', promise: id });
};

/** Places every order at its time and brings it to its wait; the clock ends at the deploy. */
export const bringToTheirWaits = async (hands: Hands, cases: readonly Case[]): Promise<void> => {
  const { world } = hands;
  const act = { praises: '5', complains: '2' };
  const events = cases.flatMap((one) => [
    { release: one.release, at: Date.parse(one.order.at), run: () => world.send(placed(one.order)) },
    ...WAITS[one.wait].steps.map(({ hoursBefore, does }: Step) => ({
      release: one.release,
      at: DEPLOY - hoursBefore * HOUR,
      run: () => (does === 'is helped' ? help(hands, one) : answer(world, one, act[does])),
    })),
  ]);
  for (const { release, at, run } of events.sort((a, b) => a.at - b.at)) {
    if ((await world.now()) < at) await world.goTo(new Date(at).toISOString());
    await hands.route(release);
    await run();
  }
  await world.goTo(new Date(DEPLOY).toISOString());
};

const replied = ({ journal }: SaleView): boolean => journal.some(({ type }) => type === 'replied');

const refund = async (world: World, one: Case): Promise<void> => {
  if (!one.isRefunded) await world.send(refunded(one.order, await world.now(), ALL_LINES));
  one.isRefunded = true;
};

/** Whoever was content until now complains once more while the review is waited for. */
const wantsToAnswer = ({ wait, way }: Case, sale: SaleView): boolean =>
  !replied(sale) || (wait === 'review' && way === 'put right' && sale.promises.length === 0);

/** What the people of this sale do today, if anything. */
const liveOn = async (hands: Hands, one: Case): Promise<void> => {
  const { world } = hands;
  if (one.way === 'refunded') return refund(world, one);
  const sale = await saleOf(world, one);
  one.isOver = sale.sale.status === 'closed';
  if (one.isOver) return;
  if (one.way !== 'silent' && wantsToAnswer(one, sale) && (await checkIn(world, one)) !== undefined)
    await answer(world, one, one.way === 'happy' ? '5' : '2');
  await help(hands, one);
  if (one.way === 'silent') return;
  const isRefused = one.way === 'refused, then put right' && one.refusals === 0;
  if (isRefused) one.refusals += 1;
  await judge(world, one, !isRefused);
};

const DAYS = [0, 0.1, 2, 8, 12, 20, 30, 60];

export const liveOnAll = async (hands: Hands, cases: readonly Case[]): Promise<void> => {
  for (const day of DAYS) {
    await hands.world.goTo(new Date(DEPLOY + HOUR + day * DAY).toISOString());
    for (const one of cases) if (!one.isOver) await liveOn(hands, one);
  }
};
