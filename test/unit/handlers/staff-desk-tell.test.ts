import { describe, expect, it } from 'vitest';
import { type SaleId, saleIdOf } from '../../../functions/core/ids.ts';
import { Entry } from '../../../functions/core/journal.ts';
import { loadSale } from '../../../functions/steps/load.ts';
import { projectPromises } from '../../../functions/steps/project.ts';
import { deskWorld } from '../../fixtures/memory-desk.ts';
import { at, customer, order, record, told } from '../../fixtures/sales.ts';

const NOW = at(23, '08:00');
const PAGE = '/desk/sale/shop/B-204';
const DIGEST = 'ab'.repeat(32);

const desk = async (entries: readonly Entry[] = [], person: { email?: undefined } = {}) => {
  const here = deskWorld(undefined, NOW);
  const id: SaleId = saleIdOf('shop', 'B-204');
  await here.sales.open(record({ id, orderId: 'B-204' }));
  const { email: _, ...nameless } = customer;
  await here.sales.saveCustomer(id, 'email' in person ? { ...nameless, ...person } : customer, at(2), at(2));
  const ordered = told.ordered(at(2, '09:02'), { order: order({ number: '#B-204' }) });
  for (const entry of [ordered, told.started(), ...entries]) await here.sales.append(id, entry);
  await projectPromises(here.ports, await loadSale(here.ports, id), NOW);
  const nora = await here.come('nora@velowerk.example');
  const known = here.sales.entries(id).length;
  return { ...here, id, nora, since: () => here.sales.entries(id).slice(known) };
};

/** The form of the page, as a browser would send it: found by its field, with its hidden values. */
const formWith = (html: string, field: string): Record<string, string> => {
  const form = html.split('<form').find((one) => one.includes(`name="${field}"`)) ?? '';
  const hidden = form.split('</form>')[0]?.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g) ?? [];
  return Object.fromEntries([...hidden].map(([, name, value]) => [name ?? '', value ?? '']));
};

const owed = (kind: 'call' | 'answer') => told.promised(at(20), kind, { because: 'staff', dueAt: at(24) });

describe('writing to the customer from the desk', () => {
  it('answers a question with what is owed: they get the words and are asked', async () => {
    const { nora, since } = await desk([owed('answer')]);
    const { html } = await nora.browse(PAGE);

    const sent = await nora.send(PAGE, {
      ...formWith(html, 'tell-answer-1'),
      'tell-answer-1': '  The bell is under the saddle.  ',
    });
    const after = await nora.browse(sent.headers['location'] ?? '');

    expect(sent.headers['location']).toBe(`${PAGE}?did=told`);
    expect(since()).toEqual([
      {
        type: 'proposed',
        at: NOW,
        promise: 'answer-1',
        n: 1,
        by: 'nora',
        via: 'desk',
        private: { what: 'The bell is under the saddle.' },
      },
    ]);
    expect(after.html).toContain('has your words');
  });

  it('leaves what else is owed open', async () => {
    const { nora, since } = await desk([owed('call')]);

    await nora.send(PAGE, { act: 'tell', promise: 'call-1', 'tell-call-1': 'I ring at nine.' });

    expect(since()).toMatchObject([
      { type: 'told', promise: 'call-1', by: 'nora', via: 'desk', private: { words: 'I ring at nine.' } },
    ]);
  });

  it('is possible when nothing is owed, and then the customer says whether it helps', async () => {
    const { nora, since, workflows, id, lists } = await desk();
    const { html } = await nora.browse(PAGE);

    const sent = await nora.send(PAGE, { ...formWith(html, 'tell'), tell: 'Your bell has come.' });

    expect(sent.status).toBe(303);
    expect(since()).toMatchObject([
      { type: 'promised', kind: 'answer', because: 'staff', by: 'nora', owner: 'nora' },
      { type: 'proposed', promise: 'answer-1', via: 'desk', private: { what: 'Your bell has come.' } },
    ]);
    expect(workflows.executions.map(({ machine }) => machine)).toEqual(['Promise']);
    expect(lists.open()).toMatchObject([{ saleId: id, promise: 'answer-1', status: 'proposed' }]);
  });

  it.each([
    ['with a promise', [owed('answer')], 'tell-answer-1'],
    ['of one’s own accord', [], 'tell'],
  ])('pressed twice is written once, %s', async (_, entries, field) => {
    const { nora, since } = await desk(entries);
    const form = { ...formWith((await nora.browse(PAGE)).html, field), [field]: 'Your bell has come.' };

    const first = await nora.send(PAGE, form);
    const count = since().length;
    const second = await nora.send(PAGE, form);

    expect([first.status, second.status]).toEqual([303, 303]);
    expect(since()).toHaveLength(count);
  });

  it('of one’s own accord survives a crash between the promise and the words', async () => {
    const here = await desk();
    const form = { ...formWith((await here.nora.browse(PAGE)).html, 'tell'), tell: 'Your bell has come.' };
    here.failOnce('sales.append promise#answer-1#proposed');

    const failed = await here.nora.send(PAGE, form);
    const again = await here.nora.send(PAGE, form);

    expect([failed.status, again.status]).toEqual([500, 303]);
    expect(failed.html).toContain('Your bell has come.');
    expect(here.since().map(({ type }) => type)).toEqual(['promised', 'proposed']);
  });

  it.each([
    ['nothing', '   ', 'Please write something: Selma Aydin reads it.'],
    ['a book', 'x'.repeat(10_300), 'more than fits in one go'],
  ])('says what is wrong with %s, keeps it, and promises nothing', async (_, words, says) => {
    for (const [entries, field] of [
      [[owed('answer')], 'tell-answer-1'],
      [[], 'tell'],
    ] as const) {
      const { nora, since } = await desk(entries);
      const form = { ...formWith((await nora.browse(PAGE)).html, field), [field]: words };

      const { status, html } = await nora.send(PAGE, form);

      expect(status).toBe(400);
      expect(html).toContain(says);
      expect(html).toContain(`href="#${field}"`);
      expect(html).toContain(`id="${field}"`);
      expect(since()).toEqual([]);
    }
  });

  it('needs an address: the page offers no form without one, and a press says why', async () => {
    for (const [entries, fields] of [
      [[owed('answer')], { promise: 'answer-1', 'tell-answer-1': 'Hello' }],
      [[], { tell: 'Hello' }],
    ] as const) {
      const { nora, since } = await desk(entries, { email: undefined });

      const shown = await nora.browse(PAGE);
      const { status, html } = await nora.send(PAGE, { act: 'tell', ...fields });

      expect(shown.html).not.toContain('name="tell');
      expect(shown.html).toContain('There is no address to write to.');
      expect([status, html.includes('There is no address to write to.')]).toEqual([400, true]);
      expect(since()).toEqual([]);
    }
  });

  it('does nothing to a promise that is closed or not there', async () => {
    const closed = [
      owed('call'),
      told.proposed(at(21), { promise: 'call-1' }),
      told.judged(at(22), true, { promise: 'call-1' }),
    ];
    const { nora, since } = await desk(closed);

    const over = await nora.send(PAGE, { act: 'tell', promise: 'call-1', 'tell-call-1': 'Hello' });
    const none = await nora.send(PAGE, { act: 'tell', promise: 'call-9', 'tell-call-9': 'Hello' });

    expect([over.status, none.status]).toEqual([400, 400]);
    expect(over.html).toContain('closed in the meantime');
    expect(since()).toEqual([]);
  });
});

describe('what was written', () => {
  const wrote = (day: string, with_: Record<string, unknown> = {}): Entry =>
    Entry.parse({
      type: 'wrote',
      at: day,
      mail: DIGEST,
      as: 'answer',
      private: {
        words: 'The wheel is <b>bent</b>.',
        subject: 'Re: your bike',
        original: 'mail/secret-key',
        attachments: [{ name: 'wheel.jpg', type: 'image/jpeg', bytes: 1_234_567 }],
      },
      ...with_,
    });

  it('is a thread of both sides, oldest first, with a way to each whole mail and attachment', async () => {
    const { nora } = await desk([
      wrote(at(19)),
      owed('answer'),
      told.proposed(at(21), {
        promise: 'answer-1',
        via: 'mail',
        by: 'lio',
        private: { what: 'It is true now.' },
      }),
      wrote(at(22), { mail: 'cd'.repeat(32), as: 'more', isFromOther: true, private: { words: 'It rubs.' } }),
      Entry.parse({
        type: 'told',
        at: at(22, '15:00'),
        promise: 'answer-1',
        n: 1,
        by: 'nora',
        via: 'desk',
        private: { words: 'I look at it.' },
      }),
    ]);

    const { html } = await nora.browse(PAGE);
    const thread = html.slice(html.indexOf('What was written'));
    const places = [
      'The wheel is &lt;b&gt;bent&lt;/b&gt;.',
      'Lio Baur, from us, wrote',
      'It is true now.',
      'from another address',
      'It rubs.',
      'I look at it.',
    ].map((said) => thread.indexOf(said));

    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    for (const said of [
      'Re: your bike',
      'wheel.jpg',
      'image/jpeg, 1.2 MB',
      `href="/desk/mails/sale/shop/B-204/${DIGEST}?part=original"`,
      `href="/desk/mails/sale/shop/B-204/${DIGEST}?attachment=1"`,
    ])
      expect(thread).toContain(said);
    expect(html).not.toContain('mail/secret-key');
  });

  it('tells machines from people', async () => {
    const { nora } = await desk([wrote(at(19), { as: 'away' })]);

    expect((await nora.browse(PAGE)).html).toContain(': an out-of-office note');
  });

  it('shows what staff noted as done to nobody but us, so it is no letter', async () => {
    const { nora } = await desk([owed('call'), told.proposed(at(21), { promise: 'call-1' })]);

    expect((await nora.browse(PAGE)).html).not.toContain('What was written');
  });

  it('has no whole mail to show once its person is forgotten', async () => {
    const { nora } = await desk([wrote(at(19), { private: undefined })]);

    const { html } = await nora.browse(PAGE);

    expect(html).toContain('Selma Aydin wrote');
    expect(html).not.toContain('/desk/mails/');
  });

  it('shows the newest twenty, and of a long one the beginning', async () => {
    const many = Array.from({ length: 23 }, (_, n) =>
      wrote(at(10, `10:${10 + n}`), {
        mail: n.toString(16).padStart(64, '0'),
        private: {
          words: `Mail number ${n}. ${n === 22 ? 'long '.repeat(1000) : ''}`,
          original: `mail/${n}`,
        },
      }),
    );
    const { nora } = await desk(many);

    const { html } = await nora.browse(PAGE);

    expect([...html.matchAll(/Mail number (\d+)/g)].map(([, n]) => Number(n))).toEqual(
      Array.from({ length: 20 }, (_, n) => n + 3),
    );
    expect(html).toContain('The newest 20 are shown');
    expect(html).toMatch(/long …<\/blockquote>/);
  });
});
