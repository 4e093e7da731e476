/** What a pause held is said and asked when it is over: by itself, or ended early. */
import { beforeEach, describe, expect, it } from 'vitest';
import { createHandler as createAsk } from '../../../functions/ask-customer/handler.ts';
import { createHandler as createReview } from '../../../functions/ask-for-review/handler.ts';
import { saleIdOf } from '../../../functions/core/ids.ts';
import { Entry } from '../../../functions/core/journal.ts';
import { askAfterPause, type Pause } from '../../../functions/core/operations/pause.ts';
import { createHandler as createKeep } from '../../../functions/keep-promise/handler.ts';
import { createHandler as createMake } from '../../../functions/make-promise/handler.ts';
import { loadSale } from '../../../functions/steps/load.ts';
import { thankForAnswer } from '../../../functions/steps/thank.ts';
import { tellOwnerItIsUnclear } from '../../../functions/steps/unclear.ts';
import { createHandler as createWait } from '../../../functions/wait-for-day/handler.ts';
import { createHandler } from '../../../functions/wake-held/handler.ts';
import { configuration } from '../../fixtures/configuration.ts';
import { context, followUpTask, promiseTask } from '../../fixtures/invocations.ts';
import { type MemoryWorld, memoryWorld } from '../../fixtures/memory-ports.ts';
import { at, begun, customer, record, SALE, told } from '../../fixtures/sales.ts';
import { planned } from './planned.ts';
import { journalOf, putSale, run, toldOf } from './sale-on-file.ts';

let world: MemoryWorld;
const FRIDAY = at(13, '09:01');
const NOW = at(17, '10:00');
/** Before half of the owner's time is over: nothing but what was held is to be said. */
const SOON = at(17, '10:30');
const LATER = at(17, '13:00');
const SELMA = 'selma.aydin@example.org';
const pause = (until = at(20), what: Pause['what'] = { of: 'all' }): Pause => ({
  what,
  from: at(12),
  until,
  by: 'mara',
  reason: 'a wrong link',
});

beforeEach(async () => {
  world = memoryWorld();
  await world.pauses.put(pause());
});

const wake = (time = LATER, more: { most?: number } = {}) =>
  run(createHandler(world.ports), { time, ...more });
const resume = (one = pause()) => world.pauses.end(one);
const inState = (task: { now: string }, position: 'use' | 'review', seconds: number) =>
  world.sales.wait(SALE, {
    key: 'FollowUp',
    position,
    token: `waiting since ${task.now}`,
    until: new Date(Date.parse(task.now) + seconds * 1000).toISOString(),
  });

const checkIn: Entry[] = [told.claimed('check-in', FRIDAY), told.sent('check-in', FRIDAY)];
const unhappy = told.replied(at(17, '09:00'), 1);
const owed: Entry[] = [
  unhappy,
  told.promised(at(17, '09:00'), 'resolve', { dueAt: at(17, '14:00'), reply: 1 }),
];

describe('a question whose pause was ended early', () => {
  const ask = (position: 'ask' | 'again', now: string) =>
    run(createAsk(world.ports), { ...followUpTask(now), position });
  const waitAgain = async (position: 'use' | 'ask', now: string) => {
    const plan = world.workflows.told[0];
    const seconds = plan?.kind === 'failure' ? followUpTask(now).plan.seconds : undefined;
    expect(seconds).toBeDefined();
    await world.sales.wait(SALE, {
      key: 'FollowUp',
      position,
      token: 'the wait after it',
      until: askAfterPause(configuration(), record(), pause()),
    });
  };

  it('need not wait for its end: the check-in goes out now', async () => {
    await putSale(world);
    await ask('ask', FRIDAY);
    await waitAgain('use', FRIDAY);
    await resume();

    const result = await wake();

    expect(result).toMatchObject({ woken: 1, failed: 0, isDone: true });
    expect(world.workflows.told.at(-1)).toMatchObject({
      error: 'Rescheduled',
      token: 'the wait after it',
      cause: { seconds: { use: 1 } },
    });
    expect(world.held.all()).toEqual([]);
    expect(await ask('ask', LATER)).toEqual({ did: 'sent' });
  });

  it('is a reminder: it goes out now, and the wait for the answer is not begun anew', async () => {
    await putSale(world, checkIn);
    await ask('again', at(17, '09:01'));
    await waitAgain('ask', at(17, '09:02'));
    await resume();

    await wake();

    expect(world.workflows.told.at(-1)).toMatchObject({
      error: 'Rescheduled',
      cause: { seconds: { use: 1, answer: 1 } },
    });
    expect(await ask('again', LATER)).toEqual({ did: 'sent' });
  });

  it('is told once, however often it is woken', async () => {
    await putSale(world);
    await ask('ask', FRIDAY);
    await waitAgain('use', FRIDAY);
    await resume();
    await wake();
    await world.held.hold({ saleId: SALE, journey: 'goods', until: at(20) });

    await wake(at(17, '13:05'));

    expect(toldOf(world)).toEqual(['Rescheduled', 'Rescheduled']);
    expect(journalOf(world).filter((one) => one === 'deferred check-in')).toHaveLength(2);
  });

  it('is told after a crash in the middle: before it was noted, and before the workflow was told', async () => {
    for (const operation of ['sales.append message#check-in#deferred', 'workflows.tell']) {
      world = memoryWorld();
      await world.pauses.put(pause());
      await putSale(world);
      await ask('ask', FRIDAY);
      await waitAgain('use', FRIDAY);
      await resume();
      world.failOnce(operation);
      expect(await wake()).toMatchObject({ woken: 0, failed: 1 });
      expect(world.held.all()).toHaveLength(1);

      expect(await wake(at(17, '13:05'))).toMatchObject({ woken: 1, failed: 0 });

      expect(toldOf(world)).toEqual(['Rescheduled', 'Rescheduled']);
      expect(world.held.all()).toEqual([]);
    }
  });

  it('keeps the day of its own after a pause that ended by itself', async () => {
    await putSale(world);
    await ask('ask', FRIDAY);
    await waitAgain('use', FRIDAY);

    const result = await wake(at(20));

    expect(result).toMatchObject({ woken: 1 });
    expect(toldOf(world)).toEqual(['Rescheduled']);
    expect(world.held.all()).toEqual([]);
  });
});

describe('a review ask whose pause was ended early', () => {
  const review = (more: { canWait?: 'yes' } = {}, now = NOW) => {
    const { token: _, ...task } = followUpTask(now);
    return run(createReview(world.ports), { ...task, ...more });
  };
  const happy = told.replied(at(14), 5);

  it('is asked now', async () => {
    await putSale(world, [happy]);
    await expect(review({ canWait: 'yes' })).rejects.toMatchObject({ name: 'ReviewLater' });
    await inState({ now: NOW }, 'review', 4 * 86_400);
    await resume();

    await wake();

    expect(world.workflows.told).toMatchObject([{ error: 'Rescheduled' }]);
    expect(await run(createWait(world.ports), { ...followUpTask(LATER), position: 'review' })).toEqual({
      did: 'waits',
    });
    expect(await review({ canWait: 'yes' }, LATER)).toEqual({ did: 'sent' });
  });

  it('of a round that ended, because its execution had no way back, gets a round of its own', async () => {
    await putSale(world, [happy]);
    await review();
    expect(journalOf(world)).toContain('ended');
    await resume();

    await wake();

    expect(world.workflows.executions).toMatchObject([{ machine: 'FollowUp', input: { round: 2 } }]);
  });
});

describe('what is owed, after a pause', () => {
  const keep = async (position: 'owner' | 'ask' | 'again', now = NOW) =>
    run(createKeep(world.ports), { ...(await planned(world, now)), position });

  it('is said to its owner and to the customer, without a transition', async () => {
    await putSale(world, [...checkIn, unhappy]);
    await run(createMake(world.ports), { ...followUpTask(NOW), from: 'answer' });
    await keep('owner');
    await resume();

    expect(await wake(at(17, '10:30'))).toMatchObject({ woken: 1 });

    expect(world.mails()).toEqual([
      `resolve-1-receipt to ${SELMA}`,
      'resolve-1-owner-1 to nora@velowerk.example',
    ]);
    expect(toldOf(world)).toEqual([]);
  });

  it('is said after a pause that ended by itself as well', async () => {
    await putSale(world, owed);
    await keep('owner');

    expect(await wake(at(20))).toMatchObject({ woken: 1 });

    expect(world.mails()).toContain('resolve-1-owner-1 to nora@velowerk.example');
  });

  it('is said only as it stands now: of two apologies the last', async () => {
    await putSale(world, owed);
    await keep('owner');
    await world.sales.append(SALE, told.escalated(at(17, '14:00'), { dueAt: at(18, '14:00') }));
    await run(createKeep(world.ports), {
      ...(await planned(world, at(17, '14:00'), { turn: 2 })),
      position: 'owner',
    });
    await resume();

    await wake(at(17, '15:00'));

    expect(world.mails()).toEqual([
      'resolve-1-owner-2 to ines@velowerk.example',
      `resolve-1-sorry-1 to ${SELMA}`,
    ]);
  });

  it('is apologised for once, although the rule of two apologies was over before the pause was', async () => {
    const strike = (n: number, when: string) =>
      told.escalated(when, { strike: n, level: 2, owner: 'urs', dueAt: at(18, '16:00') });
    await putSale(world, [
      told.claimed('resolve-1/receipt', at(17, '09:00')),
      told.sent('resolve-1/receipt', at(17, '09:00')),
      ...owed,
      strike(1, at(17, '10:00')),
    ]);
    await run(createKeep(world.ports), { ...(await planned(world, NOW, { turn: 2 })), position: 'owner' });
    for (const [n, when] of [
      [2, at(17, '11:00')],
      [3, at(17, '12:00')],
    ] as const)
      await world.sales.append(SALE, strike(n, when));
    await resume();

    await wake();
    await world.sales.append(SALE, strike(4, at(17, '15:00')));
    await run(createKeep(world.ports), {
      ...(await planned(world, at(17, '15:00'), { turn: 5 })),
      position: 'owner',
    });

    expect(world.mails().filter((mail) => mail.endsWith(SELMA))).toEqual([`resolve-1-sorry-3 to ${SELMA}`]);
  });

  it('is asked about from the start: the customer has as long as always to say whether it was kept', async () => {
    await putSale(world, [...owed, told.proposed(NOW)]);
    await keep('ask');
    await resume();

    await wake();

    expect(toldOf(world)).toEqual(['Rescheduled']);
    expect(world.mails()).toEqual([]);
    expect(await keep('ask', at(17, '13:01'))).toEqual({ did: 'resolve-1/ask#1 sent' });
  });

  it('says nothing twice when the run dies after the first mail', async () => {
    await putSale(world, [...checkIn, unhappy]);
    await run(createMake(world.ports), { ...followUpTask(NOW), from: 'answer' });
    await keep('owner');
    await resume();
    world.failOnce('sales.append message#resolve-1/owner#1#1#claimed');
    expect(await wake(at(17, '10:30'))).toMatchObject({ woken: 0, failed: 1 });

    await wake(at(17, '10:35'));

    expect(world.mails()).toEqual([
      `resolve-1-receipt to ${SELMA}`,
      'resolve-1-owner-1 to nora@velowerk.example',
    ]);
  });

  it('is told its owner as unclear when the run died over it, wherever the next one dies', async () => {
    for (const second of ['nowhere', 'sales.append message#unclear/resolve-1-owner-1#1#claimed']) {
      world = memoryWorld();
      await world.pauses.put(pause());
      await putSale(world, owed);
      await keep('owner');
      await resume();
      world.failOnce('sales.append message#resolve-1/owner#1#1#claimed', 'after');
      expect(await wake(at(17, '10:30'))).toMatchObject({ woken: 0, failed: 1 });
      if (second !== 'nowhere') world.failOnce(second);

      await wake(at(17, '10:35'));
      await wake(at(17, '10:40'));

      expect(journalOf(world)).toContain('unclear resolve-1/owner#1');
      expect(world.mails()).toEqual(['unclear-resolve-1-owner-1 to nora@velowerk.example']);
      expect(world.held.all()).toEqual([]);
    }
  });

  it('of a customer who was forgotten meanwhile is said to nobody', async () => {
    await putSale(world, owed);
    await keep('owner');
    await world.sales.append(SALE, told.erased(at(17, '11:00')));
    await world.sales.erase(SALE);
    await resume();

    expect(await wake()).toMatchObject({ woken: 1 });

    expect(world.mails()).toEqual([]);
    expect(world.held.all()).toEqual([]);
  });
});

describe('notes beside, after a pause', () => {
  const current = async () => (await loadSale(world.ports, SALE)).sale;

  it('are the thank-you, and the note that a mail may be lost', async () => {
    const happy = Entry.parse({ ...told.replied(at(17, '09:00'), 5), by: 'mail' });
    const lost = [told.claimed('reminder', at(16)), told.unclear('reminder', at(16))];
    await putSale(world, [...checkIn, ...lost, happy]);
    await thankForAnswer(world.ports, await current(), NOW, 0);
    await tellOwnerItIsUnclear(world.ports, await current(), 'reminder', NOW, 0);
    expect(world.mails()).toEqual([]);
    await resume();

    await wake();

    expect(world.mails().sort()).toEqual([
      'thank-you to selma.aydin@example.org',
      'unclear-reminder to nora@velowerk.example',
    ]);
  });
});

describe('a run', () => {
  beforeEach(async () => {
    /* Each note by itself, none in a digest. */
    world = memoryWorld(configuration({ desk: { digestAfter: 100 } }));
    await world.pauses.put(pause());
  });

  /** Sales with a note to their owner that waits. */
  const putMany = async (count: number, source = 'shop') => {
    for (let n = 0; n < count; n += 1) {
      const id = saleIdOf(source, `M-${n}`);
      await world.sales.open(record({ id, source, orderId: `M-${n}` }));
      await world.sales.saveCustomer(id, customer, at(2), at(2));
      for (const entry of begun(...owed)) await world.sales.append(id, entry);
      const task = promiseTask(NOW, { owner: 5_400 });
      await run(createKeep(world.ports), {
        ...task,
        plan: { ...task.plan, saleId: id },
        position: 'owner',
      });
    }
  };

  it('wakes so many at most, and says that it is not done', async () => {
    await putMany(12);
    await resume();

    const runs = [
      await wake(SOON, { most: 5 }),
      await wake(SOON, { most: 5 }),
      await wake(SOON, { most: 5 }),
    ];

    expect(runs.map(({ woken, isDone }) => [woken, isDone])).toEqual([
      [5, false],
      [5, false],
      [2, true],
    ]);
    expect(world.mails()).toHaveLength(12);
  });

  it('leaves alone what another pause still holds, and wakes it when that is over', async () => {
    await world.pauses.put(pause(at(19), { of: 'source', name: 'web' }));
    await putMany(2);
    await putMany(2, 'web');
    await resume();

    expect(await wake()).toMatchObject({ woken: 2, isDone: true });
    expect(world.held.all().map(({ until }) => until)).toEqual([at(19), at(19)]);

    expect(await wake(at(19))).toMatchObject({ woken: 2, isDone: true });
  });

  it('wakes nobody while the pause lasts, and nobody whose pause was renewed', async () => {
    await putMany(3);
    expect(await wake()).toMatchObject({ woken: 0, isDone: true });
    await world.pauses.put(pause(at(24)), pause());

    expect(await wake(at(20))).toMatchObject({ woken: 0, isDone: true, restsUntil: at(24) });

    expect(world.mails()).toEqual([]);
    expect(await wake(at(24))).toMatchObject({ woken: 3 });
  });

  it('wakes at a new end that is sooner', async () => {
    await putMany(3);
    await world.pauses.put(pause(at(18)), pause());

    expect(await wake(at(17, '14:00'))).toMatchObject({ woken: 0 });
    expect(await wake(at(18))).toMatchObject({ woken: 3 });
  });

  it('stops when the mail service asks to slow down, and goes on in the next', async () => {
    await putMany(4);
    await resume();
    world.mailer.answers.push(
      { kind: 'sent', messageId: 'one' },
      { kind: 'refused', error: 'Throttling', isFinal: false },
    );

    expect(await wake(SOON)).toMatchObject({ isDone: false });
    expect(await wake(at(17, '10:35'))).toMatchObject({ isDone: true });

    expect(world.mails()).toHaveLength(4);
  });

  it('goes on with the others when one cannot be woken', async () => {
    await putMany(3);
    await resume();
    world.failOnce('links.keep');

    expect(await wake()).toMatchObject({ woken: 2, failed: 1, isDone: true });
    expect(world.held.all()).toHaveLength(1);
  });

  it('keeps on the list whoever a new pause held while it was woken', async () => {
    await putMany(1);
    await resume();
    world.onceAfter('sales.load', () => void world.pauses.put(pause(at(20))));

    await wake();

    expect(world.mails()).toEqual([]);
    expect(world.held.all()).toEqual([{ saleId: 'shop/M-0', journey: 'goods', until: at(20) }]);
  });

  it('with nothing paused costs one read, and takes off what is over only when nobody can be held by it any more', async () => {
    await putMany(1);
    await wake(at(20));
    expect((await world.pauses.read()).pauses).toHaveLength(1);

    await wake(at(20, '10:20'));
    expect((await world.pauses.read()).pauses).toEqual([]);

    world.operations.length = 0;
    expect(await wake(at(21))).toMatchObject({ woken: 0, restsUntil: null });
    expect(world.operations).toEqual([]);
  });

  it('has no time for another one when it is about to end', async () => {
    await putMany(1);
    await resume();
    const short = { ...context, getRemainingTimeInMillis: () => 5_000 };

    expect(await createHandler(world.ports)({ time: LATER }, short)).toMatchObject({
      woken: 0,
      isDone: false,
    });
  });
});
