/**
 * Plays one sale of each kind on this machine, as shop, customer and staff do, and reads the meter: to its end, or as far as
 * the paths of a comparison go (`started`): until the answer is in, or something is promised and its owner told.
 */
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
  /** Of its longest execution. */
  historyEvents: number;
};

/** What a path needs of the runtime: its address, its clock, its meter and its mailbox. */
export type Stage = Pick<Runtime, 'url' | 'time' | 'meter' | 'stepFunctions'>;

type Shop = { source: string; secret: string };

const Mail = z.object({ to: z.string(), links: z.array(z.string()), text: z.string() });
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** No journey may take longer. */
const MOST_DAYS = 400;

/** The path took a turn that nobody foresaw: the configuration asks for something this play does not know. */
class PathLost extends Error {
  override name = 'PathLost' as const;
}

const createPlayer = (stage: Stage, shop: Shop, path: Path) => {
  const orderId = String(stage.time.now());
  const email = `${path}-${orderId}@example.org`;
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

  const send = async (type: string, data: Record<string, unknown>) => {
    const at = stage.time.now();
    const { source, secret } = shop;
    const request = { source, secret, at, body: { type, timestamp: new Date(at).toISOString(), data } };
    const { path: place, headers, body } = standardRequest(request);
    const response = await fetch(new URL(place, stage.url), { method: 'POST', headers, body });
    if (!response.ok) throw new PathLost(`The webhook was answered with ${response.status}.`);
    await pass(0);
  };

  return {
    /** A shop that sells a million things is heard of every minute; what is noted then belongs to no sale. */
    hearOfShop: () => send('customer.updated', {}),
    order: () => {
      const now = new Date(stage.time.now()).toISOString();
      return send('order.paid', {
        orderId,
        placedAt: now,
        paidAt: now,
        customer: { name: 'Robin Sample', firstName: 'Robin', email },
        lines: [{ title: 'A thing that was bought' }],
        total: { amount: '100.00', currency: 'EUR' },
      });
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
    /** Until what was said of the last mails has been heard. */
    aMoment: () => pass(MINUTE_MS),
    /** In a mail later than the first so many. */
    question: (written: number) =>
      until(
        'the customer was asked whether it was kept',
        async () => linkIn((await ownMails()).slice(written), 's'),
        HOUR_MS,
      ),
    executions,
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

type Play = Readonly<Record<Path, (player: Player) => Promise<unknown>>>;

const STARTED: Play = {
  happy: async (player) => player.press(await player.asked(1), { rating: '5' }),
  reminded: async (player) => player.press(await player.asked(2), { rating: '5' }),
  silent: (player) => player.staffTold(),
  unhappy: async (player) => {
    await player.press(await player.asked(1), { rating: '1', words: 'It does not work.' });
    await player.staffTold();
  },
};

/** From there to the end. */
const GO_ON: Play = {
  happy: async () => undefined,
  reminded: async () => undefined,
  silent: keepPromise,
  unhappy: keepPromise,
};

export type PlayLength = 'whole' | 'started';

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

const History = z.object({ events: z.array(z.unknown()) });
/** AWS ends an execution at 25,000. */
const MOST_EVENTS = 1000;

const eventsOf = async ({ stepFunctions }: Stage, executionArn: string): Promise<number> => {
  const input = { executionArn, maxResults: MOST_EVENTS };
  return History.parse(await stepFunctions.call('GetExecutionHistory', input)).events.length;
};

const playedSince = async (stage: Stage, before: Units, executions: Ended): Promise<PlayedPath> => ({
  units: less(stage.meter.read(), before),
  followUpDays: daysOf(executions, 'FollowUp'),
  promiseDays: daysOf(executions, 'Promise'),
  transitions: {
    followUp: transitionsOf(executions, 'FollowUp'),
    promise: transitionsOf(executions, 'Promise'),
  },
  historyEvents: Math.max(...(await Promise.all(executions.map(({ arn }) => eventsOf(stage, arn))))),
});

/** The runtime must play no schedules: what they use does not belong to a sale. */
export const playPath = async (
  stage: Stage,
  shop: Shop,
  path: Path,
  length: PlayLength = 'whole',
): Promise<PlayedPath> => {
  const player = createPlayer(stage, shop, path);
  await player.hearOfShop();
  const before = stage.meter.read();
  await player.order();
  await STARTED[path](player);
  await player.aMoment();
  const started = await playedSince(stage, before, player.executions());
  /* What is left open would go on, and be billed, while the next path is played. */
  await GO_ON[path](player);
  const ended = await player.end();
  await player.aMoment();
  return length === 'started' ? started : playedSince(stage, before, ended);
};
