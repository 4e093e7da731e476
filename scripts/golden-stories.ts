/** Sales that between them come to every state of both machines, told through what any release answers to. */
import { newOrder, type Placed, placed } from '../test/e2e/orders.ts';
import { linkTo, type World } from '../test/e2e/world.ts';

const STAFF = /@shop\.example$/;

const answer = async (world: World, { email }: Placed, rating: string): Promise<void> => {
  const [checkIn] = await world.mailsTo(email);
  await world.submit(linkTo(checkIn, 'r'), { rating, wish: rating === '5' ? '' : 'replace' });
};

/** By the page of whoever has it now. */
const sayDone = async (world: World, { email }: Placed): Promise<void> => {
  const notes = (await world.mails()).filter(({ to, text }) => STAFF.test(to) && text.includes(email));
  await world.submit(linkTo(notes.at(-1), 'p'), { act: 'done', what: 'A new pair is on its way.' });
};

const judge = async (world: World, { email }: Placed, verdict: string): Promise<void> => {
  const question = (await world.mailsTo(email)).at(-1);
  await world.submit(linkTo(question, 's'), { verdict });
};

/** The orders it was about. */
export const tellStories = async (world: World): Promise<Placed[]> => {
  const orders: Placed[] = [];
  for (let count = 0; count < 4; count += 1) {
    const order = newOrder(await world.now());
    await world.send(placed(order));
    orders.push(order);
  }
  const [happy, unhappy, refused, silent] = orders;
  if (happy === undefined || unhappy === undefined || refused === undefined || silent === undefined)
    throw new Error('Four orders were placed');
  await world.advance('P14D');
  await answer(world, happy, '5');
  await answer(world, unhappy, '2');
  await answer(world, refused, '1');
  await world.advance('PT4H');
  await sayDone(world, unhappy);
  await judge(world, unhappy, 'yes');
  /* Nobody does anything, then what is done is not enough, then they say nothing any more. */
  await world.advance('P3D');
  await sayDone(world, refused);
  await judge(world, refused, 'not-yet');
  await world.advance('P1D');
  await sayDone(world, refused);
  /* The silent one is asked again, and rung in the end; the happy one is asked for a review. */
  await world.advance('P30D');
  return orders;
};
