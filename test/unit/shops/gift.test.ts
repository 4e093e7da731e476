import { describe, expect, it } from 'vitest';
import { areDifferentPeople, isGiftNote, isGiftTag } from '../../../functions/shops/gift.ts';

describe('a present', () => {
  it.each([
    ['Lea Steiner', 'Max Huber', true],
    ['Lea Steiner', 'Max Steiner', true],
    ['Lea Steiner', 'lea  STEINER', false],
    ['Lea Steiner', 'Lea Maria Steiner', false],
    ['L. Steiner', 'Lea Steiner', false],
    ['Steiner Lea', 'Lea Steiner', false],
    ['Núñez', 'Nunez', false],
    ['', 'Lea Steiner', false],
    [undefined, 'Lea Steiner', false],
  ])('goes to somebody else: from %s to %s is %s', (buyer, receiver, isGift) => {
    expect(areDifferentPeople(buyer, receiver)).toBe(isGift);
  });

  it.each([
    ['gift', 'yes', true],
    ['Is_Gift', 'true', true],
    ['Gift message', 'All the best', true],
    ['gift', 'no', false],
    ['gift_wrap', '0', false],
    ['gift_note', '', false],
    ['delivery', 'gift', false],
  ])('is noted: %s = %s is %s', (name, value, isGift) => {
    expect(isGiftNote(name, value)).toBe(isGift);
  });

  it.each([
    ['gift', true],
    ['is-gift', true],
    ['Geschenk', true],
    ['gift card', false],
    ['gifted-team', false],
  ])('is tagged: %s is %s', (tag, isGift) => {
    expect(isGiftTag(tag)).toBe(isGift);
  });
});
