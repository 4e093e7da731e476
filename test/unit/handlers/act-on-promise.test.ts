import { beforeEach, describe, expect, it } from 'vitest';
import { createHandler } from '../../../functions/act-on-promise/handler.ts';
import type { Configuration } from '../../../functions/core/configuration.ts';
import type { Entry } from '../../../functions/core/journal.ts';
import { foldSale } from '../../../functions/core/sale.ts';
import { configuration, configurationInput, withAbsent } from '../../fixtures/configuration.ts';
import { visit } from '../../fixtures/invocations.ts';
import { type MemoryWorld, memoryWorld } from '../../fixtures/memory-ports.ts';
import { at, SALE, told } from '../../fixtures/sales.ts';
import { putLink, putSale, run, toldOf } from './sale-on-file.ts';

let world: MemoryWorld;
let token: string;
/** Tuesday at ten in Zurich. */
const NOW = at(17, '09:00');
const staffWithout = (id: string) => configurationInput().staff.filter((member) => member.id !== id);
const owed: Entry[] = [
  told.replied(at(16), 1, { words: 'The <frame> is bent', wish: 'replace', call: true }),
  told.promised(at(16, '10:01'), 'resolve', { reply: 1, dueAt: at(17, '12:00') }),
];

const begin = async (since: Entry[] = owed, { turn = 1, by = 'nora' } = {}) => {
  world = memoryWorld();
  await putSale(world, since);
  await world.sales.wait(SALE, {
    key: 'resolve-1',
    position: 'owner',
    token: 'promise',
    until: at(17, '12:00'),
    turn,
  });
  token = await putLink(world, 'staff', { promise: 'resolve-1', staff: by });
};

beforeEach(() => begin());

const open = (call: Partial<Parameters<typeof visit>[2]> = {}) =>
  run(createHandler(world.ports), visit('p', token, { at: NOW, ...call }));
const act = (form: Record<string, string>, when = NOW) => open({ form, at: when });
const promise = async () => {
  const stored = await world.sales.load(SALE);
  return stored === undefined ? undefined : foldSale(stored)?.promises[0];
};

describe('the page of a promise', () => {
  it.each(['GET', 'HEAD'])('opened by %s changes nothing', async (method) => {
    const before = world.bytes();

    expect(await open({ method, query: 'act=done' })).toMatchObject({ statusCode: 200 });
    expect(world.bytes()).toBe(before);
  });

  it('shows who is to be rung about what, in their own words, and the story', async () => {
    const { body } = await open();

    for (const shown of [
      'Selma Aydin',
      'Touring bike Jura',
      'The &lt;frame&gt; is bent',
      '+41 79 555 03 30',
      'in 3 hours',
    ])
      expect(body).toContain(shown);
    expect(body).toContain('The customer answered: really unhappy');
  });

  it('says when the time has passed', async () => {
    expect((await open({ at: at(17, '14:00') })).body).toContain('2 hours ago');
  });

  it('is not opened by a customer’s link', async () => {
    token = await putLink(world, 'customer', { promise: 'resolve-1' });

    expect((await open()).statusCode).toBe(404);
  });

  it.each<[string, Configuration]>([
    ['who works here no more', withAbsent('nora')],
    ['who was taken out of the configuration', configuration({ staff: staffWithout('nora') })],
  ])('is neither shown to somebody %s, nor do their buttons do anything', async (_, config) => {
    const ports = { ...world.ports, settings: memoryWorld(config).ports.settings };
    const before = world.bytes();
    const answers = await Promise.all(
      [{}, { form: { act: 'done', what: 'Rang her' } }].map((call) =>
        run(createHandler(ports), visit('p', token, { at: NOW, ...call })),
      ),
    );

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([404, 404]);
    expect(answers.map(({ body }) => body).join()).not.toContain('Selma');
    expect(world.bytes()).toBe(before);
  });

  it('tells the story of the sale where nothing is owed, and has no buttons', async () => {
    await begin([]);
    const before = world.bytes();

    const shown = await open();
    const pressed = await act({ act: 'take' });

    expect(shown.body).toContain('The shop announced order #204.');
    expect(shown.body).not.toContain('<form');
    expect(pressed.body).toBe(shown.body);
    expect(world.bytes()).toBe(before);
  });

  it('of a link about the sale shows its newest promise', async () => {
    token = await putLink(world, 'staff');

    expect((await open()).body).toContain('Put it right for Selma Aydin');
  });
});

describe('taking a promise', () => {
  it('gives more time and tells its workflow', async () => {
    const answer = await act({ act: 'take' });

    expect(answer.statusCode).toBe(200);
    expect(await promise()).toMatchObject({ status: 'taken', dueAt: at(19, '09:00') });
    expect(toldOf(world)).toEqual(['Rescheduled']);
  });

  it('twice does not gain time twice', async () => {
    await act({ act: 'take' });
    await act({ act: 'take' }, at(17, '10:00'));

    expect((await promise())?.dueAt).toBe(at(19, '09:00'));
  });

  it('works again for whoever gets it back', async () => {
    await begin(
      [
        ...owed,
        told.taken(at(16, '10:02')),
        told.handedOver(at(16, '10:03')),
        told.handedOver(at(16, '10:04'), { n: 2, from: 'lio', to: 'nora', dueAt: at(17, '12:00') }),
      ],
      { turn: 3 },
    );

    await act({ act: 'take' });

    expect(await promise()).toMatchObject({ status: 'taken', owner: 'nora' });
  });

  it('notes who took it', async () => {
    await act({ act: 'take' });

    expect(world.sales.entries(SALE)).toContainEqual(expect.objectContaining({ type: 'taken', by: 'nora' }));
  });

  it('is refused to whom it was taken from, whose link would stretch the time of the next', async () => {
    await begin([...owed, told.handedOver(at(16, '10:03'))], { turn: 2 });
    const before = world.bytes();

    const answer = await act({ act: 'take' });

    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain('Somebody else has this now.');
    expect(world.bytes()).toBe(before);
  });
});

describe('saying it is done', () => {
  it('asks the customer; it does not close the promise', async () => {
    const answer = await act({ act: 'done', what: 'Changed the frame.' });

    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('Waiting for Selma Aydin');
    expect(await promise()).toMatchObject({
      status: 'proposed',
      what: 'Changed the frame.',
      closedAt: undefined,
    });
    expect(toldOf(world)).toEqual(['success']);
  });

  it.each([
    ['nothing', '   ', 'Please write what was done'],
    ['more than 10 kB', 'x'.repeat(10_241), 'That is more than fits'],
  ])('with %s is refused, with the text kept', async (_, what, words) => {
    const answer = await act({ act: 'done', what });

    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain(words);
    expect(answer.body).toContain(what.trim());
    expect((await promise())?.status).toBe('open');
  });
});

describe('handing over', () => {
  it('gives it to a colleague with their level, a new due time and the note', async () => {
    const answer = await act({ act: 'hand-over', to: 'ines', note: 'She is cross.' });

    expect(answer.body).toContain('Handed over. Ines Roth has it now');
    expect(await promise()).toMatchObject({
      owner: 'ines',
      level: 1,
      status: 'open',
      dueAt: at(17, '13:00'),
    });
    expect(world.sales.entries(SALE)).toContainEqual(
      expect.objectContaining({ type: 'handed-over', private: { note: 'She is cross.' } }),
    );
    expect(toldOf(world)).toEqual(['Rescheduled']);
  });

  it.each([
    ['nobody', '', 'Please choose who takes over.'],
    ['a stranger', 'zoe', 'This person cannot take over now.'],
  ])('to %s is refused, with the note kept', async (_, to, words) => {
    const answer = await act({ act: 'hand-over', to, note: 'keep <me>' });

    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain(words);
    expect(answer.body).toContain('keep &lt;me&gt;');
  });

  it('to somebody who is away is refused', async () => {
    const away = memoryWorld(withAbsent('lio'));
    const ports = { ...world.ports, settings: away.ports.settings };

    const answer = await run(
      createHandler(ports),
      visit('p', token, { at: NOW, form: { act: 'hand-over', to: 'lio' } }),
    );

    expect(answer.statusCode).toBe(400);
    expect(answer.body).not.toContain('value="lio"');
  });
});

describe('pressing something else', () => {
  it.each<[string, Entry]>([
    ['kept', told.judged(at(16, '11:00'), true)],
    ['assumed', told.assumed(at(16, '11:00'))],
    ['waived', told.waived(at(16, '11:00'))],
  ])('about a promise that is %s changes nothing and says so', async (_, closing) => {
    await begin([...owed, closing]);
    const before = world.bytes();

    const answer = await act({ act: 'done', what: 'late' });

    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain('has been closed in the meantime');
    expect(world.bytes()).toBe(before);
  });

  it('that is no button is refused', async () => {
    expect((await act({ act: 'close' })).statusCode).toBe(400);
    expect((await promise())?.status).toBe('open');
  });

  it('on another site’s page changes nothing', async () => {
    const before = world.bytes();

    await open({ form: { act: 'take' }, headers: { 'sec-fetch-site': 'cross-site' } });

    expect(world.bytes()).toBe(before);
  });

  it('counts though the workflow cannot be told', async () => {
    world.failAlways('workflows.');

    expect((await act({ act: 'done', what: 'Changed the frame.' })).statusCode).toBe(200);
    expect((await promise())?.status).toBe('proposed');
  });

  it('that cannot be stored gives a page that keeps the text', async () => {
    world.failAlways('sales.append');

    const answer = await act({ act: 'done', what: 'Changed the <frame>.' });

    expect(answer.statusCode).toBe(500);
    expect(answer.body).toContain('Changed the &lt;frame&gt;.');
  });
});
