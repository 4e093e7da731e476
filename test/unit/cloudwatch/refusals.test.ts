import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readAssembly } from '../../../lib/local/stack/assembly.ts';
import { readStack } from '../../../lib/local/stack/model.ts';
import { type TinyStack, writeTinyStack } from './tiny-stack.ts';

const folder = mkdtempSync(join(tmpdir(), 'refusals-'));
afterAll(() => rmSync(folder, { recursive: true }));

const read = (stack: TinyStack) =>
  readStack(readAssembly(writeTinyStack(folder, stack)), {
    ...{ region: 'us-east-1', accountId: '000000000000' },
    ...{ awsUrl: 'http://localhost:1', publicUrl: 'http://localhost:2' },
  });

const metricsWith = (metrics: unknown, own: object = {}) => ({
  widgets: [{ type: 'metric', width: 6, height: 6, properties: { metrics, ...own } }],
});
const logWith = (query: string) => ({
  widgets: [{ type: 'log', width: 6, height: 6, properties: { query } }],
});
const line = ['Tiny', 'Sales', 'service', 'tiny'];
const math = { Id: 'e', Expression: 'm + n' };
const stat = (Id: string, Period: number) => ({
  Id,
  ReturnData: false,
  MetricStat: { Metric: { Namespace: 'A', MetricName: 'B' }, Period, Stat: 'Sum' },
});
const instead = (Metrics: unknown) => ({
  alarm: {
    Metrics,
    Namespace: undefined,
    MetricName: undefined,
    Dimensions: undefined,
    Statistic: undefined,
    Period: undefined,
  },
});

describe('what one machine cannot evaluate is refused at the start, by name', () => {
  it.each<[string, TinyStack, RegExp]>([
    [
      'a composite alarm',
      { more: { C: { Type: 'AWS::CloudWatch::CompositeAlarm' } } },
      /C \(AWS::CloudWatch::CompositeAlarm\)/,
    ],
    ['a band of anomaly detection', { alarm: { ThresholdMetricId: 'ad1' } }, /Errors .*ThresholdMetricId/],
    [
      'an action that is no topic',
      { alarm: { AlarmActions: ['arn:aws:lambda:x'] } },
      /Errors[\s\S]*only topics/,
    ],
    ['a statistic', { alarm: { Statistic: 'tm90' } }, /Errors[\s\S]*statistic tm90/],
    ['a period', { alarm: { Period: 10 } }, /Errors[\s\S]*periods of 60/],
    [
      'a metric of AWS',
      { alarm: { MetricName: 'IteratorAge' } },
      /Errors[\s\S]*no metric IteratorAge of AWS\/Lambda; it has Invocations/,
    ],
    [
      'dimensions of AWS',
      { alarm: { Dimensions: [] } },
      /AWS\/Lambda Errors has other dimensions: FunctionName/,
    ],
    ['a namespace of AWS', { alarm: { Namespace: 'AWS/EC2' } }, /no metrics of AWS\/EC2/],
    ['more data points than there are', { alarm: { DatapointsToAlarm: 2 } }, /more data points/],
    ['an id that is not there', instead([math, stat('m', 60)]), /Errors.*speaks of n/],
    ['mixed periods', instead([math, stat('m', 60), stat('n', 300)]), /Errors.*mixes/],
    ['a circle', instead([{ Id: 'e', Expression: 'e + 1' }]), /Errors.*computed from itself/],
    [
      'a function of metric math',
      instead([{ Id: 'e', Expression: 'RATE(m)' }, stat('m', 60)]),
      /RATE is not played/,
    ],
    ['a search', metricsWith([[{ expression: "SEARCH('x', 'Sum')" }]]), /Board[\s\S]*cannot be read/],
    ['a short form of a metric', metricsWith([line, ['...', '.']]), /Board[\s\S]*short forms/],
    ['a pie', metricsWith([line], { view: 'pie' }), /Board[\s\S]*view/],
    ['a vertical line', metricsWith([line], { annotations: { vertical: [] } }), /Board[\s\S]*vertical/],
    [
      'another widget',
      { widgets: [{ type: 'explorer', width: 1, height: 1, properties: {} }] },
      /Board[\s\S]*type/,
    ],
    [
      'an alarm of another stack',
      { widgets: [{ type: 'alarm', width: 1, height: 1, properties: { alarms: ['arn:x'] } }] },
      /Board.*arn:x/,
    ],
    ['a log query', logWith("SOURCE '/aws/lambda/Tiny-Work' | parse @message '*' as x"), /Board[\s\S]*parse/],
    ['the log of nobody', logWith("SOURCE 'other' | stats count(*) as n"), /Board.*other/],
  ])('%s', (_what, stack, message) => {
    expect(() => read(stack)).toThrow(message);
  });

  it('and the rest is read', () => {
    const { alarms, dashboards } = read({
      ...instead([{ ...math, Label: 'sum' }, stat('m', 300), stat('n', 300)]),
      widgets: logWith("SOURCE '/aws/lambda/Tiny-Work' | stats count(*) as n").widgets,
    });

    expect(alarms).toMatchObject([
      {
        name: 'Errors',
        returns: 'e',
        periodMs: 300_000,
        rule: { evaluationPeriods: 1, datapointsToAlarm: 1, missing: 'notBreaching' },
        topics: { ALARM: ['arn:aws:sns:us-east-1:000000000000:Tiny-Alarms'] },
      },
    ]);
    expect(dashboards).toMatchObject([{ name: 'Tiny', widgets: [{ type: 'log', title: '' }] }]);
  });
});
