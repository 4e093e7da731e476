import { describe, expect, it } from 'vitest';
import { untilWhen, whatIsMeant } from '../../../bin/commands/pause/pause-flags.ts';
import { configuration } from '../../fixtures/configuration.ts';
import { at } from '../../fixtures/sales.ts';

const NOW = Date.parse(at(17));

describe('what is to be paused', () => {
  it('is everything, one shop connection or one journey', () => {
    expect(whatIsMeant(configuration(), {})).toEqual({ of: 'all' });
    expect(whatIsMeant(configuration(), { source: 'web' })).toEqual({ of: 'source', name: 'web' });
    expect(whatIsMeant(configuration(), { journey: 'class' })).toEqual({ of: 'journey', name: 'class' });
  });

  it('must exist, and be one thing; the message lists what there is', () => {
    expect(() => whatIsMeant(configuration(), { source: 'wbe' })).toThrow(
      'There are: shop, till, web, roastery.',
    );
    expect(() => whatIsMeant(configuration(), { journey: 'x' })).toThrow('There is no journey x.');
    expect(() => whatIsMeant(configuration(), { source: 'web', journey: 'class' })).toThrow(
      'Give one of them',
    );
  });
});

describe('the end of a pause', () => {
  it.each([
    [{}, at(18)],
    [{ for: 'PT30H' }, at(18, '16:00')],
    [{ for: 'P7D' }, at(24)],
    [{ until: '2026-11-17T13:00:00+02:00' }, at(17, '11:00')],
  ])('of %o is %s', (flags, until) => {
    expect(untilWhen(flags, NOW)).toBe(until);
  });

  it.each([
    [{ for: 'P8D' }, '7 days at most'],
    [{ until: at(16) }, 'over already'],
    [{ for: 'PT0S' }, 'over already'],
    [{ for: '-PT1H' }, 'over already'],
    [{ for: 'tomorrow' }, 'no length of time'],
    [{ until: 'tomorrow' }, 'no instant'],
    [{ for: 'PT1H', until: at(18) }, 'Give one of them'],
  ])('is refused for %o: %s', (flags, says) => {
    expect(() => untilWhen(flags, NOW)).toThrow(says);
  });
});
