/** Writes a month of metrics and log lines into a data folder, as so many sales would have left them. */
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dashboard } from '../../lib/local/cloudwatch/dashboard.ts';
import type { Metric } from '../../lib/local/cloudwatch/metric.ts';
import { openMetricStore } from '../../lib/local/cloudwatch/metric-store.ts';
import { readAssembly } from '../../lib/local/stack/assembly.ts';
import { readStack } from '../../lib/local/stack/model.ts';
import { LOCAL_ACCOUNT, LOCAL_REGION } from '../../lib/local/stack/place.ts';
import { openStore } from '../../lib/local/store.ts';

const HOUR = 3_600_000;
const DAYS = 30;
const TOLD_AN_HOUR = 4;

/** How often a sale brings each, on the whole. What is not here happens to none of them. */
const PER_SALE: Readonly<Record<string, number>> = {
  SalesIn: 1,
  CheckInsSent: 0.95,
  ContactsInTime: 0.93,
  ContactsLate: 0.015,
  RepliesDelighted: 0.3,
  RepliesContent: 0.2,
  RepliesUnhappy: 0.04,
  RepliesUnread: 0.01,
  SalesSilent: 0.35,
  SalesRecovered: 0.03,
  PromisesMade: 0.4,
  PromisesKept: 0.3,
  PromisesLate: 0.02,
  PromisesBroken: 0.005,
  PromisesAssumed: 0.05,
  MailsSent: 2.4,
  MailsArrived: 2.35,
  MailsBounced: 0.02,
  MailsComplained: 0.0002,
  Send: 2.4,
  Delivery: 2.35,
  Bounce: 0.02,
  LateReplies: 0.01,
  EventsParked: 0.0005,
  TokenMisses: 0.002,
  Invocations: 8,
  Count: 4,
  '4xx': 0.02,
  ExecutionsStarted: 1,
  ExecutionsSucceeded: 0.9,
  NumberOfMessagesSent: 2,
  ConsumedWriteCapacityUnits: 16,
  ConsumedReadCapacityUnits: 18,
  ConditionalCheckFailedRequests: 0.3,
};

/** What is told again and again, whatever was sold. */
const NOW_AND_THEN: Readonly<Record<string, (wave: number, sales: number) => number>> = {
  PromisesOpen: (wave, sales) => Math.ceil((wave * sales) / 400),
  OverdueWaits: () => 0,
  EscalationsUnanswered: () => 0,
  SourcesSilent: () => 0,
  SendsPaused: () => 0,
  SendingDisabled: () => 0,
  SendQuotaUsed: (wave) => 10 + 20 * wave,
  CanaryPassed: () => 1 / TOLD_AN_HOUR,
  FirstAnswerSeconds: (wave) => 1800 + 3600 * wave,
  ResolutionSeconds: (wave) => 40_000 + 30_000 * wave,
  Duration: (wave) => 60 + 200 * wave,
  Latency: (wave) => 40 + 80 * wave,
  ApproximateNumberOfMessagesVisible: () => 0,
  ApproximateAgeOfOldestMessage: (wave) => Math.round(2 * wave),
  OpenExecutionCount: (wave, sales) => Math.round(sales * (0.4 + 0.1 * wave)),
  ConcurrentExecutions: (wave) => Math.ceil(5 * wave),
};

/** The day has a middle and the week an end. */
const waveAt = (at: number): number => {
  const hour = (at / HOUR) % 24;
  const isWeekend = [0, 6].includes(new Date(at).getUTCDay());
  return Math.max(0.02, Math.sin(((hour - 6) / 14) * Math.PI)) * (isWeekend ? 0.4 : 1);
};

const stackOf = (assembly: string) =>
  readStack(readAssembly(assembly), {
    region: LOCAL_REGION,
    accountId: LOCAL_ACCOUNT,
    awsUrl: 'http://127.0.0.1:8788',
    publicUrl: 'http://localhost:8787',
  });

/** Every metric that a dashboard of the stack shows. */
const metricsOf = (dashboards: readonly Dashboard[]): Metric[] => {
  const found = new Map<string, Metric>();
  for (const { widgets } of dashboards)
    for (const widget of widgets)
      for (const query of widget.type === 'metric' ? widget.queries : [])
        if (query.kind === 'metric') found.set(JSON.stringify(query.metric), query.metric);
  return [...found.values()];
};

const momentsUntil = (now: number): number[] =>
  Array.from(
    { length: DAYS * 24 * TOLD_AN_HOUR },
    (_, index) => now - (DAYS * 24 * TOLD_AN_HOUR - index) * (HOUR / TOLD_AN_HOUR),
  );

const SHOPS = ['shopify', 'shopify', 'woocommerce', 'stripe', 'standard'];
const KINDS = ['call', 'answer', 'resolve', 'visit'];

const lineOf = (at: number, values: Record<string, unknown>) =>
  `${JSON.stringify({ _aws: { Timestamp: at, CloudWatchMetrics: [{ Namespace: 'Aftercare', Dimensions: [['service']] }] }, service: 'aftercare', ...values })}\n`;

const writeLogs = (
  folder: string,
  nameOf: (part: string) => string,
  moments: readonly number[],
  shares: readonly number[],
) => {
  mkdirSync(folder, { recursive: true });
  const write = (part: string, lines: string[]) => {
    const file = join(folder, `${nameOf(part)}.log`);
    writeFileSync(file, '');
    for (let from = 0; from < lines.length; from += 10_000)
      appendFileSync(file, lines.slice(from, from + 10_000).join(''));
  };
  const sales = moments.flatMap((at, index) => Array.from({ length: shares[index] ?? 0 }, () => at));
  write(
    'StartFollowUp',
    sales.map((at, n) => lineOf(at, { SalesIn: 1, source: SHOPS[n % SHOPS.length] })),
  );
  write(
    'MakePromise',
    sales
      .filter((_, n) => n % 3 === 0)
      .map((at, n) => lineOf(at, { PromisesMade: 1, kind: KINDS[n % 4], level: n % 10 === 0 ? 1 : 0 })),
  );
  write(
    'Sweep',
    moments
      .filter((_, index) => index % TOLD_AN_HOUR === 0)
      .flatMap((at) =>
        KINDS.map((kind, level) => lineOf(at, { PromisesOpen: 4 - level, kind, level: level % 3 })),
      ),
  );
};

/** Resolves to the number of points written. */
export const fillMetrics = async (
  assembly: string,
  dataDir: string,
  sales: number,
  now: number,
): Promise<number> => {
  const stack = stackOf(assembly);
  const store = openStore(join(dataDir, 'aftercare.sqlite'));
  const metrics = openMetricStore(store, (error) => {
    throw error;
  });
  const moments = momentsUntil(now);
  const whole = moments.reduce((sum, at) => sum + waveAt(at), 0);
  let points = 0;
  for (const metric of metricsOf(stack.dashboards)) {
    const rate = PER_SALE[metric.name];
    const gauge = NOW_AND_THEN[metric.name];
    if (rate === undefined && gauge === undefined) continue;
    let carried = 0;
    for (const at of moments) {
      carried += gauge ? 0 : ((rate ?? 0) * sales * waveAt(at)) / whole;
      const value = gauge ? gauge(waveAt(at), sales) : Math.floor(carried);
      if (!gauge && value === 0) continue;
      carried -= gauge ? 0 : value;
      metrics.observe(metric, value, at);
      points += 1;
    }
    await metrics.flush();
  }
  let owed = 0;
  const shares = moments.map((at) => {
    owed += (sales * waveAt(at)) / whole;
    const share = Math.floor(owed + 1e-9);
    owed -= share;
    return share;
  });
  const nameOf = (part: string) => stack.functions.find(({ name }) => name.includes(part))?.name ?? part;
  writeLogs(join(dataDir, 'logs'), nameOf, moments, shares);
  store.close();
  return points;
};
