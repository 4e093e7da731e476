/** Our bill beside others', checked against sums done by hand. */
import { describe, expect, it } from 'vitest';
import { compare } from '../../../lib/cost/compare.ts';
import type { Units } from '../../../lib/cost/units.ts';

const of = (mails: number, lambdaRequests: number): Units => ({
  stateTransitions: 4,
  mails,
  lambdaRequests,
  writeUnits: 0,
  readUnits: 0,
  queueCalls: 0,
  httpRequests: 0,
  pages: 0,
  logBytes: 0,
});

describe('a bill reckoned as the others were', () => {
  it('counts the mails that they count on each path, and their Lambda', () => {
    const compared = compare({
      happy: of(1, 10),
      reminded: of(2, 10),
      silent: of(3, 10),
      unhappy: of(4, 10),
    });

    const lambda = 10 * (0.2 + 0.05 * 13.3334);
    const theirLambda = 10 * (0.2 + 0.015 * 13.3334);
    expect(compared.asSent).toBeCloseTo(100 + 255 + lambda, 6);
    expect(compared.withTheirMails).toBeCloseTo(100 + 245 + lambda, 6);
    expect(compared.withTheirMailsAndLambda).toBeCloseTo(100 + 245 + theirLambda, 6);
  });
});
