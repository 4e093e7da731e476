import { describe, expect, it } from 'vitest';
import { type SaleId, saleIdOf } from '../../../functions/core/ids.ts';
import { Entry } from '../../../functions/core/journal.ts';
import { ALL_MAIL } from '../../../functions/core/person/standing.ts';
import { personDigest } from '../../../functions/steps/digests.ts';
import { loadSale } from '../../../functions/steps/load.ts';
import { deskWorld } from '../../fixtures/memory-desk.ts';
import { at, customer, told } from '../../fixtures/sales.ts';
import { putOther } from './other-sale.ts';

const NOW = at(23, '08:00');
const PAGE = '/desk/sale/shop/first';

const begin = async (since: readonly Entry[] = []) => {
  const here = deskWorld(undefined, NOW);
  const id: SaleId = await putOther(here, 'shop/first', 'use', 'waits', undefined, since);
  const seat = await here.come('nora@velowerk.example');
  const person = personDigest(here.ids, customer.email ?? '');
  return { here, id, seat, person };
};

const complained = {
  since: at(20),
  because: 'complaint',
  method: 'complaint',
  evidence: 'abuse, Yahoo!-Mail-Feedback/2.0',
} as const;

describe('mails to a person', () => {
  it('are shown by class: allowed, or since when not, why and what shows it', async () => {
    const { here, seat, person } = await begin();
    await here.people.suppress(person, ['review'], { since: at(19), because: 'asked', method: 'page' });
    await here.people.suppress(person, ['owed'], {
      ...complained,
      because: 'bounce',
      evidence: '550 5.1.1 gone',
    });

    const { html } = await seat.browse(PAGE);

    expect(html).toContain('Questions how it is going: may be sent.');
    expect(html).toMatch(/Reviews and recommendations: not since [^<]*They asked us to stop \(page\)\./);
    expect(html).toContain('550 5.1.1 gone');
  });

  it('are released class by class, with a reason that stays readable', async () => {
    const { here, seat, person } = await begin();
    await here.people.suppress(person, ALL_MAIL, { ...complained, because: 'bounce' });

    const without = await seat.send(PAGE, { act: 'release', 'release-class': 'owed', 'release-reason': ' ' });
    await seat.send(PAGE, {
      act: 'release',
      'release-class': 'owed',
      'release-reason': 'Gave us room again.',
    });

    expect(without.html).toContain('Please write why');
    const standing = await here.people.of(person);
    expect(Object.keys(standing.suppressed).sort()).toEqual(['check-in', 'review']);
    expect(standing.releases).toEqual([
      { at: NOW, by: 'nora', reason: 'Gave us room again.', classes: ['owed'] },
    ]);
    expect((await seat.browse(PAGE)).html).toContain('Nora Frei allowed mails again');
  });

  it('after a complaint are released only when they asked for them', async () => {
    const { here, seat, person } = await begin([told.stopped(at(20)), told.ended(at(20))]);
    await here.people.suppress(person, ALL_MAIL, complained);
    const form = { act: 'release', 'release-class': 'check-in', 'release-reason': 'She rang.' };

    const refused = await seat.send(PAGE, form);
    expect(refused.html).toContain('Please tick that they asked');
    expect(Object.keys((await here.people.of(person)).suppressed)).toHaveLength(3);

    await seat.send(PAGE, { ...form, 'release-asked': 'yes' });
    expect(Object.keys((await here.people.of(person)).suppressed).sort()).toEqual(['owed', 'review']);
    expect(here.workflows.executions.map(({ machine }) => machine)).toEqual(['FollowUp']);
  });

  it('are stopped on their behalf, for every order, with who said so', async () => {
    const { here, id, seat, person } = await begin();
    await putOther(here, 'shop/second', 'ask', 'their-second');

    await seat.send(PAGE, {
      act: 'stop-mails',
      'stop-what': 'asking',
      'stop-reason': 'Said so in the shop.',
    });

    expect((await here.people.of(person)).suppressed.review).toMatchObject({
      method: 'staff',
      evidence: 'Nora Frei: Said so in the shop.',
    });
    expect((await loadSale(here.ports, id)).sale.isStopped).toBe(true);
    expect(here.workflows.told.map(({ token }) => token)).toEqual(['waits', 'their-second']);
  });
});

describe('an answer that may not be a person’s', () => {
  const held = Entry.parse({ ...told.replied(at(20), 1, { words: 'It creaks.' }), isUnconfirmed: true });

  it('is shown, and counts once somebody is sure', async () => {
    const { here, id, seat } = await begin([held]);
    expect((await seat.browse(PAGE)).html).toContain('It creaks.');

    await seat.send(PAGE, { act: 'confirm-answer', n: '1' });

    expect((await loadSale(here.ports, id)).sale.replies.map(({ n }) => n)).toEqual([1]);
    expect(here.workflows.told.map((one) => 'error' in one && one.error)).toEqual(['CustomerNeedsHelp']);
  });

  it('is not confirmed by a press on another one', async () => {
    const { here, id, seat } = await begin([held]);

    await seat.send(PAGE, { act: 'confirm-answer', n: '2' });

    expect((await loadSale(here.ports, id)).sale.replies).toEqual([]);
  });
});

it('a sale page of an address nobody has says nothing of mails', async () => {
  const { here, seat } = await begin();
  await here.sales.saveCustomer(saleIdOf('shop', 'first'), { name: 'Selma Aydin' }, at(22), at(22));

  expect((await seat.browse(PAGE)).html).not.toContain('Mails to Selma');
});
