import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { registerSimulate } from '../../../bin/commands/simulate.ts';
import {
  shopifyOrder,
  standardEvent,
  standardOrder,
  stripeCheckout,
  stripeSession,
  wooOrder,
} from '../../fixtures/orders.ts';
import { cliConfig } from './cli-config.ts';
import { runCommand } from './run-command.ts';

/** Summer time ends on 25 October 2026, between the sale and its check-in. */
const NOW = '2026-10-19T08:12:00Z';
const at = { placedAt: '2026-10-19T08:11:00Z', paidAt: '2026-10-19T08:11:30Z' };

let folder = '';
let count = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'aftercare-simulate-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fileOf = (content: unknown): string => {
  count += 1;
  const path = join(folder, `order-${count}.json`);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};

const simulate = (content: unknown, ...flags: string[]) =>
  runCommand(registerSimulate, cliConfig, ['simulate', fileOf(content), ...flags]);

const order = (more: Record<string, unknown> = {}) => standardOrder({ ...at, ...more });

describe('The calendar of a sale', () => {
  it('costs three billed transitions for a happy customer when the shop asks for no review, five when it does', async () => {
    const { reviewUrl: _, ...shop } = cliConfig.shop;
    const file = fileOf(order());
    const flags = ['simulate', file, '--now', NOW];

    const without = await runCommand(registerSimulate, { ...cliConfig, shop }, flags);
    const with_ = await runCommand(registerSimulate, cliConfig, flags);

    expect(without.out).toContain('delighted (3 state transitions)');
    expect(with_.out).toContain('delighted (5 state transitions)');
  });

  it.each([
    [
      'goods',
      order({
        lines: [
          { id: '1', title: 'Oak stool', quantity: 2 },
          { id: '2', title: 'Wax', quantity: 1 },
        ],
      }),
    ],
    ['service', order({ lines: [{ id: '1', title: 'Gutter cleaning', type: 'service', quantity: 1 }] })],
    ['class', order({ lines: [{ id: '1', title: 'Spoon carving', quantity: 1 }], tags: ['Class'] })],
    ['saas', stripeSession({ created: 1_792_397_460, metadata: { product_name: 'Rota planner' } })],
  ])('of the journey %s is told in words', async (journey, content) => {
    const { out, err, exitCode } = await simulate(content, '--now', NOW);

    expect({ err, exitCode }).toEqual({ err: '', exitCode: 0 });
    expect(out.split('\n').filter((line) => line.length > 100)).toEqual([]);
    await expect(`${out}\n`).toMatchFileSnapshot(`simulations/${journey}.txt`);
  });

  it('is the same each time', async () => {
    const first = await simulate(order(), '--now', NOW);
    const second = await simulate(order(), '--now', NOW);

    expect(second.out.replaceAll(/order-\d+/g, '')).toBe(first.out.replaceAll(/order-\d+/g, ''));
  });

  it('is told to programs as JSON', async () => {
    const Told = z.object({
      journey: z.string(),
      clock: z.array(z.object({ at: z.string(), because: z.string(), ifTomorrow: z.string().optional() })),
      scenarios: z.array(
        z.object({
          name: z.string(),
          outcome: z.string().optional(),
          transitions: z.number(),
          happenings: z.array(
            z.object({
              at: z.string(),
              what: z.string(),
              mail: z.object({ subject: z.string() }).optional(),
            }),
          ),
        }),
      ),
    });

    const { out } = await simulate(order(), '--now', NOW, '--json');

    const told = Told.parse(JSON.parse(out));
    expect(told.clock.map(({ ifTomorrow }) => ifTomorrow)).toEqual([undefined, 'delivered', 'fulfilled']);
    expect(told.scenarios.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['nobody-answers', 'silent'],
      ['happy', 'delighted'],
      ['happy-by-mail', 'delighted'],
      ['wants-a-call', 'delighted'],
      ['unhappy', 'unhappy'],
      ['unhappy-put-right', 'recovered'],
      ['unhappy-no-verdict', 'unhappy'],
    ]);
    expect(told.scenarios[0]?.happenings[0]).toMatchObject({ at: told.clock[0]?.at, what: 'the check-in' });
  });
});

describe('What kind of shop an order is from', () => {
  it.each([
    ['our own event', standardEvent('order.paid', order()), 'web/A-3007'],
    ['our own data', order(), 'web/A-3007'],
    ['a Shopify order', shopifyOrder(), 'shopify/5500001001'],
    ['a WooCommerce order', wooOrder(), 'woocommerce/1204'],
    ['a Stripe event', stripeCheckout(), 'stripe/cs_live_b1FixtureSession00000042'],
  ])('shows from the shape of %s', async (_what, content, sale) => {
    const { out, exitCode } = await simulate(content);

    expect(exitCode).toBe(0);
    expect(out).toContain(`(${sale})`);
  });

  it('is said by --source where it does not show, and chooses the journey', async () => {
    const { out } = await simulate(order(), '--source', 'web', '--policy', 'class', '--now', NOW);

    expect(out).toContain('Journey    class, because of --policy');
    expect(out).toContain('2 days after it was paid');
  });

  it('an id of Shopify keeps all its digits', async () => {
    const text = JSON.stringify(shopifyOrder({ id: '820982911946154508' })).replace(/"(8209\d+)"/, '$1');

    const { out } = await simulate(text);

    expect(out).toContain('(shopify/820982911946154508)');
  });
});

describe('A sale that ends or cannot be written to', () => {
  it('a cancelled order asks nothing', async () => {
    const { out, exitCode } = await simulate(shopifyOrder({ cancelled_at: '2026-11-02T11:00:00+01:00' }));

    expect(exitCode).toBe(0);
    expect(out).toContain('The order was cancelled: nothing is asked, and nothing is sent.');
  });

  it('a customer without an address is rung', async () => {
    const { out } = await simulate(
      order({ customer: { name: 'Marta Nowak', phone: '+48 22 555 01 40' } }),
      '--now',
      NOW,
    );

    expect(out).toContain('This customer cannot be written to');
    expect(out).toMatch(/because we cannot write to them/);
    expect(out).not.toContain('→ Marta Nowak');
  });
});

describe('A mistake', () => {
  it.each([
    ['a file that is not JSON', 'Dear shop,', 'the body is not JSON'],
    ['JSON that is no order', { hello: 'world' }, 'is not an order of any shop we know'],
    ['an order without lines', order({ lines: [] }), 'expected at least one line'],
    ['what became of an order', standardEvent('order.delivered', { orderId: '1' }), 'not what was ordered'],
  ])('%s is named', async (_what, content, message) => {
    const { out, err, exitCode } = await simulate(content);

    expect({ out, exitCode }).toEqual({ out: '', exitCode: 2 });
    expect(err).toContain(message);
  });

  it.each([
    [['--now', 'tomorrow'], 'Write it with its offset'],
    [['--policy', 'yachts'], 'aftercare.config.ts has: goods, service, class, saas'],
    [['--source', 'etsy'], 'Use one of: web, shopify, woocommerce, stripe, standard'],
    [['--source', 'shopify'], 'is not an order as shopify sends it'],
    [['--colour'], 'unknown option'],
  ])('%j is answered with what can be written', async (flags, message) => {
    const { err, exitCode } = await simulate(order(), ...flags);

    expect(exitCode).toBe(2);
    expect(err).toContain(message);
  });

  it('a missing file is named', async () => {
    const { err, exitCode } = await runCommand(registerSimulate, cliConfig, [
      'simulate',
      join(folder, 'none.json'),
    ]);

    expect(exitCode).toBe(2);
    expect(err).toMatch(/Cannot read .*none\.json \(ENOENT\)/);
  });
});
