import { describe, expect, it } from 'vitest';
import { mixOf } from '../../../bin/commands/cost/cost-mix.ts';

describe('the mix', () => {
  it('is the usual one when nothing is said', () => {
    expect(mixOf(undefined)).toEqual({ happy: 20, reminded: 10, silent: 65, unhappy: 5 });
  });

  it('leaves out what is not named', () => {
    expect(mixOf('happy=90, unhappy=10')).toEqual({ happy: 90, reminded: 0, silent: 0, unhappy: 10 });
  });

  it.each([
    ['happy=90', /adds up to 90 percent/],
    ['glad=100', /"glad=100" cannot be read/],
    ['happy=', /"happy=" cannot be read/],
    ['happy=-5,silent=105', /"happy=-5" cannot be read/],
  ])('%s is refused with the way to write it', (text, words) => {
    expect(() => mixOf(text)).toThrow(words);
    expect(() => mixOf(text)).toThrow(/happy=20,reminded=10/);
  });
});
