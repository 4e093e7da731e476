import { describe, expect, it } from 'vitest';
import { computeMath } from '../../../lib/local/cloudwatch/math.ts';
import { idsIn, MathError, parseMath } from '../../../lib/local/cloudwatch/math-parser.ts';
import type { Values } from '../../../lib/local/cloudwatch/metric.ts';

const _ = undefined;
const SERIES: Readonly<Record<string, Values>> = {
  a: [1, 2, _, 4],
  b: [10, _, _, 0],
  none: [_, _, _, _],
};
const compute = (expression: string) => computeMath(parseMath(expression), (id) => SERIES[id] ?? []);

describe('metric math', () => {
  it.each<[string, unknown]>([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['10 - 2 - 3', 5],
    ['-2 * -3.5', 7],
    ['a', [1, 2, _, 4]],
    ['a * 100', [100, 200, _, 400]],
    ['-a', [-1, -2, _, -4]],
    ['a + b', [11, _, _, 4]],
    ['100 * a / (a + b)', [100 / 11, _, _, 100]],
    ['a / b', [0.1, _, _, _]],
    ['a > 1', [0, 1, _, 1]],
    ['a + 1 >= 3', [0, 1, _, 1]],
    ['a == 2', [0, 1, _, 0]],
    ['a != 2', [1, 0, _, 1]],
    ['FILL(a, 0)', [1, 2, 0, 4]],
    ['FILL(b, REPEAT)', [10, 10, 10, 0]],
    ['FILL(none, REPEAT)', [_, _, _, _]],
    ['FILL(none, 7)', [7, 7, 7, 7]],
    ['FILL(a, -1)', [1, 2, -1, 4]],
    ['FILL(a, 0) + FILL(b, 0)', [11, 2, 0, 4]],
    ['IF(a > 1, a, 0)', [0, 2, _, 4]],
    ['IF(FILL(a, 0) > 1, 1, FILL(b, 5))', [10, 1, 5, 1]],
    ['MAX([a, b])', [10, 2, _, 4]],
    ['MIN([a, b, 3])', [1, 2, 3, 0]],
    ['SUM([a, b])', [11, 2, _, 4]],
    ['AVG([a, b])', [5.5, 2, _, 2]],
    ['SUM(a)', 7],
    ['AVG(a)', 7 / 3],
    ['a - MIN(a)', [0, 1, _, 3]],
    ['MAX(none)', _],
  ])('computes %s', (expression, wanted) => {
    expect(compute(expression)).toEqual(wanted);
  });

  it.each([
    ['a +', 'character 4: it ends too early'],
    ['a $ b', 'character 2: this cannot be read'],
    ['a b', 'character 3: b was not expected here'],
    ['(a', 'character 3: ) was expected here'],
    ['RATE(a)', 'character 1: RATE is not played on one machine'],
    ['SEARCH(a)', 'SEARCH is not played'],
    ['FILL(a)', 'character 7: , was expected here'],
    ['FILL(a, LINEAR)', 'character 9: a number was expected here'],
    ['IF(a, 1)', 'character 8: , was expected here'],
    ['M1 + 1', 'character 1: M1 is not an id'],
    ['', 'it ends too early'],
  ])('refuses %j with its place', (expression, reason) => {
    expect(() => parseMath(expression)).toThrow(MathError);
    expect(() => parseMath(expression)).toThrow(reason);
  });

  it('knows the ids that it speaks of', () => {
    const node = parseMath('IF(a > 1, FILL(b, 0), -SUM([c, d / MAX(e)]))');

    expect(idsIn(node)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });
});
