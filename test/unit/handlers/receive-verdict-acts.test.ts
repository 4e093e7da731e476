import { beforeEach, describe, expect, it } from 'vitest';
import type { Entry } from '../../../functions/core/journal.ts';
import { answerDue } from '../../../functions/core/promises/deadlines.ts';
import { foldSale, promiseOf } from '../../../functions/core/sale.ts';
import { formatInstant } from '../../../functions/messages/format.ts';
import { createHandler } from '../../../functions/receive-verdict/handler.ts';
import { visit as request } from '../../fixtures/invocations.ts';
import { type MemoryWorld, memoryWorld } from '../../fixtures/memory-ports.ts';
import { at, customer, SALE, told } from '../../fixtures/sales.ts';
import { booked, missed, offered, struck, visit } from '../core/promises/customer-cases.ts';
import { putLink, putSale, run } from './sale-on-file.ts';

let world: MemoryWorld;
let token: string;
const NOW = at(18);

const begin = async (since: Entry[], who = customer, record = {}) => {
  world = memoryWorld();
  await putSale(world, since, { customer: who, record });
  token = await putLink(world);
};
const open = (call: Partial<Parameters<typeof request>[2]> = {}) =>
  run(createHandler(world.ports), request('s', token, { at: NOW, ...call }));
const press = (form: Record<string, string>, when = NOW) => open({ form, at: when });
const sale = async () => {
  const stored = await world.sales.load(SALE);
  return stored === undefined ? undefined : foldSale(stored);
};
const promise = async (id: string) => {
  const found = await sale();
  return found === undefined ? undefined : promiseOf(found, id);
};

const call = told.promised(at(17), 'call', { because: 'published', dueAt: at(20, '12:00') });

beforeEach(() => begin([visit, booked(), call]));

describe('a sale with several promises', () => {
  it('shows a card for each, what needs the customer’s word first', async () => {
    const { body = '' } = await open();

    const titles = [...body.matchAll(/<h2>([^<]*)<\/h2>/g)].map(([, title]) => title);

    expect(titles).toEqual(['Did anyone come?', 'A call from Nora Frei']);
  });

  it('takes a word about the one that is named', async () => {
    await press({ act: 'yes', promise: 'call-1' });

    expect((await promise('call-1'))?.status).toBe('kept');
    expect((await promise('visit-1'))?.status).toBe('open');
  });

  it('takes a word without a name for the one that stands first', async () => {
    await press({ verdict: 'yes' });

    expect((await promise('visit-1'))?.status).toBe('kept');
    expect((await promise('call-1'))?.status).toBe('open');
  });

  it('about one that does not exist changes nothing and keeps the words', async () => {
    const before = world.bytes();

    const answer = await press({ act: 'yes', promise: 'call-9', words: 'All <well>' });

    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain('All &lt;well&gt;');
    expect(world.bytes()).toBe(before);
  });

  it('opens again what was settled, however long ago, with a workflow of its own', async () => {
    const later = '2028-02-29T10:00:00.000Z';
    token = await putLink(world, 'customer', { expiresAt: '2028-03-01T00:00:00.000Z' });
    await press({ act: 'yes', promise: 'call-1' });

    const { body } = await press({ act: 'not-yet', promise: 'call-1' }, later);

    expect(await promise('call-1')).toMatchObject({ status: 'open', level: 1, cycle: 2 });
    expect(body).toContain('Then we are not done yet.');
    expect(world.workflows.executions.some(({ name }) => name.endsWith('call-1-2'))).toBe(true);
  });
});

describe('a visit', () => {
  it('that is booked shows its status at any time', async () => {
    const { body } = await open({ at: at(17) });

    for (const fact of [
      'It is on.',
      'Wednesday 18 November, 10:00–12:00',
      'Rebgasse 3',
      'Lio Baur',
      'a ladder',
    ])
      expect(body).toContain(fact);
  });

  it('nobody came to is said once: strike, next level, a call the same day, and a plain page', async () => {
    const { body } = await press({ act: 'nobody-came', promise: 'visit-1' });
    const before = world.sales.entries(SALE);
    await press({ act: 'nobody-came', promise: 'visit-1' }, at(18, '10:01'));

    expect(body).toContain('Nobody came, and that is our fault.');
    expect(await promise('visit-1')).toMatchObject({ strikes: 1, level: 1 });
    expect(await promise('call-2')).toMatchObject({ because: 'missed', severity: 'high' });
    expect(world.sales.entries(SALE)).toEqual(before);
    expect(world.workflows.executions.filter(({ name }) => name.includes('call-2'))).toHaveLength(1);
  });

  it('the clock suspects was missed asks whether anyone came', async () => {
    await begin([visit, booked(), missed('unknown')]);

    expect((await open()).body).toContain('As far as we can see nobody came');
  });

  it('can be moved to a time the owner offers, and takes that time in the provider’s calendar', async () => {
    await begin([visit, booked(), offered()]);

    const { body } = await press({ act: 'accept-offer', promise: 'visit-1' });

    expect(body).toContain('The new time is agreed');
    expect(body).toContain('Friday 20 November, 10:00–12:00');
    expect(await world.ports.bookings.reserve('lio', at(20, '09:30'), at(20, '10:00'), 'another')).toBe(
      false,
    );
  });

  it('cannot be moved to a time somebody else has taken: nothing is written', async () => {
    await begin([visit, booked(), offered()]);
    await world.ports.bookings.reserve('lio', at(20, '10:00'), at(20, '12:00'), 'another');
    const before = world.bytes();

    const answer = await press({ act: 'accept-offer', promise: 'visit-1' });

    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain('This time was taken a moment ago.');
    expect(world.bytes()).toBe(before);
  });

  it.each<[Record<string, string>, string]>([
    [{ act: 'another-time' }, 'Please write a line'],
    [{ act: 'accept-offer' }, 'This offer does not stand any more.'],
    [{ act: 'dance', words: 'x' }, 'Please press one of the buttons.'],
  ])('refuses %o beside its field', async (form, message) => {
    const { body = '', statusCode } = await press({ promise: 'visit-1', ...form });

    expect(statusCode).toBe(400);
    expect(body).toContain(`id="words-visit-1-wrong">${message}`);
  });
});

describe('a question', () => {
  it('is owed an answer, by whom and by when the page says', async () => {
    const { body } = await press({ act: 'question', words: 'Can I <oil> it?' });

    const dueAt = answerDue(world.ports.settings.config, 'answer', NOW);
    expect(await promise('answer-1')).toMatchObject({ because: 'question', dueAt, words: 'Can I <oil> it?' });
    expect(body).toContain(`Nora Frei answers you by ${formatInstant('en', 'Europe/Zurich')(dueAt)}.`);
    expect(body).toContain('Can I &lt;oil&gt; it?');
    expect(world.workflows.executions.some(({ name }) => name.includes('answer-1'))).toBe(true);
  });

  it('sent twice is asked once, and two at once are both asked', async () => {
    await press({ act: 'question', words: 'Can I oil it?' });
    await press({ act: 'question', words: 'Can I oil it?' }, at(18, '10:01'));
    await Promise.all(['How?', 'When?'].map((words) => press({ act: 'question', words }, at(18, '10:02'))));

    const asked = (await sale())?.promises.flatMap(({ kind, words }) => (kind === 'answer' ? [words] : []));
    expect(asked?.sort()).toEqual(['Can I oil it?', 'How?', 'When?']);
  });

  it('without words says so beside the field', async () => {
    const { body, statusCode } = await press({ act: 'question', words: '' });

    expect(statusCode).toBe(400);
    expect(body).toContain('id="words-question-wrong">Please write a line');
  });
});

describe('the phone number', () => {
  it('can be corrected for good', async () => {
    await press({ act: 'phone', phone: '+41 79 555 03 99' });

    await world.sales.saveCustomer(SALE, customer, at(20), at(20));

    expect((await sale())?.customer.phone).toBe('+41 79 555 03 99');
  });

  it('is asked for where somebody is to ring and none is on file', async () => {
    const { phone: _, ...who } = customer;
    await begin([call], who);

    expect((await open()).body).toContain('Which number may we ring?');
  });

  it.each([
    ['', 'Please leave a number'],
    ['at work', 'This number does not look complete.'],
  ])('"%s" is refused', async (phone, message) => {
    const { body, statusCode } = await press({ act: 'phone', phone });

    expect(statusCode).toBe(400);
    expect(body).toContain(message);
    expect((await sale())?.customer.phone).toBe(customer.phone);
  });
});

describe('in German', () => {
  it('names the visit in words and times of the language', async () => {
    await begin([visit, booked()], customer, { locale: 'de' });

    expect((await open({ at: at(17) })).body).toContain('Mittwoch, 18. November, 10:00–12:00 Uhr');
  });
});

describe('a visit that was missed and then taken back', () => {
  it('can still be complained about: nobody came, and it goes up', async () => {
    const back: Entry = {
      type: 'withdrawn',
      at: at(18, '09:40'),
      promise: 'visit-1',
      n: 1,
      by: 'nora',
      because: 'no-longer-needed',
    };
    await begin([visit, booked(), missed('provider'), struck, back]);

    const { statusCode } = await press({ act: 'nobody-came', promise: 'visit-1' });

    expect(statusCode).toBe(200);
    expect(await promise('visit-1')).toMatchObject({ status: 'open', level: 2, strikes: 2 });
  });
});
