/**
 * How the webhook intake of one machine stands up to load: requests come at their rate whether the ones before are
 * answered or not, each on the queue on disk before its 2xx; beside an empty `node:http` server under the same load.
 */
import { newOrder, placed } from '../e2e/orders.ts';
import type { Bench, Figure } from './figure.ts';
import { type Caller, callerOf, openLoop, percentile } from './load.ts';
import { serveAftercare, serveNothing } from './served.ts';

/** How often each is measured, in turns with its peer. */
const ROUNDS = 3;
const STEADY = 300;
const RUSH = 1000;

type Round = { took: number[]; refused: number };

const webhooks = (count: number) => Array.from({ length: count }, () => placed(newOrder(Date.now())));

const round = async ({ call }: Caller, perSecond: number, seconds: number): Promise<Round> => {
  const sent = webhooks(Math.round(perSecond * seconds));
  let refused = 0;
  const took = await openLoop(perSecond, seconds, async (index) => {
    const webhook = sent[index];
    if (webhook === undefined) return;
    const answered = await call({ method: 'POST', ...webhook }).catch(() => ({ status: 0 }));
    if (answered.status !== 200) refused += 1;
  });
  return { took, refused };
};

const median = (values: readonly number[]) => percentile(values, 50);

/** The median of all rounds, so that one moment of somebody else's work on the machine does not count. */
const rounded = (rounds: readonly Round[], percent: number): number =>
  Number(median(rounds.map(({ took }) => percentile(took, percent))).toFixed(2));

const compared = (percent: number, ours: readonly Round[], theirs: readonly Round[]): Figure => {
  const peer = rounded(theirs, percent);
  return {
    id: `intake.p${percent}`,
    what: `Webhook intake at ${STEADY}/s, p${percent}`,
    value: rounded(ours, percent),
    unit: 'ms',
    target: { atMost: Number((5 * peer).toFixed(2)) },
    peer: { name: 'node:http that does nothing', value: peer },
    note: 'Target: at most five times the peer; the sales that the webhooks begin are started meanwhile',
  };
};

const rushed = (rush: Round): Figure[] => [
  {
    id: 'intake.errors',
    what: `Webhooks not taken at ${RUSH}/s`,
    value: rush.refused,
    unit: 'webhooks',
    target: { atMost: 0 },
    note: `of ${rush.took.length}; p50 ${percentile(rush.took, 50).toFixed(1)} ms, p99 ${percentile(rush.took, 99).toFixed(1)} ms`,
  },
];

export const bench: Bench = {
  name: 'intake',
  about: `Webhooks at ${STEADY}/s and ${RUSH}/s, sent whether the ones before are answered or not.`,
  run: async ({ isQuick, log }) => {
    const seconds = isQuick ? 1 : 10;
    const [ours, nothing] = [await serveAftercare(log), await serveNothing()];
    const [shop, peer] = [callerOf(ours.url), callerOf(nothing.url)];
    try {
      for (const caller of [shop, peer]) await round(caller, STEADY, isQuick ? 1 : 5);
      const rounds: { ours: Round[]; theirs: Round[] } = { ours: [], theirs: [] };
      for (let turn = 0; turn < (isQuick ? 1 : ROUNDS); turn += 1) {
        rounds.theirs.push(await round(peer, STEADY, seconds));
        rounds.ours.push(await round(shop, STEADY, seconds));
        log(`round ${turn + 1} of ${ROUNDS}`);
      }
      const rush = await round(shop, RUSH, seconds);
      return [...[50, 99].map((percent) => compared(percent, rounds.ours, rounds.theirs)), ...rushed(rush)];
    } finally {
      shop.close();
      peer.close();
      await Promise.all([ours.stop(), nothing.stop()]);
    }
  },
};
