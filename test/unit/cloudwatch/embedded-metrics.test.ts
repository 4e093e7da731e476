import { describe, expect, it } from 'vitest';
import { createTellings, type Told, toldIn } from '../../../lib/local/cloudwatch/embedded-metrics.ts';

const LINE = JSON.stringify({
  _aws: {
    Timestamp: 1_780_000_000_000,
    CloudWatchMetrics: [
      {
        Namespace: 'Shop',
        Dimensions: [['service'], []],
        Metrics: [
          { Name: 'Sales', Unit: 'Count' },
          { Name: 'Seconds', Unit: 'Seconds' },
        ],
      },
    ],
  },
  service: 'aftercare',
  source: 'wöb',
  Sales: 2,
  Seconds: [1.5, 2],
});

const told = (dimensions: Record<string, string>, name: string, value: number): Told => ({
  metric: { namespace: 'Shop', name, dimensions },
  value,
  at: 1_780_000_000_000,
});

const ALL = [{ service: 'aftercare' }, {}].flatMap((dimensions) => [
  told(dimensions, 'Sales', 2),
  told(dimensions, 'Seconds', 1.5),
  told(dimensions, 'Seconds', 2),
]);

describe('a line in the embedded metric format', () => {
  it('tells each value of each metric for each set of dimensions, at its own time', () => {
    expect(toldIn(LINE)).toEqual(ALL);
  });

  it.each(['plain words', '{"level":"INFO"}', '{"_aws":', '{"_aws":{"Timestamp":"now"}}', ''])(
    'is not %j',
    (line) => {
      expect(toldIn(line)).toEqual([]);
    },
  );

  it.each([1, 7, 100])('is understood in pieces of %i bytes, among other lines', (size) => {
    const found: Told[] = [];
    const hear = createTellings((one) => found.push(one));
    const bytes = Buffer.from(`START\n${LINE}\nEND\n`);

    for (let at = 0; at < bytes.length; at += size) hear('work', bytes.subarray(at, at + size));

    expect(found).toEqual(ALL);
  });

  it('is not mixed up with what another function writes meanwhile', () => {
    const found: Told[] = [];
    const hear = createTellings((one) => found.push(one));

    hear('work', Buffer.from(LINE.slice(0, 60)));
    hear('other', Buffer.from('noise\n'));
    hear('work', Buffer.from(`${LINE.slice(60)}\n`));

    expect(found).toEqual(ALL);
  });
});
