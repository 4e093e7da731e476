import { beforeEach, describe, expect, it } from 'vitest';
import type { Entry } from '../../../functions/core/journal.ts';
import { PromiseId } from '../../../functions/core/promises/entries.ts';
import { foldSale } from '../../../functions/core/sale.ts';
import { createHandler } from '../../../functions/receive-verdict/handler.ts';
import { visit } from '../../fixtures/invocations.ts';
import { type MemoryWorld, memoryWorld } from '../../fixtures/memory-ports.ts';
import { at, SALE, told } from '../../fixtures/sales.ts';
import { putLink, putSale, run, toldOf } from './sale-on-file.ts';

let world: MemoryWorld;
let token: string;
const NOW = at(18, '18:30');
const owed: Entry[] = [
  told.replied(at(14), 1),
  told.promised(at(14, '10:01'), 'resolve', { reply: 1, dueAt: at(20, '12:00') }),
];
const asked: Entry[] = [...owed, told.proposed(at(17))];

const begin = async (since: Entry[], position: 'owner' | 'ask' | 'again' = 'ask') => {
  world = memoryWorld();
  await putSale(world, since);
  await world.sales.wait(SALE, { key: 'FollowUp', position: 'promise', token: 'follow-up', until: at(30) });
  await world.sales.wait(SALE, {
    key: 'resolve-1',
    position,
    token: 'promise',
    until: at(20, '12:00'),
    turn: 1,
  });
  token = await putLink(world);
};

beforeEach(() => begin(asked));

const open = (call: Partial<Parameters<typeof visit>[2]> = {}) =>
  run(createHandler(world.ports), visit('s', token, { at: NOW, ...call }));
const press = (verdict: string, words = '', when = NOW) => open({ form: { verdict, words }, at: when });
const promise = async () => {
  const stored = await world.sales.load(SALE);
  return stored === undefined ? undefined : foldSale(stored)?.promises[0];
};

describe('pressed again after a crash', () => {
  const withdrawn: Entry = {
    ...{ type: 'withdrawn', at: at(18), promise: PromiseId.parse('resolve-1'), n: 1 },
    ...{ by: 'customer', because: 'no-longer-needed' },
  };

  it.each<[string, Entry, string, 'owner' | 'ask']>([
    ['no-longer-needed', withdrawn, 'Rescheduled', 'owner'],
    ['yes', told.judged(at(18), true), 'success', 'ask'],
    ['not-yet', told.judged(at(18), false), 'NotYet', 'ask'],
  ])('"%s" tells the workflow', async (act, stored, signal, position) => {
    await begin([...asked, stored], position);

    await open({ form: { act, promise: 'resolve-1' } });

    expect(toldOf(world)).toContain(signal);
  });
});

describe('the customer’s own page', () => {
  it.each(['GET', 'HEAD'])('opened by %s changes nothing', async (method) => {
    const before = world.bytes();

    expect(await open({ method, query: 'verdict=yes' })).toMatchObject({ statusCode: 200 });
    expect(world.bytes()).toBe(before);
  });

  it.each<[string, Entry[], string]>([
    ['who owes it by when', owed, 'puts it right by <strong>Friday 20 November, 13:00</strong>'],
    ['what staff did, and asks', asked, 'Changed the rear wheel.'],
    ['that it is settled', [...asked, told.judged(at(18), true)], 'done, you told us.'],
    ['that silence was taken for yes', [...asked, told.assumed(at(18))], 'so we noted it as done'],
    [
      'that it is not done yet, and who has it then',
      [...asked, told.judged(at(18), false)],
      '<strong>Ines Roth</strong> has it now',
    ],
    ['that nothing is owed', [...asked, told.waived(at(18))], 'Nothing is open between us'],
  ])('shows %s', async (_, since, words) => {
    await begin(since);

    expect((await open()).body).toContain(words);
  });

  it('says sorry when the time has passed', async () => {
    await begin(owed);

    expect((await open({ at: at(21) })).body).toContain('We are late, and we are sorry');
  });

  it('works while nothing was ever owed', async () => {
    await begin([]);

    const answer = await open();

    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('Nothing is open between us');
    expect((await press('yes')).statusCode).toBe(400);
  });

  it('shows the promise that is being asked about first', async () => {
    await begin([told.promised(at(13), 'call'), ...asked]);

    expect((await open()).body).toContain('Is it fixed?');
  });
});

describe('the customer’s word', () => {
  it('yes closes the promise and lets both workflows go on', async () => {
    const answer = await press('yes');

    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('Thank you, then it is settled');
    expect(await promise()).toMatchObject({ status: 'kept', closedAt: NOW });
    expect(toldOf(world).sort()).toEqual(['ReviewLater', 'success']);
  });

  it('not yet keeps their words and sends the promise up', async () => {
    await press('not-yet', 'The wheel still wobbles.');

    expect(await promise()).toMatchObject({ isRefused: true, status: 'proposed' });
    expect(world.sales.entries(SALE)).toContainEqual(
      expect.objectContaining({ type: 'judged', private: { words: 'The wheel still wobbles.' } }),
    );
    expect(toldOf(world)).toEqual(['NotYet']);
  });

  it('yes counts before staff said anything', async () => {
    await begin(owed, 'owner');

    await press('yes');

    expect((await promise())?.status).toBe('kept');
    expect(toldOf(world)).toContain('PromiseClosed');
  });

  it.each<[string, Entry]>([
    ['kept', told.judged(at(18), true)],
    ['assumed kept', told.assumed(at(18))],
  ])('not yet opens again what was %s, one level up, with a workflow of its own', async (_, closing) => {
    await begin([...asked, closing]);

    await press('not-yet');

    expect(await promise()).toMatchObject({ status: 'open', owner: 'ines', level: 1, strikes: 1, cycle: 2 });
    expect(world.workflows.executions.map(({ name }) => name.slice(-11))).toEqual(['resolve-1-2']);
  });

  it('yes turns what was assumed into kept', async () => {
    await begin([...asked, told.assumed(at(18))]);

    await press('yes');

    expect((await promise())?.status).toBe('kept');
  });

  it('not yet opens again what was waived, and it stays open', async () => {
    await begin([...asked, told.replied(at(17), 5, { n: 2 }), told.waived(at(17))]);

    await press('not-yet');

    expect(await promise()).toMatchObject({ status: 'open', level: 1 });
  });

  it('is kept twice when two buttons are pressed at once: no word is lost', async () => {
    await Promise.all([press('yes', 'It rides.'), press('not-yet', 'But it squeaks.')]);

    const words = world.sales
      .entries(SALE)
      .flatMap((entry) => (entry.type === 'judged' ? [entry.private?.words] : []));
    expect(words.sort()).toEqual(['But it squeaks.', 'It rides.']);
  });

  it.each(['', 'perhaps'])('that is "%s" is asked for again, with the words kept', async (verdict) => {
    const answer = await press(verdict, 'It <squeaks>');

    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain('It &lt;squeaks&gt;');
    expect((await promise())?.verdicts).toBe(0);
  });

  it('longer than 10 kB is refused, with the words kept', async () => {
    const words = 'x'.repeat(10_241);

    const answer = await press('not-yet', words);

    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain(words);
  });

  it('pressed on another site’s page records nothing, and keeps the words for another press', async () => {
    const before = world.bytes();

    const { body } = await open({
      form: { verdict: 'yes', words: 'It <rides>' },
      headers: { 'sec-fetch-site': 'cross-site' },
    });

    expect(world.bytes()).toBe(before);
    expect(body).toContain('Please press the button once more.');
    expect(body).toContain('It &lt;rides&gt;');
  });

  it.each(['yes', 'not-yet'])('%s pressed twice is written once', async (verdict) => {
    await press(verdict);
    const before = world.sales.entries(SALE);

    const again = await press(verdict, '', at(18, '18:31'));

    expect(again.statusCode).toBe(200);
    expect(world.sales.entries(SALE)).toEqual(before);
  });

  it('is kept though the workflow cannot be told', async () => {
    world.failAlways('workflows.');

    expect((await press('yes')).statusCode).toBe(200);
    expect((await promise())?.status).toBe('kept');
  });

  it('not yet is made whole by another press when it failed halfway', async () => {
    await begin([...asked, told.assumed(at(18))]);
    world.failOnce('sales.append promise#resolve-1#escalated');
    expect((await press('not-yet')).statusCode).toBe(500);

    await press('not-yet', '', at(18, '18:31'));

    expect(await promise()).toMatchObject({ status: 'open', strikes: 1, cycle: 2 });
    expect(world.workflows.executions).toHaveLength(1);
  });
});
