/** What each state does while mails are paused. */
import { beforeEach, describe, expect, it } from 'vitest';
import { createHandler as createAsk } from '../../../functions/ask-customer/handler.ts';
import { createHandler as createReview } from '../../../functions/ask-for-review/handler.ts';
import { createHandler as createAssume } from '../../../functions/assume-kept/handler.ts';
import { secondsBetween } from '../../../functions/core/calendar.ts';
import { Entry } from '../../../functions/core/journal.ts';
import { askAfterPause, type Pause } from '../../../functions/core/operations/pause.ts';
import { FollowUpPlan } from '../../../functions/core/plan.ts';
import { createHandler as createKeep } from '../../../functions/keep-promise/handler.ts';
import { createHandler as createMake } from '../../../functions/make-promise/handler.ts';
import { loadSale } from '../../../functions/steps/load.ts';
import { thankForAnswer } from '../../../functions/steps/thank.ts';
import { configuration } from '../../fixtures/configuration.ts';
import { followUpTask } from '../../fixtures/invocations.ts';
import { type MemoryWorld, memoryWorld } from '../../fixtures/memory-ports.ts';
import { at, record, SALE, told } from '../../fixtures/sales.ts';
import { planned } from './planned.ts';
import { journalOf, putSale, run, toldOf } from './sale-on-file.ts';

let world: MemoryWorld;
const FRIDAY = at(13, '09:01');
const TUESDAY = at(17, '09:01');
const NOW = at(17, '10:00');
const SELMA = 'selma.aydin@example.org';

const pause = (until: string, what: Pause['what'] = { of: 'all' }): Pause => ({
  what,
  from: at(12),
  until,
  by: 'mara',
  reason: 'a wrong link',
});

beforeEach(() => {
  world = memoryWorld();
});

const deferred = () => world.sales.entries(SALE).filter(({ type }) => type === 'deferred');
const held = (until: string) => [{ saleId: SALE, journey: 'goods', until }];
/** The plan that the workflow was given with the news. */
const newPlan = (): FollowUpPlan => {
  const [signal] = world.workflows.told;
  return FollowUpPlan.parse(signal?.kind === 'failure' ? signal.cause : undefined);
};
const checkIn: Entry[] = [told.claimed('check-in', FRIDAY), told.sent('check-in', FRIDAY)];

describe('a question during a pause', () => {
  const ask = (position: 'ask' | 'again', now: string, retry = 0) =>
    run(createAsk(world.ports), { ...followUpTask(now, { retry }), position });

  it('is put off to the hour after it, and nothing of it is begun', async () => {
    await putSale(world);
    await world.pauses.put(pause(at(16)));

    const result = await ask('ask', FRIDAY);

    expect(result).toEqual({ did: 'Rescheduled' });
    expect(world.mailer.tried).toEqual([]);
    expect(world.links.all()).toEqual([]);
    expect(journalOf(world)).toEqual(['deferred check-in', 'rescheduled']);
    const until = askAfterPause(configuration(), record(), pause(at(16)));
    expect(deferred()).toMatchObject([
      { until, why: { rule: 'paused', inputs: { what: 'all', until: at(16) } } },
    ]);
    expect(world.held.all()).toEqual(held(at(16)));
    expect(newPlan().seconds.use).toBe(secondsBetween(FRIDAY, until));
  });

  it('takes no turn of the person: their other order is not kept waiting by what stands still', async () => {
    await putSale(world);
    await world.pauses.put(pause(at(16)));

    await ask('ask', FRIDAY);

    expect(world.operations.filter((one) => one.startsWith('people.touch'))).toEqual([]);
  });

  it('is asked as soon as it is over, and be it weeks later', async () => {
    await putSale(world);
    await world.pauses.put(pause(at(20)));
    await ask('ask', FRIDAY);
    const until = askAfterPause(configuration(), record(), pause(at(20)));

    const result = await ask('ask', until);

    expect(result).toEqual({ did: 'sent' });
    expect(world.mails()).toEqual([`check-in to ${SELMA}`]);
  });

  it('that was renewed waits on: two weeks after its day it is still asked, and nobody rings instead', async () => {
    await putSale(world);
    let now = FRIDAY;
    for (const end of [at(18), at(24), at(30)]) {
      await world.pauses.put(pause(end));
      expect(await ask('ask', now)).toEqual({ did: 'Rescheduled' });
      now = askAfterPause(configuration(), record(), pause(end));
    }

    expect(await ask('ask', now)).toEqual({ did: 'sent' });
  });

  it('is a reminder too, and the check-in stays what it was', async () => {
    await putSale(world, checkIn);
    await world.pauses.put(pause(at(19)));

    const result = await ask('again', TUESDAY);

    expect(result).toEqual({ did: 'Rescheduled' });
    expect(world.mailer.tried).toEqual([]);
    const until = askAfterPause(configuration(), record(), pause(at(19)));
    expect(newPlan().seconds).toMatchObject({ use: 1, answer: secondsBetween(TUESDAY, until) });
  });

  it('of another source is asked as ever', async () => {
    await putSale(world);
    await world.pauses.put(pause(at(16), { of: 'source', name: 'web' }));

    expect(await ask('ask', FRIDAY)).toEqual({ did: 'sent' });
    expect(world.held.all()).toEqual([]);
  });

  it('that begins in the moment before the claim holds it all the same', async () => {
    await putSale(world);
    world.onceAfter('people.touch', () => void world.pauses.put(pause(at(16))));

    const result = await ask('ask', FRIDAY);

    expect(result).toEqual({ did: 'Rescheduled' });
    expect(world.mailer.tried).toEqual([]);
    expect(world.held.all()).toEqual(held(at(16)));
  });

  it('that begins after the claim lets the mail of that second go', async () => {
    await putSale(world);
    world.onceAfter('sales.append message#check-in#1#claimed', () => void world.pauses.put(pause(at(16))));

    expect(await ask('ask', FRIDAY)).toEqual({ did: 'sent' });
  });

  it('crashes on and is put off all the same: the row is there before the workflow is told', async () => {
    await putSale(world);
    await world.pauses.put(pause(at(16)));
    world.failOnce('workflows.tell');
    await expect(ask('ask', FRIDAY)).rejects.toThrow('network');
    expect(world.held.all()).toEqual(held(at(16)));

    await ask('ask', FRIDAY, 1);

    expect(toldOf(world)).toEqual(['Rescheduled']);
    expect(deferred()).toHaveLength(1);
  });
});

describe('a review ask during a pause', () => {
  const happy = told.replied(at(14), 5);
  const review = (more: { canWait?: 'yes' } = {}) => {
    const { token: _, ...task } = followUpTask(at(18));
    return run(createReview(world.ports), { ...task, ...more });
  };

  it('goes back to where it is waited for', async () => {
    await putSale(world, [happy]);
    await world.pauses.put(pause(at(20)));

    await expect(review({ canWait: 'yes' })).rejects.toMatchObject({ name: 'ReviewLater' });

    expect(world.mailer.tried).toEqual([]);
    expect(journalOf(world)).not.toContain('ended');
    expect(world.held.all()).toEqual(held(at(20)));
  });

  it('of an execution without a way back ends the round unsent, on the list of those to wake', async () => {
    await putSale(world, [happy]);
    await world.pauses.put(pause(at(20)));

    expect(await review()).toEqual({ did: 'held' });

    expect(world.mailer.tried).toEqual([]);
    expect(world.held.all()).toEqual(held(at(20)));
  });

  it('that the mail service had refused before is still to be asked', async () => {
    await putSale(world, [happy, told.claimed('review-ask', at(18)), told.refused('review-ask', at(18))]);
    await world.pauses.put(pause(at(20)));

    await expect(review({ canWait: 'yes' })).rejects.toMatchObject({ name: 'ReviewLater' });

    await world.pauses.end(pause(at(20)));
    expect(await review({ canWait: 'yes' })).toEqual({ did: 'sent' });
  });
});

describe('what is owed during a pause', () => {
  const unhappy = told.replied(at(17, '09:00'), 1);
  const owed: Entry[] = [
    unhappy,
    told.promised(at(17, '09:00'), 'resolve', { dueAt: at(17, '14:00'), reply: 1 }),
  ];
  const keep = async (position: 'owner' | 'ask' | 'again', now = NOW, retry = 0, turn = 1) =>
    run(createKeep(world.ports), { ...(await planned(world, now, { retry, turn })), position });
  const proposed = told.proposed(NOW);

  it('is promised and kept going, and the customer hears of it later', async () => {
    await putSale(world, [...checkIn, unhappy]);
    await world.pauses.put(pause(at(18)));

    const result = await run(createMake(world.ports), { ...followUpTask(NOW), from: 'answer' });

    expect(result).toEqual({ did: 'promised' });
    expect(world.mailer.tried).toEqual([]);
    expect(world.workflows.executions).toMatchObject([{ machine: 'Promise' }]);
    expect(deferred()).toMatchObject([{ message: 'resolve-1/receipt', until: at(18) }]);
  });

  it('is not said to its owner, wakes nobody and is not noted twice', async () => {
    await putSale(world, owed);
    await world.pauses.put(pause(at(18)));

    const first = await keep('owner');
    await keep('owner', at(17, '11:30'));

    expect(first).toEqual({ did: 'resolve-1/owner#1 held' });
    expect(world.mailer.tried).toEqual([]);
    expect(toldOf(world)).toEqual([]);
    expect(
      deferred().filter((entry) => 'message' in entry && entry.message.endsWith('owner#1')),
    ).toHaveLength(1);
  });

  it('is said when the state runs again after it, and then only what is still true', async () => {
    await putSale(world, owed);
    await world.pauses.put(pause(at(17, '11:00')));
    await keep('owner');

    expect(await keep('owner', at(17, '11:30'))).toEqual({
      did: 'resolve-1/owner#1 sent, resolve-1/half#1 sent',
    });
  });

  it('leaves the question whether it was kept unasked, and the state waits', async () => {
    await putSale(world, [...owed, proposed]);
    await world.pauses.put(pause(at(18)));

    expect(await keep('ask')).toEqual({ did: 'resolve-1/ask#1 held' });
    expect(toldOf(world)).toEqual([]);
  });

  it('asks first what it should remind of, and gives the question its own time', async () => {
    await putSale(world, [...owed, proposed]);
    await world.pauses.put(pause(at(19)));
    await keep('ask');

    const result = await keep('again', at(20));

    expect(result).toEqual({ did: 'Rescheduled' });
    expect(world.mails()).toEqual([`resolve-1-ask-1 to ${SELMA}`]);
  });

  it('sends no reminder on the heels of the question when that state is tried again', async () => {
    await putSale(world, [...owed, proposed]);
    await world.pauses.put(pause(at(19)));
    await keep('ask');
    world.failOnce('workflows.tell');
    await expect(keep('again', at(20))).rejects.toThrow('network');

    await keep('again', at(20), 1);

    expect(world.mails()).toEqual([`resolve-1-ask-1 to ${SELMA}`]);
    expect(toldOf(world)).toEqual(['Rescheduled']);
  });

  it('reminds as ever of what was asked before the pause', async () => {
    await putSale(world, [...owed, proposed]);
    await keep('ask');
    await world.pauses.put(pause(at(20, '09:00')));

    expect(await keep('again', at(20))).toEqual({ did: 'resolve-1/ask-again#1 sent' });
    expect(toldOf(world)).toEqual([]);
  });

  it('is never assumed to be kept as long as a question is held', async () => {
    await putSale(world, [...owed, proposed]);
    await world.pauses.put(pause(at(24)));
    await keep('ask');
    await keep('again', at(20));
    const { token: _, ...step } = await planned(world, at(24, '09:00'));

    await expect(run(createAssume(world.ports), step)).rejects.toMatchObject({ name: 'NotYet' });

    expect(journalOf(world)).not.toContain('assumed');
  });

  it('is assumed when both questions went out before the pause', async () => {
    await putSale(world, [...owed, proposed]);
    await keep('ask');
    await keep('again', at(20));
    await world.pauses.put(pause(at(26)));
    const { token: _, ...step } = await planned(world, at(24, '09:00'));

    expect(await run(createAssume(world.ports), step)).toEqual({ did: 'assumed' });
  });

  it('still reaches the phone of whoever is last', async () => {
    const risen: Entry = told.escalated(at(17, '09:30'), { level: 2, owner: 'urs', dueAt: at(18) });
    await putSale(world, [...owed, risen]);
    await world.pauses.put(pause(at(18)));

    await keep('owner', at(17, '09:30'), 0, 2);

    expect(world.pages).toHaveLength(1);
    expect(world.mailer.tried).toEqual([]);
  });
});

describe('an answer by mail during a pause', () => {
  it('is heard, and thanked for later', async () => {
    const happy = Entry.parse({ ...told.replied(at(17, '09:00'), 5), by: 'mail' });
    await putSale(world, [...checkIn, happy]);
    await world.pauses.put(pause(at(18)));

    expect(
      await thankForAnswer(world.ports, (await loadSale(world.ports, SALE)).sale, NOW, 0),
    ).toBeUndefined();

    expect(world.mailer.tried).toEqual([]);
    expect(deferred()).toMatchObject([{ message: 'thank-you' }]);
  });
});
