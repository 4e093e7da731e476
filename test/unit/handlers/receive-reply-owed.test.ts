import { beforeEach, describe, expect, it } from 'vitest';
import type { Entry } from '../../../functions/core/journal.ts';
import { foldSale } from '../../../functions/core/sale.ts';
import { createHandler as createMakePromise } from '../../../functions/make-promise/handler.ts';
import { formatInstant } from '../../../functions/messages/format.ts';
import { createHandler } from '../../../functions/receive-reply/handler.ts';
import { followUpTask, visit } from '../../fixtures/invocations.ts';
import { type MemoryWorld, memoryWorld } from '../../fixtures/memory-ports.ts';
import { at, customer, SALE, told } from '../../fixtures/sales.ts';
import { putLink, putSale, run } from './sale-on-file.ts';

let world: MemoryWorld;
let token: string;
const NOW = at(13, '15:30');

const begin = async (since: Entry[] = [], who = customer) => {
  world = memoryWorld();
  await putSale(world, since, { customer: who });
  token = await putLink(world);
};
const send = async (form: Record<string, string>): Promise<string> => {
  const { body } = await run(createHandler(world.ports), visit('r', token, { at: NOW, form }));
  return body ?? '';
};
const sale = async () => {
  const stored = await world.sales.load(SALE);
  return stored === undefined ? undefined : foldSale(stored);
};
const lastReply = async () => (await sale())?.replies.at(-1)?.reply;

beforeEach(() => begin());

describe('what the answer says', () => {
  it.each<[Record<string, string>, object]>([
    [{ rating: '4' }, {}],
    [{ rating: '4', words: 'Rides well.' }, {}],
    [{ rating: '4', words: 'Rides well. Where is the pump?' }, { question: true }],
    [{ rating: '4', question: 'yes' }, { question: true }],
    [{ rating: '2', blocked: 'yes' }, { blocked: true }],
    [{ rating: '2', blocked: 'no', question: 'off' }, {}],
  ])('%o is read as %o', async (form, more) => {
    await send(form);

    expect(await lastReply()).toEqual({ rating: Number(form['rating']), call: false, ...more });
  });

  it('is shown again for correction, ticked', async () => {
    await begin([told.replied(at(13), 2, { blocked: true, question: true })]);

    const { body } = await run(createHandler(world.ports), visit('r', token, { at: NOW }));

    expect(body).toMatch(/name="blocked" value="yes" checked/);
    expect(body).toMatch(/name="question" value="yes" checked/);
  });
});

describe('the thanks', () => {
  const owed = { promise: 'call-1', kind: 'call', at: at(12), dueAt: at(18, '12:00') } as const;

  it.each<[string, Record<string, string>, Entry[], string]>([
    ['unhappy', { rating: '2' }, [], 'gets in touch with you'],
    ['really unhappy', { rating: '1' }, [], 'rings you by'],
    ['blocked', { rating: '3', blocked: 'yes' }, [], 'rings you by'],
    ['asking for a call', { rating: '4', call: 'yes' }, [], 'We will ring you'],
    ['asking something', { rating: '5', words: 'Where is the pump?' }, [], 'answers you by'],
    ['unhappy and asking', { rating: '2', words: 'Why?' }, [], 'gets in touch with you'],
    [
      'asking for a call though one was published',
      { rating: '4', call: 'yes' },
      [told.promised(owed.at, owed.kind, { because: 'published', dueAt: owed.dueAt })],
      'We will ring you',
    ],
    [
      'unhappy after we broke our word',
      { rating: '2' },
      [
        told.promised(owed.at, owed.kind, { because: 'published', dueAt: owed.dueAt }),
        told.escalated(at(12, '12:00'), { promise: 'call-1' }),
      ],
      'gets in touch with you',
    ],
  ])('to somebody %s name the owner and the time that are then promised', async (_, form, since, says) => {
    await begin(since);
    const known = new Set((await sale())?.promises.map(({ id }) => id));

    const body = await send(form);
    await run(createMakePromise(world.ports), { ...followUpTask(NOW), from: 'answer' });

    const made = (await sale())?.promises.find(({ id }) => !known.has(id));
    const owner = world.ports.settings.config.staff.find(({ id }) => id === made?.owner);
    expect(body).toContain(says);
    expect(body).toContain(`<strong>${owner?.name}</strong>`);
    expect(body).toContain(`<strong>${formatInstant('en', 'Europe/Zurich')(made?.dueAt ?? '')}</strong>`);
  });

  it('promise no ringing where there is no number', async () => {
    const { phone: _, ...who } = customer;
    await begin([], who);

    expect(await send({ rating: '1' })).toContain('gets in touch with you');
  });

  it('name what is owed already, and promise nothing else', async () => {
    await begin([
      told.replied(at(12), 2),
      told.promised(at(12), 'resolve', { reply: 1, owner: 'lio', dueAt: at(20, '12:00') }),
    ]);

    const body = await send({ rating: '3', call: 'yes' });

    expect(body).toContain('<strong>Lio Baur</strong>');
    expect(body).toContain('<strong>Friday 20 November, 13:00</strong>');
  });
});
