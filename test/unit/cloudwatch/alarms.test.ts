import { beforeEach, describe, expect, it } from 'vitest';
import type { Depth } from '../../../lib/local/aws/sqs-messages.ts';
import type { Alarm } from '../../../lib/local/cloudwatch/alarm.ts';
import { type Alarms, createAlarms } from '../../../lib/local/cloudwatch/alarms.ts';
import { createGauges } from '../../../lib/local/cloudwatch/gauges.ts';
import { parseMath } from '../../../lib/local/cloudwatch/math-parser.ts';
import type { Metric } from '../../../lib/local/cloudwatch/metric.ts';
import { type MetricStore, openMetricStore } from '../../../lib/local/cloudwatch/metric-store.ts';
import { openStore, type Store } from '../../../lib/local/store.ts';

const MINUTE = 60_000;
const T0 = Date.UTC(2026, 2, 1, 12);
const PLACE = { region: 'us-east-1', accountId: '000000000000' };
const BEATS: Metric = { namespace: 'Shop', name: 'Beats', dimensions: {} };

let now: number;
let told: string[];
let store: Store;
let metrics: MetricStore;
let alarms: Alarms;

const silence = (own: Partial<Alarm['rule']> = {}): Alarm => ({
  logicalId: 'Silence',
  name: 'Silence',
  arn: 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:Silence',
  description: '',
  rule: {
    comparison: 'LessThanThreshold',
    threshold: 1,
    evaluationPeriods: 2,
    datapointsToAlarm: 2,
    missing: 'breaching',
    ...own,
  },
  queries: [{ id: 'm', kind: 'metric', metric: BEATS, stat: 'Sum', periodMs: MINUTE }],
  returns: 'm',
  periodMs: MINUTE,
  topics: { ALARM: ['alarm-topic'], OK: ['ok-topic'] },
  trigger: {},
});

const open = (rests?: (alarm: Alarm) => string | undefined) =>
  createAlarms({
    ...(rests === undefined ? {} : { rests }),
    ...{ store, metrics, place: PLACE, time: { now: () => now }, published: () => undefined },
    takeStock: async () => metrics.flush(),
    publish: (topic, _text, subject) => told.push(`${topic} ${subject.split(':')[0]}`),
  });

beforeEach(() => {
  now = T0;
  told = [];
  store = openStore(':memory:');
  metrics = openMetricStore(store, (error) => {
    throw error;
  });
  alarms = open();
});

/** Lives through minutes, with or without a beat in each. */
const live = async (alarm: Alarm, minutes: number, hasBeats: boolean) => {
  for (let minute = 0; minute < minutes; minute += 1) {
    if (hasBeats) metrics.observe(BEATS, 1, now);
    now += MINUTE;
    await alarms.lookAt([alarm]);
  }
  return alarms.now(alarm).state;
};

describe('an alarm on silence', () => {
  it('goes off once, when nothing has come for as long as CloudWatch looks back, and comes back once', async () => {
    const alarm = silence();

    const states = [
      await live(alarm, 10, true),
      await live(alarm, 2, false),
      await live(alarm, 5, false),
      await live(alarm, 10, true),
    ];

    expect(states).toEqual(['OK', 'OK', 'ALARM', 'OK']);
    expect(told).toEqual(['alarm-topic ALARM', 'ok-topic OK']);
    expect(alarms.changes(alarm).map(({ before, after }) => `${before} ${after}`)).toEqual([
      'ALARM OK',
      'OK ALARM',
      'INSUFFICIENT_DATA OK',
    ]);
  });

  const filled: Alarm = {
    ...silence(),
    queries: [
      ...silence().queries,
      { id: 'e', kind: 'math', expression: 'FILL(m, 0)', node: parseMath('FILL(m, 0)') },
    ],
    returns: 'e',
  };

  it.each([
    ['as it is', silence()],
    ['filled with zeros', filled],
  ])(
    '%s says nothing of time that was skipped, nor of time when the runtime was not there',
    async (_how, alarm) => {
      await live(alarm, 10, true);

      now += 7 * 86_400_000;
      await alarms.lookAt([alarm]);
      const afterMove = alarms.now(alarm).state;
      alarms = open();
      now += 86_400_000;
      await alarms.lookAt([alarm]);
      const afterStop = alarms.now(alarm).state;

      expect([afterMove, afterStop]).toEqual(['OK', 'OK']);
      expect(await live(alarm, 6, false)).toBe('ALARM');
    },
  );

  it.each([
    ['a gauge is as it was', 'Maximum', 'ALARM'],
    ['a counter that nobody told counted nothing', 'Sum', 'OK'],
  ] as const)('that went off before time was skipped: %s', async (_how, stat, after) => {
    const alarm: Alarm = {
      ...silence({ comparison: 'GreaterThanOrEqualToThreshold', missing: 'notBreaching' }),
      queries: [{ id: 'm', kind: 'metric', metric: BEATS, stat, periodMs: MINUTE }],
    };
    const before = await live(alarm, 5, true);

    now += 7 * 86_400_000;
    await alarms.lookAt([alarm]);

    expect([before, alarms.now(alarm).state]).toEqual(['ALARM', after]);
    expect(await live(alarm, 6, false)).toBe('OK');
  });

  it('rests, and says why, where what it waits for is not played; what it once was does not count then', async () => {
    const alarm = silence();
    await live(alarm, 10, true);
    await live(alarm, 6, false);
    const { state: before } = alarms.now(alarm);
    alarms = open(({ name }) => (name === 'Silence' ? 'Not played here' : undefined));
    told = [];

    await live(alarm, 10, false);

    expect(before).toBe('ALARM');
    expect(alarms.now(alarm)).toMatchObject({
      ...{ state: 'INSUFFICIENT_DATA', reason: 'Not played here', rests: 'Not played here' },
    });
    expect(told).toEqual([]);
  });

  it('looks once in a minute', async () => {
    const alarm = silence({ missing: 'missing' });
    let looks = 0;
    const counting = createAlarms({
      ...{ store, metrics, place: PLACE, time: { now: () => now }, published: () => undefined },
      takeStock: async () => {
        looks += 1;
      },
      publish: () => undefined,
    });

    for (const later of [0, 10_000, 59_999, 60_000]) {
      now = T0 + later;
      await counting.lookAt([alarm]);
    }

    expect(looks).toBe(2);
  });
});

describe('what is so at the end of each minute', () => {
  const sumOf = (
    namespace: string,
    name: string,
    dimensions: Record<string, string>,
    stat: 'Maximum' | 'SampleCount',
  ) =>
    metrics.read({ namespace, name, dimensions }, stat, {
      from: T0 - MINUTE,
      periodMs: 60 * MINUTE,
      slots: 1,
    })[0];

  it('is told of queues, executions and the mail service', async () => {
    const depths: Record<string, Depth> = {
      work: { visible: 0, inFlight: 0, delayed: 0, oldestSentAt: undefined },
      dead: { visible: 3, inFlight: 0, delayed: 0, oldestSentAt: T0 - 90_000 },
    };
    const takeStock = createGauges({
      metrics,
      queueNames: () => Object.keys(depths),
      depth: (name) => depths[name] ?? { visible: 0, inFlight: 0, delayed: 0, oldestSentAt: undefined },
      openExecutions: () => 7,
    });
    for (const [name, count] of [
      ['Send', 200],
      ['Bounce', 3],
      ['Complaint', 1],
    ] as const)
      metrics.observe({ namespace: 'AWS/SES', name, dimensions: {} }, count, T0 - 86_400_000);

    for (let minute = 0; minute < 5; minute += 1) await takeStock(T0 + minute * MINUTE);

    const visible = 'ApproximateNumberOfMessagesVisible';
    expect(sumOf('AWS/SQS', visible, { QueueName: 'dead' }, 'Maximum')).toBe(3);
    expect(sumOf('AWS/SQS', visible, { QueueName: 'dead' }, 'SampleCount')).toBe(5);
    expect(sumOf('AWS/SQS', visible, { QueueName: 'work' }, 'Maximum')).toBe(0);
    // An idle queue says so when an hour begins, and the first look is of the hour before.
    expect(sumOf('AWS/SQS', visible, { QueueName: 'work' }, 'SampleCount')).toBe(2);
    expect(sumOf('AWS/SQS', 'ApproximateAgeOfOldestMessage', { QueueName: 'dead' }, 'Maximum')).toBe(330);
    expect(sumOf('AWS/States', 'OpenExecutionCount', {}, 'Maximum')).toBe(7);
    expect(sumOf('AWS/SES', 'Reputation.BounceRate', {}, 'Maximum')).toBe(0.015);
    expect(sumOf('AWS/SES', 'Reputation.ComplaintRate', {}, 'Maximum')).toBe(0.005);
  });
});
