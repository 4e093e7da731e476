import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Configuration } from '../../../functions/core/configuration.ts';
import { memberOf, nextUp, ownerFor, presentOwner, spread } from '../../../functions/core/staff.ts';
import { configuration, configurationInput, withAbsent } from '../../fixtures/configuration.ts';

const config = configuration();
const NOW = '2026-03-04T09:00:00.000Z';
const saleIds = Array.from({ length: 400 }, (_, index) => `shop/order-${index}`);

describe('the owner of a sale', () => {
  it.each(['lio', 'Lio Baur', ' LIO@velowerk.example '])(
    'is the seller when the shop names "%s"',
    (soldBy) => {
      expect(ownerFor(config, 'shop/1', soldBy, NOW).id).toBe('lio');
    },
  );

  it('is a rep when the seller is unknown, away or not named', () => {
    const levels = [
      ownerFor(config, 'shop/1', 'somebody', NOW),
      ownerFor(config, 'shop/1', undefined, NOW),
      ownerFor(config, 'shop/1', '  ', NOW),
      ownerFor(withAbsent('lio'), 'shop/1', 'lio', NOW),
    ].map(({ level }) => level);

    expect(levels).toEqual([0, 0, 0, 0]);
    expect(ownerFor(withAbsent('lio'), 'shop/1', 'lio', NOW).id).toBe('nora');
  });

  it('is always the same for a sale', () => {
    fc.assert(
      fc.property(fc.string(), (id) => {
        expect(ownerFor(config, id, undefined, NOW)).toEqual(ownerFor(config, id, undefined, NOW));
      }),
    );
  });

  it('is spread evenly over the reps', () => {
    const ofNora = saleIds.filter((id) => ownerFor(config, id, undefined, NOW).id === 'nora').length;

    expect(ofNora).toBeGreaterThan(160);
    expect(ofNora).toBeLessThan(240);
  });

  it('is never somebody absent, whoever is away', () => {
    const everybody = config.staff.map(({ id }) => id);

    fc.assert(
      fc.property(
        fc.subarray(everybody, { maxLength: everybody.length - 1 }),
        fc.constantFrom(...saleIds),
        fc.constantFrom(...everybody),
        (absent, sale, ownerId) => {
          const away = withAbsent(...absent);

          expect(ownerFor(away, sale, ownerId, NOW).isActive).toBe(true);
          expect(presentOwner(away, ownerId, sale, NOW).isActive).toBe(true);
          for (const level of [0, 1, 2] as const)
            expect(nextUp(away, level, ownerId, sale, NOW).member.isActive).toBe(true);
        },
      ),
    );
  });
});

describe('who stands in', () => {
  it('is the owner while they are here', () => {
    expect(presentOwner(config, 'nora', 'shop/1', NOW).id).toBe('nora');
  });

  it('is a colleague of the same level, else of the next', () => {
    expect(presentOwner(withAbsent('nora'), 'nora', 'shop/1', NOW).id).toBe('lio');
    expect(presentOwner(withAbsent('nora', 'lio'), 'nora', 'shop/1', NOW).id).toBe('ines');
    expect(presentOwner(withAbsent('urs'), 'urs', 'shop/1', NOW).isActive).toBe(true);
  });

  it('is a rep for an owner who has left the configuration', () => {
    expect(presentOwner(config, 'gone', 'shop/1', NOW).level).toBe(0);
    expect(memberOf(config, 'gone')).toBeUndefined();
  });
});

describe('the ladder', () => {
  it('goes rep, manager, head, and stays there', () => {
    const climb = (level: 0 | 1 | 2, owner: string) => nextUp(config, level, owner, 'shop/1', NOW);

    expect(climb(0, 'nora')).toMatchObject({ member: { id: 'ines' }, level: 1 });
    expect(climb(1, 'ines')).toMatchObject({ member: { id: 'urs' }, level: 2 });
    expect(climb(2, 'urs')).toMatchObject({ member: { id: 'urs' }, level: 2 });
  });

  it('leaves out a level where nobody is', () => {
    expect(nextUp(withAbsent('ines'), 0, 'nora', 'shop/1', NOW)).toMatchObject({
      member: { id: 'urs' },
      level: 2,
    });
  });

  it('ends at the top even in a shop of one', () => {
    const alone: Configuration = configuration({ staff: configurationInput().staff.slice(0, 1) });

    expect(nextUp(alone, 0, 'nora', 'shop/1', NOW)).toMatchObject({ member: { id: 'nora' }, level: 1 });
    expect(nextUp(alone, 1, 'nora', 'shop/1', NOW)).toMatchObject({ member: { id: 'nora' }, level: 2 });
  });
});

describe('the spread of a text', () => {
  it('is that of FNV-1a', () => {
    expect(spread('')).toBe(0x811c9dc5);
    expect(spread('a')).toBe(0xe40c292c);
    expect(spread('foobar')).toBe(0xbf9cf968);
  });
});
