import { beforeAll, describe, expect, it } from 'vitest';
import { fromConsole } from './drawing.ts';

type Drawing = Awaited<ReturnType<typeof fromConsole>>;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Midnight where this machine is, as the axis counts. */
const midnight = new Date(2026, 10, 16).getTime();

describe('the figures at the edge of a chart', () => {
  let roundTicks: Drawing;
  let timeTicks: Drawing;
  let figure: Drawing;
  beforeAll(async () => {
    roundTicks = await fromConsole('scales.js', 'roundTicks');
    timeTicks = await fromConsole('scales.js', 'timeTicks');
    figure = await fromConsole('scales.js', 'figure');
  });

  it.each([
    [0, 0, false, ['0', '0.5', '1']],
    [0, 1, true, ['0', '1']],
    [0, 3, true, ['0', '1', '2', '3']],
    [0, 0.04, false, ['0', '0.01', '0.02', '0.03', '0.04']],
    [0, 7, true, ['0', '2', '4', '6', '8']],
    [0, 100, false, ['0', '50', '100']],
    [0, 1038, true, ['0', '500', '1,000', '1,500']],
    [0, 100_000, true, ['0', '50K', '100K']],
    [0, 3_400_000, true, ['0', '1M', '2M', '3M', '4M']],
    [-4, 5, false, ['-5', '0', '5']],
    [95, 100, false, ['94', '96', '98', '100']],
  ])('from %d to %d (whole: %s) they are %j', (min, max, isWhole, labels) => {
    expect(roundTicks(min, max, { isWhole })).toEqual(
      labels.map((label) => expect.objectContaining({ label })),
    );
  });

  it.each([
    [
      'three hours',
      midnight + 9 * HOUR + 1,
      3 * HOUR,
      6,
      ['09:30', '10:00', '10:30', '11:00', '11:30', '12:00'],
    ],
    ['a day', midnight + 13 * HOUR, DAY, 4, ['18:00', '17 Nov', '06:00', '12:00']],
    ['a week', midnight + HOUR, 7 * DAY, 4, ['18 Nov', '20 Nov', '22 Nov']],
    [
      'half a year',
      midnight,
      181 * DAY,
      7,
      ['16 Nov', '16 Dec', '15 Jan', '14 Feb', '16 Mar', '15 Apr', '15 May'],
    ],
  ])('%s is told by full hours or days', (_name, from, span, count, labels) => {
    expect(timeTicks(from, from + span, count)).toEqual(
      labels.map((label) => expect.objectContaining({ label })),
    );
  });

  it.each([
    [0, '0'],
    [0.03333, '0.0333'],
    [97.31, '97.3'],
    [1234.5, '1,235'],
    [100_000, '100,000'],
    [1_234_567, '1.23M'],
  ])('%d is written %s', (value, words) => {
    expect(figure(value)).toBe(words);
  });
});
