/** A stack written by hand, with whatever alarms and dashboards draw from: one function behind a URL, a queue, a topic. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Fails when it is told to; else counts one sale of its source in the log, in two pieces. */
const CODE = `
exports.handler = async ({ body }) => {
  if (body === 'fail') throw new Error('as told');
  const at = Number(body.split(' ')[0]);
  const line = JSON.stringify({
    _aws: { Timestamp: at, CloudWatchMetrics: [{ Namespace: 'Tiny', Dimensions: [['service']], Metrics: [{ Name: 'Sales', Unit: 'Count' }] }] },
    service: 'tiny', source: body.split(' ')[1], Sales: 1,
  });
  process.stdout.write(line.slice(0, 50));
  process.stdout.write(line.slice(50) + '\\n');
  return { statusCode: 200, body: '' };
};`;

const ref = (logicalId: string) => ({ Ref: logicalId });

const errors = (own: Record<string, unknown>) => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    AlarmName: 'Errors',
    AlarmDescription: 'A function fails.',
    Namespace: 'AWS/Lambda',
    MetricName: 'Errors',
    Dimensions: [{ Name: 'FunctionName', Value: ref('Work') }],
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 0,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'notBreaching',
    AlarmActions: [ref('Alarms')],
    OKActions: [ref('Alarms')],
    ...own,
  },
});

const place = (y: number) => ({ x: 0, y, width: 24, height: 2 });

/** The body, cut at `<<logical id>>` where CDK would put its intrinsic functions. */
const bodyOf = (widgets: readonly unknown[]) => {
  const parts = JSON.stringify({ widgets }).split(/<<(.*?)>>/);
  return { 'Fn::Join': ['', parts.map((part, index) => (index % 2 === 1 ? intrinsic(part) : part))] };
};

const intrinsic = (text: string) => {
  const [logicalId = '', attribute] = text.split('.');
  return attribute === undefined ? ref(logicalId) : { 'Fn::GetAtt': [logicalId, attribute] };
};

const sales = ['Tiny', 'Sales', 'service', 'tiny'];

const WIDGETS = [
  { type: 'text', ...place(0), properties: { markdown: '# Tiny' } },
  {
    type: 'metric',
    ...place(2),
    properties: {
      title: 'Sales',
      view: 'singleValue',
      sparkline: true,
      setPeriodToTimeRange: true,
      region: 'us-east-1',
      metrics: [
        [...sales, { stat: 'Sum', id: 's', period: 3600 }],
        [{ expression: 's * 2', label: 'twice', color: '#00ff00' }],
      ],
    },
  },
  {
    type: 'metric',
    ...place(4),
    properties: {
      title: 'Runs',
      view: 'timeSeries',
      stacked: true,
      stat: 'Sum',
      period: 60,
      metrics: [['AWS/Lambda', 'Invocations', 'FunctionName', '<<Work>>', { visible: true }]],
      yAxis: { left: { min: 0, label: 'runs', showUnits: false } },
      annotations: { horizontal: [{ value: 5, label: 'many', yAxis: 'left' }] },
    },
  },
  { type: 'alarm', ...place(6), properties: { title: 'Alarms', alarms: ['<<Errors.Arn>>'] } },
];

export type TinyStack = {
  readonly alarm?: Record<string, unknown>;
  readonly widgets?: readonly unknown[];
  readonly more?: Record<string, unknown>;
};

const resourcesOf = ({ alarm = {}, widgets = WIDGETS, more = {} }: TinyStack) => ({
  Work: {
    Type: 'AWS::Lambda::Function',
    Properties: { Code: { S3Key: 'work.zip' }, Handler: 'index.handler', Runtime: 'nodejs24.x' },
  },
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP', Name: 'Api' } },
  Stage: {
    Type: 'AWS::ApiGatewayV2::Stage',
    Properties: { ApiId: ref('Api'), StageName: '$default', AutoDeploy: true },
  },
  Integration: {
    Type: 'AWS::ApiGatewayV2::Integration',
    Properties: {
      ApiId: ref('Api'),
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: { 'Fn::GetAtt': ['Work', 'Arn'] },
      PayloadFormatVersion: '2.0',
    },
  },
  Route: {
    Type: 'AWS::ApiGatewayV2::Route',
    Properties: {
      ApiId: ref('Api'),
      RouteKey: 'POST /work',
      Target: { 'Fn::Join': ['', ['integrations/', ref('Integration')]] },
    },
  },
  Alarms: { Type: 'AWS::SNS::Topic', Properties: {} },
  Errors: errors(alarm),
  Board: {
    Type: 'AWS::CloudWatch::Dashboard',
    Properties: { DashboardName: 'Tiny', DashboardBody: bodyOf(widgets) },
  },
  ...more,
});

/** Writes it as `cdk synth` would, and answers the folder. */
export const writeTinyStack = (folder: string, stack: TinyStack = {}): string => {
  mkdirSync(join(folder, 'work'), { recursive: true });
  const write = (name: string, value: unknown) => writeFileSync(join(folder, name), JSON.stringify(value));
  writeFileSync(join(folder, 'work', 'index.js'), CODE);
  write('manifest.json', {
    artifacts: {
      Tiny: { type: 'aws:cloudformation:stack', properties: { templateFile: 'tiny.json' } },
    },
  });
  write('tiny.json', { Resources: resourcesOf(stack) });
  write('Tiny.assets.json', {
    files: {
      work: {
        source: { path: 'work', packaging: 'zip' },
        destinations: { here: { objectKey: 'work.zip' } },
      },
    },
  });
  return folder;
};
