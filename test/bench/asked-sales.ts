/** Sales that have come as far as their check-in, and the links that their customers were sent. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newOrder, type Placed, placed } from '../e2e/orders.ts';
import { MONDAY } from '../e2e/world.ts';
import { type Answer, type Caller, closedLoop } from './load.ts';

export const CALLERS = 64;
/** Placed at eight in the morning; the check-in of each is sent on the morning of a day in between. */
const UNTIL_ASKED = 'P14D';

/** @throws Error for any answer but 200. */
export const accepted = async (answer: Promise<Answer>, what: string): Promise<string> => {
  const { status, text } = await answer;
  if (status !== 200) throw new Error(`${what} answered ${status}: ${text.slice(0, 300)}`);
  return text;
};

export const clockOf = ({ call }: Caller) => {
  const move = (body: Record<string, string>) =>
    accepted(call({ method: 'POST', path: '/_local/clock', body: JSON.stringify(body) }), 'The clock');
  return {
    goTo: (to: string) => move({ to }),
    advance: (advance: string) => move({ advance }),
    idle: () => move({ advance: 'PT0S' }),
  };
};

/** On the first morning; the runtime's clock has to go there before they are sent. */
export const newOrders = (count: number): Placed[] =>
  Array.from({ length: count }, () => newOrder(Date.parse(MONDAY)));

export const goToMonday = (world: Caller): Promise<string> => clockOf(world).goTo(MONDAY);

/** Resolves when all that the webhooks set off is done. */
export const placeAll = async (world: Caller, orders: readonly Placed[]): Promise<void> => {
  const webhooks = orders.map((order) => placed(order));
  await closedLoop(webhooks.length, CALLERS, async (index) => {
    const webhook = webhooks[index];
    if (webhook !== undefined) await accepted(world.call({ method: 'POST', ...webhook }), 'The webhook');
  });
  await clockOf(world).idle();
};

export const askAll = (world: Caller): Promise<string> => clockOf(world).advance(UNTIL_ASKED);

/** Read from the mails themselves: asking the mailbox for them would be work of the server. */
export const linksIn = (dataDir: string): string[] => {
  const folder = join(dataDir, 'mails');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.eml'))
    .flatMap((name) => {
      const text = readFileSync(join(folder, name), 'utf8').replaceAll('=\r\n', '');
      const found = /http:\/\/[^\s"<>]*(\/r\/[a-z2-7]{32})/.exec(text)?.[1];
      return found === undefined ? [] : [found];
    });
};
