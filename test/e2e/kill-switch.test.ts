/** A pause stops every mail and no clock; what was held is said and asked afterwards, and nothing twice. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import config from '../../aftercare.config.ts';
import { callFunction } from '../../bin/commands/call-function.ts';
import { registerPause } from '../../bin/commands/pause/pause.ts';
import { registerResume } from '../../bin/commands/pause/resume.ts';
import { registerShow } from '../../bin/commands/show.ts';
import { openTarget } from '../../bin/commands/target.ts';
import { runCommand } from '../unit/cli/run-command.ts';
import { newOrder, type Placed, placed } from './orders.ts';
import { prepare, startProcess } from './process.ts';
import { linkTo, type Mail, MONDAY, type OpenWorld, openWorld, type World } from './world.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const pause = ({ url }: World, ...args: string[]) =>
  runCommand(registerPause, config, [
    'pause',
    ...args,
    '--reason',
    'a wrong link',
    '--by',
    'mara',
    '--url',
    url,
  ]);
const resume = async (world: World, ...args: string[]) => {
  const ran = await runCommand(registerResume, config, ['resume', ...args, '--url', world.url]);
  await world.idle();
  return ran;
};
const show = async ({ url }: World, order: Placed) =>
  (await runCommand(registerShow, config, ['show', `shopify/${order.id}`, '--url', url])).out.replace(
    /\s+/g,
    ' ',
  );

const place = async (world: World): Promise<Placed> => {
  const order = newOrder(await world.now());
  await world.send(placed(order));
  return order;
};
const transitionsOf = async (world: World, order: Placed, machine: string) =>
  (await world.sale('shopify', order.id)).executions.find((one) => one.machine === machine)?.transitions;
/** To customers and staff, of this order; the synthetic sale's are none of these. */
const since = async (world: World, instant: number): Promise<Mail[]> =>
  (await world.mails()).filter(({ at }) => Date.parse(at) > instant);

describe('a pause of everything', () => {
  let world: OpenWorld;
  beforeAll(async () => {
    world = await openWorld({ assembly: inject('assembly') });
  });
  afterAll(() => world.close());

  test('stops every mail for thirty hours and no clock, and afterwards everything is said', async () => {
    const [reminded, overdue, done] = [await place(world), await place(world), await place(world)];
    await world.advance('P4D');
    const fresh = await place(world);
    await world.goTo(new Date(Date.parse(MONDAY) + 14 * DAY_MS).toISOString());
    const [first] = await world.mailsTo(reminded.email);
    const asked = Date.parse(first?.at ?? '');
    await world.goTo(new Date(asked + 4 * DAY_MS - HOUR_MS).toISOString());
    for (const order of [overdue, done])
      await world.submit(linkTo((await world.mailsTo(order.email))[0], 'r'), {
        rating: '1',
        words: 'It broke.',
      });
    const task = (await world.mails()).find(
      ({ to, text }) => to.endsWith('@shop.example') && text.includes(done.email),
    );
    const begun = await world.now();

    const { out } = await pause(world, '--for', 'PT30H');
    await world.submit(linkTo(task, 'p'), { act: 'done', what: 'A new pair was sent.' });
    await world.advance('PT29H');

    expect(out).toContain('No mail leaves from now on');
    expect(await since(world, begun)).toEqual([]);
    expect(await world.read('/_local/pauses')).toMatchObject([
      { what: { of: 'all' }, reason: 'a wrong link' },
    ]);
    /* What is owed went on being due, and what staff did was heard. */
    const late = await world.sale('shopify', overdue.id);
    expect(late.promises).toMatchObject([{ level: 2, owner: 'theo', strikes: 2 }]);
    expect((await world.sale('shopify', done.id)).promises).toMatchObject([{ status: 'proposed' }]);
    expect(await show(world, fresh)).toMatch(/check-in waits until [^,]*, because mails are paused until/);
    expect(await show(world, reminded)).toMatch(/reminder waits until [^,]*, because mails are paused until/);
    expect(JSON.stringify(late.journal)).not.toContain('a wrong link');

    await world.advance('PT7H');

    const subjects = async (order: Placed) =>
      (await since(world, begun)).filter(({ to }) => to === order.email).length;
    expect([await subjects(fresh), await subjects(reminded)]).toEqual([1, 1]);
    const question = (await world.mailsTo(done.email)).at(-1);
    expect(question?.text).toContain('A new pair was sent.');
    /* Whoever has it now hears of it; whoever had it in between does not. */
    const toStaff = (await since(world, begun)).filter(({ text }) => text.includes(overdue.email));
    expect(new Set(toStaff.map(({ to }) => to))).toEqual(new Set(['theo@shop.example']));
    expect((await since(world, begun)).filter(({ to }) => to === overdue.email).length).toBeGreaterThan(0);
    /* With the start: two more for a check-in that waited, three for a reminder, two for the question whether it was put right. */
    expect(await transitionsOf(world, fresh, 'FollowUp')).toBe(3 + 2);
    expect(await transitionsOf(world, reminded, 'FollowUp')).toBe(4 + 3);
    expect(await transitionsOf(world, done, 'Promise')).toBe(3 + 2);
    await world.submit(linkTo(question, 's'), { verdict: 'yes' });
    expect((await world.sale('shopify', done.id)).sale.outcome).toBe('recovered');
  });

  test('that is ended early lets go at once what waited for its end; one of another source held nothing', async () => {
    const order = await place(world);
    await pause(world, '--source', 'woocommerce', '--for', 'P7D');
    const planned = (await world.sale('shopify', order.id)).sale.checkIn?.at ?? '';
    await world.goTo(new Date(Date.parse(planned) - 2 * HOUR_MS).toISOString());
    await pause(world, '--for', 'P6D');
    await world.advance('PT4H');
    expect(await world.mailsTo(order.email)).toEqual([]);

    const wrong = await resume(world, '--journey', 'goods');
    const ended = await resume(world);

    expect(wrong).toMatchObject({ exitCode: 1 });
    expect(ended).toMatchObject({ exitCode: 0 });
    await world.advance('PT1M');
    expect(await world.mailsTo(order.email)).toHaveLength(1);
    expect(await show(world, order)).toContain('The pause of mails was ended early');
    expect(await resume(world)).toMatchObject({ exitCode: 0 });
  });
});

describe('kill -9', () => {
  test('in the middle of a resume: whoever was not woken is woken by the next', {
    timeout: 120_000,
  }, async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'aftercare-'));
    prepare(inject('assembly'), dataDir);
    let running = await startProcess(dataDir);
    try {
      await running.world.goTo(MONDAY);
      const orders: Placed[] = [];
      for (let n = 0; n < 6; n += 1) orders.push(await place(running.world));
      const planned = (await running.world.sale('shopify', orders[0]?.id ?? '')).sale.checkIn?.at ?? '';
      await running.world.goTo(new Date(Date.parse(planned) - 2 * HOUR_MS).toISOString());
      await pause(running.world, '--for', 'P6D');
      await running.world.advance('PT4H');
      const target = await openTarget({ url: running.world.url });
      const time = new Date(await target.now()).toISOString();
      const ending = resume(running.world).catch(() => undefined);
      await callFunction(target, 'WakeHeld', { time, most: 1 }).catch(() => undefined);
      await running.kill();
      await ending;

      running = await startProcess(dataDir);
      await resume(running.world);
      await running.world.advance('PT10M');

      for (const order of orders) expect(await running.world.mailsTo(order.email)).toHaveLength(1);
    } finally {
      await running.kill();
      rmSync(dataDir, { recursive: true, force: true });
    }
  });
});
