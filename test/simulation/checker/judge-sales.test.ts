/** What shops say and what mails leave: each law is broken once by hand, and found. */
import { describe, expect, it } from 'vitest';
import { act, aRun, entry, fate, ITEMS, mail, RECORD, SALE, told, without } from './a-run.ts';
import { judge } from './judge.ts';
import type { Seen } from './seen.ts';

const laws = (seen: Seen) => judge(seen).map(({ law, what }) => `${law}: ${what}`);
const after = { at: '2026-11-02T10:00:00.000Z', seq: 40 };

describe('a run in which all went well', () => {
  it('breaks no law', () => {
    expect(judge(aRun())).toEqual([]);
  });
});

describe('I1 and I2: what shops say', () => {
  it('finds an event that was answered 200 and is nowhere', () => {
    const seen = aRun({ told: [told(), told({ word: 'delivered', event: 'e-2' })] });

    expect(laws(seen)).toEqual(['I1: delivered (e-2) was answered 200 and is neither in a sale nor parked']);
  });

  it('does not ask for an event that was refused, or that is parked, or for more than the end of the run', () => {
    const lost = told({ word: 'garbled', event: 'e-2' });

    expect(judge(aRun({ told: [told(), { ...lost, status: 503 }] }))).toEqual([]);
    expect(
      judge(aRun({ told: [told(), lost], parked: [{ source: 'standard', body: '{"id":"e-2"' }] })),
    ).toEqual([]);
    expect(judge(aRun({ told: [told(), lost], isDrained: false }))).toEqual([]);
  });

  it('finds the sale of an order that no shop has announced', () => {
    const sales = [
      ...ITEMS,
      { sale: 'standard/7', item: 'record', data: { source: 'standard', orderId: '7' } },
    ];

    expect(laws(aRun({ sales }))).toContain('I2: no shop has announced this order');
  });

  it('finds one order that became two sales', () => {
    const sales = [...ITEMS, { ...RECORD, sale: 'standard/01001' }];

    expect(laws(aRun({ sales, told: [told(), told({ order: '01001' })] }))).toContain(
      'I2: order standard/1001 is the sale standard/1001 as well',
    );
  });

  it('finds events under an alias that never reached the sale', () => {
    const alias = { sale: 'standard/pi', item: 'alias', data: { to: SALE } };
    const early = entry('refunded', { type: 'refunded', isFull: false, lines: [] }, 'standard/pi');

    expect(laws(aRun({ sales: [...ITEMS, alias, early] }))).toEqual([
      'I1: 1 events under standard/pi did not reach it',
    ]);
  });
});

describe('L2 and I3: mails', () => {
  it('finds the same attempt taken twice', () => {
    expect(laws(aRun({ mails: [mail(), mail()] }))).toEqual([
      'I3: check-in was taken 2 times (attempts 1, 1)',
    ]);
  });

  it('finds a second attempt of what was taken, unless the first came back', () => {
    const second = [
      entry('claimed2', { type: 'claimed', message: 'check-in', attempt: 2 }),
      entry('sent2', { type: 'sent', message: 'check-in', attempt: 2, to: 'customer' }),
    ];
    const seen = aRun({ mails: [mail(), mail({ attempt: 2 })], sales: [...ITEMS, ...second] });

    expect(laws(seen)).toEqual(['L2: check-in was taken 2 times (attempts 1, 2)']);
    expect(judge({ ...seen, fates: [fate()] })).toEqual([]);
  });

  it('finds a mail that left without a claim', () => {
    expect(laws(aRun({ sales: without(ITEMS, 'entry#claimed') }))).toContain(
      'L2: check-in #1 left without a claim',
    );
  });

  it('finds a mail that is taken for refused', () => {
    const sales = [
      ...without(ITEMS, 'entry#sent'),
      entry('r', { type: 'refused', message: 'check-in', attempt: 1 }),
    ];

    expect(laws(aRun({ sales }))).toEqual(['L2: check-in #1 was taken, and the journal says refused']);
  });

  it('finds a mail that may have left and that nobody is told of', () => {
    const sales = without(ITEMS, 'entry#sent');

    expect(laws(aRun({ sales }))).toEqual([
      'I3: check-in #1 was taken, and nobody is told that it may have been',
    ]);
    expect(judge(aRun({ sales, unclear: [{ sale: SALE, message: 'check-in', attempt: 1 }] }))).toEqual([]);
  });

  it('excuses that by an answer that came at once, and by no later one', () => {
    const answered = (at: string) => entry('reply#1', { type: 'replied', n: 1, at, reply: { rating: 3 } });
    const found = (at: string) => laws(aRun({ sales: [...without(ITEMS, 'entry#sent'), answered(at)] }));
    const what = 'I3: check-in #1 was taken, and nobody is told that it may have been';

    expect(found('2026-11-02T09:00:01.000Z')).not.toContain(what);
    expect(found('2026-11-02T12:00:00.000Z')).toContain(what);
  });

  it('finds a claim of which nothing came, unless they have answered since', () => {
    const sales = without(ITEMS, 'entry#sent');
    const answered = entry('reply#1', { type: 'replied', n: 1, reply: { rating: 3 } });
    const what = 'I3: check-in #1 was claimed, never left, and nobody looked after it';

    expect(laws(aRun({ sales, mails: [] }))).toEqual([what]);
    expect(laws(aRun({ sales: [...sales, answered], mails: [] }))).not.toContain(what);
    expect(laws(aRun({ sales, mails: [], isDrained: false }))).toEqual([]);
  });

  it('finds a mail that is called sent and never was', () => {
    expect(laws(aRun({ mails: [] }))).toEqual(['L2: check-in #1 was never taken, and is called sent']);
  });
});

describe('I4: silence', () => {
  it('finds a check-in after the order was cancelled, and not one that was decided before', () => {
    const gone = told({ word: 'cancelled', event: 'e-2', doneAt: after });
    const sales = [...ITEMS, entry('cancelled', { type: 'cancelled', eventId: 'e-2' })];
    const counted = { sale: SALE, item: 'counted', data: JSON.stringify({ outcome: 'cancelled' }) };
    const seen = aRun({ told: [told(), gone], sales: [...sales, counted] });

    expect(laws(seen)).toEqual(['I4: check-in left after the order had ended']);
    expect(judge({ ...seen, mails: [mail({ decided: 39 })] })).toEqual([]);
  });

  it('lets what is owed leave after a stop, and nothing after a complaint', () => {
    const stopped = aRun({ acts: [act({ what: 'stop', seq: 39, doneAt: after })] });
    const owed = mail({ message: 'call-1/in-hand#1' });

    expect(laws(stopped)).toContain('I4: check-in left after they had asked us to stop');
    expect(laws({ ...stopped, mails: [owed] }).filter((text) => text.startsWith('I4'))).toEqual([]);
    expect(
      laws({ ...stopped, mails: [owed], fates: [fate({ kind: 'complaint', doneAt: after })] }),
    ).toContain('I4: call-1/in-hand#1 left after they had complained');
  });

  it('finds a mail about another sale of somebody who asked us to stop', () => {
    const seen = aRun({
      acts: [act({ what: 'stop', seq: 39, sale: 'standard/2', doneAt: after })],
      people: { [SALE]: 'anna', 'standard/2': 'anna' },
    });

    expect(laws(seen)).toContain('I4: check-in left after they had asked us to stop');
    expect(laws({ ...seen, people: { [SALE]: 'anna', 'standard/2': 'ben' } }).join()).not.toContain('I4');
  });

  it('lets a check-in leave again once the stop was taken back', () => {
    const stop = act({ what: 'stop', seq: 39, doneAt: after });
    const resume = act({ what: 'resume', seq: 45, doneAt: { ...after, seq: 46 } });

    expect(laws(aRun({ acts: [stop, resume] })).join()).not.toContain('I4');
    expect(laws(aRun({ acts: [stop, resume], mails: [mail({ decided: 44 })] })).join()).toContain('I4');
  });

  it('finds any mail to somebody who was forgotten', () => {
    const seen = aRun({
      mails: [mail({ message: 'call-1/sorry#1' })],
      acts: [act({ what: 'erase', seq: 39, doneAt: after })],
    });

    expect(laws(seen)).toContain('I4: call-1/sorry#1 left after they had been forgotten');
  });
});
