/**
 * Fifty thousand check-ins that fall due within one minute, and mails that leave at a set rate (`AFTERCARE_MAIL_RATE`), which takes
 * them longer than a minute. Are they in due order, is none twice, is the rate kept, and how long does a new sale take to be on
 * disk meanwhile?
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { callsAtRate, createMailPace } from '../../lib/local/aws/mail-pace.ts';
import type { Bench, Figure } from './figure.ts';
import { type Called, type Flow, openFlow, saleName } from './follow-up-flow.ts';
import { closedLoop, openLoop, percentile } from './load.ts';
import { inFolder, rounded } from './measuring.ts';

const A_SECOND = 500;
const MINUTE_MS = 60_000;
const NEW_SALES_A_SECOND = 20;
const CALLERS = 64;

type Drained = { seconds: number; sent: string[]; outOfOrder: number; webhooks: number[] };

const indexOf = (sale: string): number => Number(sale.slice(saleName(0).length - 1));

/** Sale n is due n / total of that time after the first. */
const openSales = async (flow: Flow, total: number, withinMs: number): Promise<void> => {
  await closedLoop(total, CALLERS, (index) => flow.start(saleName(index)));
  await flow.time.whenIdle();
  const firstDue = flow.time.now() + 86_400_000;
  const { db } = flow.store;
  // By its id: no index leads to a name without its machine, and a scan for each of so many takes many minutes.
  const update = db.prepare('UPDATE sfn_execution SET dueAt = ?, timeoutAt = ? WHERE id = ?');
  const ids = db.prepare('SELECT id, name FROM sfn_execution').all();
  await flow.store.write(() => {
    for (const { id, name } of ids) {
      const due = firstDue + Math.floor((indexOf(String(name)) / total) * withinMs);
      update.run(due, due, Number(id));
    }
  });
  await flow.time.advanceTo(firstDue - 1000);
};

const inversions = (sent: readonly string[]): number =>
  sent.filter((sale, at) => at > 0 && indexOf(sale) < indexOf(sent[at - 1] ?? sale)).length;

type Load = { total: number; rate: number; withinMs: number };

const drain = ({ total, rate, withinMs }: Load): Promise<Drained> =>
  inFolder(async (folder) => {
    const pace = createMailPace(rate);
    const sent: string[] = [];
    let firstAt = 0;
    const send = async (sale: string) => {
      await pace();
      if (sent.push(sale) === 1) firstAt = performance.now();
    };
    const ask = async ({ sale, position }: Called) => (position === 'ask' ? send(sale) : undefined);
    const flow = await openFlow(join(folder, 'store.db'), ask, callsAtRate(rate));
    await openSales(flow, total, withinMs);
    flow.time.start();
    const webhooks = await openLoop(NEW_SALES_A_SECOND, withinMs / 1000, (index) =>
      flow.start(`new-${index}`),
    );
    while (sent.length < total) await sleep(2);
    const seconds = (performance.now() - firstAt) / 1000;
    await flow.time.whenIdle();
    flow.close();
    return { seconds, sent, outOfOrder: inversions(sent), webhooks };
  });

const figuresOf = ({ total, rate }: Load, { seconds, sent, outOfOrder, webhooks }: Drained): Figure[] => {
  const twice = sent.length - new Set(sent).size;
  const achieved = (total - 1) / seconds;
  return [
    {
      ...{
        id: 'burst.twice',
        what: 'check-ins sent twice',
        value: twice,
        unit: 'mails',
        target: { atMost: 0 },
      },
      note: `${total.toLocaleString('en')} due within a minute`,
    },
    {
      ...{
        id: 'burst.out-of-order',
        what: 'check-ins sent before one that was due earlier',
        value: outOfOrder,
      },
      ...{ unit: 'mails', target: { atMost: 0 } },
    },
    {
      ...{ id: 'burst.rate', what: `mails a second, ${rate} set`, value: rounded(achieved), unit: 'mails/s' },
      target: { atLeast: rate * 0.99 },
    },
    {
      ...{ id: 'burst.webhook-p99-ms', what: 'a new sale on disk meanwhile, 99 of 100', unit: 'ms' },
      ...{ value: rounded(percentile(webhooks, 99)), target: { atMost: 1000 } },
    },
  ];
};

export const bench: Bench = {
  name: 'burst',
  about: 'Check-ins that fall due within one minute and leave at the rate of the mail service.',
  run: async ({ isQuick, log }) => {
    const load = isQuick
      ? { total: 500, rate: 300, withinMs: 1000 }
      : { total: 50_000, rate: A_SECOND, withinMs: MINUTE_MS };
    const drained = await drain(load);
    log(`burst: ${load.total} mails in ${drained.seconds.toFixed(1)} s`);
    return figuresOf(load, drained);
  },
};
