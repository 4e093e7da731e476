/** Plays one sale of each kind on this machine, as shop, customer and staff do, and reads the meter. */
import * as z from 'zod';
import type { Runtime } from '../local/runtime.ts';
import { standardRequest } from '../local/sample-orders/shop-requests.ts';
import { less, type Path, type Units } from './units.ts';

export type PlayedPath = {
  units: Units;
  /** How long its executions were open, in days of the sale's own clock. */
  followUpDays: number;
  promiseDays: number;
  transitions: { followUp: number; promise: number };
};

/** What a path needs of the runtime: its address, its clock, its meter and its mailbox. */
export type Stage = Pick<Runtime, 'url' | 'time' | 'meter' | 'stepFunctions'>;

type Shop = { source: string; secret: string };

const Mail = z.object({ to: z.string(), links: z.array(z.string()), text: z.string() });
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** No journey may take longer. */
const MOST_DAYS = 400;

/** The path took a turn that nobody foresaw: the configuration asks for something this play does not know. */
class PathLost extends Error {
  override name = 'PathLost' as const;
}

const createPlayer = (stage: Stage, shop: Shop, orderId: string) => {
  const email = `${orderId.toLowerCase()}@example.org`;
  const read = async (path: string): Promise<unknown> => (await fetch(new URL(path, stage.url))).json();
  const pass = (ms: number) => stage.time.advanceTo(stage.time.now() + ms);
  const begin = stage.time.now();
  /* Not the sale's own view: it reads the tables, which the meter would count. */
  const executions = () =>
    stage.stepFunctions.executions().filter(({ startedAt }) => Date.parse(startedAt) >= begin);

  const mails = async () => z.array(Mail).parse(await read('/_local/emails'));
  const ownMails = async () => (await mails()).filter(({ to }) => to === email);
  const linkIn = (found: readonly z.output<typeof Mail>[], page: 'r' | 's' | 'p'): string | undefined =>
    found.flatMap(({ links }) => links).findLast((link) => link.includes(`/${page}/`));

  /** Lets time pass, so much at a time, until `look` finds what it looks for. */
  const until = async <T>(
    what: string,
    look: () => Promise<T | undefined>,
    step = DAY_MS / 4,
  ): Promise<T> => {
    for (let passed = 0; passed < MOST_DAYS * DAY_MS; passed += step) {
      const found = await look();
      if (found !== undefined) return found;
      await pass(step);
    }
    throw new PathLost(`Sale ${orderId} never came to this: ${what}.`);
  };

  return {
    order: async () => {
      const at = stage.time.now();
      const now = new Date(at).toISOString();
      const { path, headers, body } = standardRequest({
        source: shop.source,
        secret: shop.secret,
        at,
        body: {
          type: 'order.paid',
          timestamp: now,
          data: {
            orderId,
            placedAt: now,
            paidAt: now,
            customer: { name: `Customer ${orderId}`, firstName: 'Customer', email },
            lines: [{ title: 'A thing that was bought' }],
            total: { amount: '100.00', currency: 'EUR' },
          },
        },
      });
      const response = await fetch(new URL(path, stage.url), { method: 'POST', headers, body });
      if (!response.ok) throw new PathLost(`The webhook was answered with ${response.status}.`);
      await pass(0);
    },
    /** Looks at the page first, as people do. */
    press: async (link: string, fields: Record<string, string>) => {
      await fetch(link);
      const response = await fetch(link, { method: 'POST', body: new URLSearchParams(fields) });
      if (!response.ok)
        throw new PathLost(`${new URL(link).pathname.slice(0, 3)} answered ${response.status}.`);
      await pass(0);
    },
    asked: (times: number) =>
      until(`asked ${times} times`, async () => {
        const own = await ownMails();
        return own.length >= times ? linkIn(own, 'r') : undefined;
      }),
    /* Whoever keeps a promise sees it within the hour; later they would be reminded, which is another path. */
    staffTold: () =>
      until(
        'a person was told',
        async () =>
          linkIn(
            (await mails()).filter(({ to, text }) => to !== email && text.includes(email)),
            'p',
          ),
        HOUR_MS,
      ),
    written: async () => (await ownMails()).length,
    /** In a mail later than the first so many. */
    question: (written: number) =>
      until(
        'the customer was asked whether it was kept',
        async () => linkIn((await ownMails()).slice(written), 's'),
        HOUR_MS,
      ),
    end: () =>
      until('the end', async () => {
        const all = executions();
        return all.length > 0 && all.every(({ status }) => status !== 'RUNNING') ? all : undefined;
      }),
  };
};
type Player = ReturnType<typeof createPlayer>;

const keepPromise = async (player: Player): Promise<void> => {
  const page = await player.staffTold();
  const written = await player.written();
  await player.press(page, { act: 'done', what: 'It is put right.' });
  await player.press(await player.question(written), { verdict: 'yes' });
};

const PLAYS: Readonly<Record<Path, (player: Player) => Promise<void>>> = {
  happy: async (player) => player.press(await player.asked(1), { rating: '5' }),
  reminded: async (player) => player.press(await player.asked(2), { rating: '5' }),
  silent: keepPromise,
  unhappy: async (player) => {
    await player.press(await player.asked(1), { rating: '1', words: 'It does not work.' });
    await keepPromise(player);
  },
};

type Ended = Awaited<ReturnType<Player['end']>>;

const daysOf = (executions: Ended, machine: string): number =>
  executions
    .filter((one) => one.machine.endsWith(machine))
    .reduce((sum, { startedAt, stoppedAt }) => {
      if (startedAt === undefined || stoppedAt === undefined) return sum;
      return sum + (Date.parse(stoppedAt) - Date.parse(startedAt)) / DAY_MS;
    }, 0);

const transitionsOf = (executions: Ended, machine: string): number =>
  executions
    .filter((one) => one.machine.endsWith(machine))
    .reduce((sum, { transitions }) => sum + transitions, 0);

/** The runtime must play no schedules: what they use does not belong to a sale. */
export const playPath = async (stage: Stage, shop: Shop, path: Path): Promise<PlayedPath> => {
  const player = createPlayer(stage, shop, `${path}-${stage.time.now()}`);
  const before = stage.meter.read();
  await player.order();
  await PLAYS[path](player);
  const ended = await player.end();
  return {
    units: less(stage.meter.read(), before),
    followUpDays: daysOf(ended, 'FollowUp'),
    promiseDays: daysOf(ended, 'Promise'),
    transitions: { followUp: transitionsOf(ended, 'FollowUp'), promise: transitionsOf(ended, 'Promise') },
  };
};
