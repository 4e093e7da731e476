import { describe, expect, it } from 'vitest';
import { chooseJourney } from '../../../functions/core/choose-journey.ts';
import type { ConfigurationInput } from '../../../functions/core/configuration.ts';
import type { Order } from '../../../functions/core/shop-event.ts';
import { configuration } from '../../fixtures/configuration.ts';
import { order } from '../../fixtures/sales.ts';

const line = { lineId: '1', title: 'Wheel building, two evenings', quantity: 1 };

const chosen = (
  when: NonNullable<ConfigurationInput['choose']>[number]['when'],
  with_: Partial<Order> = {},
  source = 'shop',
) => chooseJourney(configuration({ choose: [{ when, journey: 'class' }] }), order(with_), source)?.name;

describe('the journey of an order', () => {
  it.each<[string, Parameters<typeof chosen>]>([
    ['product type', [{ productType: 'Class' }, { lines: [{ ...line, productType: ' class ' }] }]],
    ['SKU', [{ sku: 'wb-2' }, { lines: [{ ...line, sku: 'WB-2' }] }]],
    ['part of the title', [{ title: 'wheel BUILDING' }, { lines: [line] }]],
    ['tag', [{ tag: 'course' }, { tags: ['spring', 'Course'] }]],
    ['source', [{ source: 'till' }, {}, 'till']],
    ['amount', [{ amountFrom: 1890 }]],
  ])('is chosen by %s, without looking at case', (_, call) => {
    expect(chosen(...call)).toBe('class');
  });

  it.each<[string, Parameters<typeof chosen>]>([
    ['another product type', [{ productType: 'class' }, { lines: [{ ...line, productType: 'classic' }] }]],
    ['a line nobody bought', [{ sku: 'WB-2' }, { lines: [{ ...line, sku: 'WB-2', quantity: 0 }] }]],
    ['another source', [{ source: 'till' }]],
    ['a smaller amount', [{ amountFrom: 1890.01 }]],
    ['an amount that is no number', [{ amountFrom: 1 }, { total: { amount: 'free', currency: 'CHF' } }]],
    ['one condition of two', [{ tag: 'course', sku: 'WB-2' }, { tags: ['course'] }]],
  ])('is not chosen by %s', (_, call) => {
    expect(chosen(...call)).toBe('goods');
  });

  it('is that of the first choice that fits', () => {
    const config = configuration({
      choose: [
        { when: { tag: 'a' }, journey: 'goods' },
        { when: { tag: 'b' }, journey: 'class' },
      ],
    });

    expect(chooseJourney(config, order({ tags: ['b', 'a'] }), 'shop')?.name).toBe('goods');
  });

  it('is none when no choice fits and `otherwise` is left out', () => {
    const { otherwise: _, ...config } = configuration();

    expect(chooseJourney(config, order(), 'shop')).toBeUndefined();
  });
});
