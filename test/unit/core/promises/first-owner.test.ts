import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../../functions/core/journal.ts';
import type { PromiseCause } from '../../../../functions/core/promises/entries.ts';
import { firstOwner } from '../../../../functions/core/promises/first-owner.ts';
import { configuration, withAbsent } from '../../../fixtures/configuration.ts';
import { at, begun, record, saleOf, told } from '../../../fixtures/sales.ts';

const broken = [
  told.promised(at(3), 'call', { because: 'published', dueAt: at(9) }),
  told.escalated(at(9), { promise: 'call-1' }),
];
const asked = told.sent('check-in', at(13));

const first = (entries: Entry[], because: PromiseCause = 'unhappy', config = configuration()) => {
  const { member, level } = firstOwner(config, saleOf(begun(...entries)), because, at(17));
  return `${member.id} ${level}`;
};

describe('who owes it first', () => {
  it.each<[string, string, Entry[], PromiseCause]>([
    ['nora 0', 'the owner of the sale', [asked], 'unhappy'],
    ['ines 1', 'one level higher, when we broke our word before first use', broken, 'unhappy'],
    ['ines 1', 'one level higher, also once the customer has been asked', [...broken, asked], 'unhappy'],
    [
      'nora 0',
      'the owner, when what we broke was promised after first use',
      [told.sent('check-in', at(2, '10:00')), ...broken],
      'unhappy',
    ],
    ['nora 0', 'the owner, for a question', broken, 'question'],
    ['nora 0', 'the owner, when the word was kept', broken.slice(0, 1), 'unhappy'],
  ])('is %s: %s', (expected, _, entries, because) => {
    expect(first(entries, because)).toBe(expected);
  });

  it('is somebody who is here', () => {
    expect(first([asked], 'unhappy', withAbsent('nora'))).toBe('lio 0');
    expect(first(broken, 'unhappy', withAbsent('ines'))).toBe('urs 2');
  });

  it('is the head of the business when they sold it', () => {
    const sale = saleOf(begun(...broken), { record: record({ owner: 'urs' }) });

    expect(firstOwner(configuration(), sale, 'unhappy', at(17))).toMatchObject({
      member: { id: 'urs' },
      level: 2,
    });
  });
});
