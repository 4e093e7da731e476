import { beforeEach, describe, expect, it } from 'vitest';
import { createHandler } from '../../../functions/act-on-promise/handler.ts';
import type { Entry, EntryOf } from '../../../functions/core/journal.ts';
import { foldSale } from '../../../functions/core/sale.ts';
import { visit } from '../../fixtures/invocations.ts';
import { type MemoryWorld, memoryWorld } from '../../fixtures/memory-ports.ts';
import { at, SALE, told } from '../../fixtures/sales.ts';
import { putLink, putSale, run } from './sale-on-file.ts';

let world: MemoryWorld;
/** Tuesday at ten in Zurich. */
const NOW = at(17, '09:00');
const [FROM, TO] = [at(18, '09:00'), at(18, '11:00')];

const owed = told.promised(at(16), 'visit', { because: 'staff', by: 'nora', dueAt: at(18, '12:00') });
const booked = (with_: Partial<EntryOf<'booked'>> = {}): Entry => ({
  type: 'booked',
  at: at(16, '11:00'),
  promise: 'visit-1',
  n: 1,
  by: 'nora',
  from: FROM,
  to: TO,
  zone: 'Europe/Zurich',
  provider: 'lio',
  dueAt: at(18, '11:15'),
  needsAcceptance: false,
  private: { place: 'Rebgasse 3' },
  ...with_,
});
const missed = (n: 1 | 2): Entry[] => [
  booked({ at: at(2 + n, '08:00'), n, from: at(2 + n, '09:00'), to: at(2 + n, '11:00') }),
  { type: 'missed', at: at(2 + n, '11:15'), promise: 'visit-1', n, who: 'unknown', by: 'clock' },
  told.escalated(at(2 + n, '11:16'), {
    promise: 'visit-1',
    strike: n,
    from: n === 1 ? 'nora' : 'ines',
    owner: n === 1 ? 'ines' : 'urs',
    level: n,
    because: 'missed',
  }),
];
const twiceMissed = [
  told.promised(at(2, '11:00'), 'visit', { because: 'staff' }),
  ...missed(1),
  ...missed(2),
];

const begin = async (since: Entry[], zone = 'Europe/Zurich') => {
  world = memoryWorld();
  await putSale(world, since, { record: { zone } });
};
const linkOf = (staff: string) => putLink(world, 'staff', { promise: 'visit-1', staff });
const press = async (staff: string, form: Record<string, string>, when = NOW) =>
  run(createHandler(world.ports), visit('p', await linkOf(staff), { at: when, form }));
const show = async (staff: string, when = NOW) =>
  (await run(createHandler(world.ports), visit('p', await linkOf(staff), { at: when }))).body ?? '';
const promise = async () => {
  const stored = await world.sales.load(SALE);
  return stored === undefined ? undefined : foldSale(stored)?.promises[0];
};
const bookForm = (with_: Record<string, string> = {}) => ({
  act: 'book',
  'book-from': '2026-11-19T09:00',
  'book-until': '11:30',
  'book-provider': 'lio',
  'book-place': 'Rebgasse 3',
  'book-bring': '',
  ...with_,
});

beforeEach(() => begin([owed]));

describe('booking a visit', () => {
  it('takes the window in the venue’s zone, and says both sides get it in writing', async () => {
    await begin([owed], 'Europe/Lisbon');

    const answer = await press('nora', bookForm());

    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('Thursday 19 November, 9:00–11:30 (time in Lisbon)');
    expect((await promise())?.booking).toMatchObject({
      from: at(19, '09:00'),
      to: at(19, '11:30'),
      zone: 'Europe/Lisbon',
      provider: 'lio',
      place: 'Rebgasse 3',
      bring: undefined,
    });
  });

  it('names the zones only where shop and customer keep different time', async () => {
    expect(await show('nora')).not.toContain('Time in');
    await begin([owed], 'Europe/Lisbon');
    expect(await show('nora')).toContain('Time in Lisbon');
  });

  it('of a provider who has another visit then writes nothing, and keeps what was typed', async () => {
    await world.ports.bookings.reserve('lio', at(19, '09:00'), at(19, '10:00'), 'another sale#visit-1');
    const before = world.sales.dump();

    const answer = await press('nora', bookForm({ 'book-place': 'At the <gate>' }));

    expect(answer.statusCode).toBe(409);
    expect(answer.body).toContain('This person has another visit then.');
    expect(answer.body).toContain('href="#book-provider"');
    expect(answer.body).toContain('At the &lt;gate&gt;');
    expect(answer.body).toContain('value="2026-11-19T09:00"');
    expect(world.sales.dump()).toBe(before);
  });

  it.each([
    ['no day', { 'book-from': '' }, 'book-from', 'Please pick a day and a time.'],
    ['no end', { 'book-until': '' }, 'book-until', 'Please pick a day and a time.'],
    ['an end before its begin', { 'book-until': '08:00' }, 'book-until', 'It must end after it begins.'],
    ['a time that is over', { 'book-from': '2026-11-16T09:00' }, 'book-from', 'That time is over.'],
    ['nobody to go', { 'book-provider': 'zoe' }, 'book-provider', 'This person is not there'],
  ])('with %s leads to the field', async (_, with_, field, words) => {
    const answer = await press('nora', bookForm(with_));

    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain(words);
    expect(answer.body).toContain(`href="#${field}"`);
    expect((await promise())?.bookings).toEqual([]);
  });
});

describe('after two misses', () => {
  beforeEach(() => begin(twiceMissed));

  it('whoever it climbed to is asked for their name, with somebody else proposed to go', async () => {
    const page = await show('urs');

    expect(page).toContain('<button id="act">I, Urs Vogt, answer for this visit</button>');
    expect(page).toContain('Lio Baur was to go before. Our proposal now: Nora Frei.');
    expect(page).toContain('<option value="nora" selected>');
    expect(page).toContain('Nobody has said whether anybody came.');
  });

  it('with that name the booking stands', async () => {
    await press('urs', bookForm({ 'book-provider': 'nora', answers: 'yes' }));

    expect((await promise())?.booking).toMatchObject({
      n: 3,
      isPending: false,
      acceptedBy: 'urs',
      provider: 'nora',
    });
  });

  it('without one it does not, until somebody accepts it', async () => {
    await press('urs', bookForm());
    const pending = await promise();
    const asked = await show('urs');
    const told_ = await press('urs', { act: 'accept' });

    expect(pending?.booking?.isPending).toBe(true);
    expect(asked).toContain('I, Urs Vogt, answer for this visit');
    expect(told_.body).toContain('Thank you. You answer for this visit');
    expect((await promise())?.booking).toMatchObject({ isPending: false, acceptedBy: 'urs' });
  });

  it('a rep cannot give theirs', async () => {
    await begin([...twiceMissed, booked({ n: 3, needsAcceptance: true })]);

    const answer = await press('lio', { act: 'accept' });

    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain('This needs somebody who answers for more');
    expect((await promise())?.booking?.isPending).toBe(true);
  });
});

describe('on the day', () => {
  beforeEach(() => begin([owed, booked()]));
  const near = at(18, '08:31');

  it('before it nothing is to be pressed, within twelve hours one big button', async () => {
    expect(await show('lio')).toContain('The visit is booked');
    expect(await show('lio', near)).toContain('<button id="act">I’m on my way</button>');
  });

  it('who goes says so', async () => {
    const answer = await press('lio', { act: 'on-my-way' }, near);

    expect(answer.body).toContain('Lio Baur is on the way.');
    expect((await promise())?.booking?.onMyWayAt).toBe(near);
  });

  it('late pressed twice is late once, and both presses hear the new time', async () => {
    const page = await show('lio', near);
    const [, seen = ''] = /name="seen" value="(\d+)"/.exec(page) ?? [];
    const form = { act: 'late', 'late-minutes': '30', seen };

    const first = await press('lio', form, near);
    const second = await press('lio', form, at(18, '08:32'));

    for (const { body } of [first, second]) expect(body).toContain('10:30–12:30');
    expect((await promise())?.delays).toBe(1);
  });

  it('done is refused kindly while the visit is still ahead, with the text kept', async () => {
    const answer = await press('lio', { act: 'done', what: 'All <fixed>.' }, near);

    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain('The visit has not begun yet.');
    expect(answer.body).toContain('All &lt;fixed&gt;.');
    expect((await promise())?.status).toBe('open');
  });

  it.each([
    ['nobody-home', 'customer', 'We ask Selma Aydin which day would suit'],
    ['nobody-went', 'provider', 'Ines Roth has it now and rings Selma Aydin'],
  ])('%s counts against %s', async (act, who, words) => {
    const answer = await press('lio', { act }, at(18, '09:30'));

    expect(answer.body).toContain(words);
    expect((await promise())?.bookings[0]?.noShow).toBe(who);
  });
});

describe('another time', () => {
  it('is offered in the venue’s zone and waits for the customer', async () => {
    await begin([owed, booked({ zone: 'Europe/Lisbon' })]);

    const answer = await press('nora', {
      act: 'offer',
      'offer-from': '2026-11-20T09:00',
      'offer-until': '10:00',
      'offer-reason': 'The part is late.',
    });

    expect(answer.body).toContain('Waiting for Selma Aydin');
    expect(await promise()).toMatchObject({
      status: 'offered',
      offer: { from: at(20, '09:00'), to: at(20, '10:00') },
    });
  });

  it('of what has no window is due in the shop’s zone', async () => {
    await begin([told.promised(at(16), 'visit', { because: 'staff' })], 'Europe/Lisbon');

    const answer = await press('nora', {
      act: 'more-time',
      'more-due': '2026-11-20T09:00',
      'more-reason': '',
    });

    expect(answer.body).toContain('The new time: Friday 20 November, 9:00.');
    expect((await promise())?.dueAt).toBe(at(20, '08:00'));
  });

  it('is not more time where a visit has one', async () => {
    await begin([owed, booked()]);

    const answer = await press('nora', { act: 'more-time', 'more-due': '2026-11-20T09:00' });

    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain('A visit is booked');
  });
});
