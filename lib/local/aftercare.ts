/** Aftercare on one machine: the runtime, playing our stack with our console. */
import type { Configuration } from '../../functions/core/configuration.ts';
import type { MetricName } from '../../functions/core/operations/metrics.ts';
import { mailRateOf } from './aws/mail-pace.ts';
import type { Alarm } from './cloudwatch/alarm.ts';
import { CONSOLE_HEADERS, consoleAsset } from './console/console-asset.ts';
import type { ContractParts } from './contract/contract.ts';
import { createFailpoints } from './failpoints.ts';
import type { LocalAnswer, LocalRequest } from './http-api/exchange.ts';
import { secretsOf, shopCredentials } from './local-secrets.ts';
import { type Runtime, type RuntimeParts, startRuntime } from './runtime.ts';
import { consoleOrders } from './sample-orders/console-orders.ts';
import { createSampleOrders } from './sample-orders/sample-orders.ts';
import type { SmtpPort } from './smtp-in.ts';

type Options = {
  config: Configuration;
  /** The folder that the CDK app synthesized into. */
  assembly: string;
  dataDir: string;
  port: number;
  awsPort: number;
  smtpIn?: SmtpPort | undefined;
  /** False: nothing is called by the clock of the stack, as for a meter that shall only see sales. */
  hasSchedules?: boolean | undefined;
  /** Whether the hourly synthetic sale is made. */
  withCanary?: boolean | undefined;
  host?: string | undefined;
  /** How many threads the functions run in, beside that of everything else; without it they run in that one. */
  threads?: number | undefined;
  environment: NodeJS.ProcessEnv;
  log(line: string): void;
};

const asset = (path: string): LocalAnswer | undefined => {
  const found = consoleAsset(path);
  return found === undefined
    ? undefined
    : { status: 200, headers: { ...CONSOLE_HEADERS, 'content-type': found.contentType }, body: found.body };
};

/** The view reads through the AWS SDK, which takes longer to load than any other part of the runtime. */
const salesOnFirstLook = (parts: RuntimeParts, config: Configuration): ContractParts['sales'] => {
  let opened: Promise<ContractParts['sales']> | undefined;
  const open = () => {
    opened ??= import('./sales-view.ts').then(({ createSalesView }) => createSalesView(parts, config));
    return opened;
  };
  return {
    describe: async (source, orderId) => (await open()).describe(source, orderId),
    list: async () => (await open()).list(),
    parked: async () => (await open()).parked?.(),
    pauses: async (now) => (await open()).pauses?.(now),
  };
};

/** Of 32 letters, as the one that a deployment generates. */
const CANARY_SECRET = 'LocalCanarySecretOfThisMachine00';

const CANARY_PASSED: MetricName = 'CanaryPassed';

const isOfCanary = ({ logicalId }: { logicalId: string }): boolean => logicalId.startsWith('Canary');
const isOfPull = ({ logicalId }: { logicalId: string }): boolean => logicalId.startsWith('Pull');

/** Silence of something that is not played is no trouble. */
const waitsForCanary = ({ queries, rule }: Alarm): boolean =>
  rule.missing === 'breaching' &&
  queries.some((query) => query.kind === 'metric' && query.metric.name === CANARY_PASSED);

export const startAftercare = ({
  config,
  environment,
  withCanary = false,
  hasSchedules = true,
  ...options
}: Options): Promise<Runtime> => {
  const secretOf = (source: string): string[] => {
    const known = config.sources[source];
    return known === undefined ? [] : secretsOf(source, known.kind, environment);
  };
  return startRuntime({
    ...options,
    smtpUrl: environment['SMTP_URL'],
    mailRate: mailRateOf(environment),
    reach: createFailpoints(environment),
    alarmRests: (alarm) =>
      !withCanary && waitsForCanary(alarm) ? 'Not played here (npm start -- --canary)' : undefined,
    plays: (schedule) => hasSchedules && (withCanary || !isOfCanary(schedule)),
    secrets: (secret) => {
      if (isOfCanary(secret)) return CANARY_SECRET;
      if (isOfPull(secret)) return JSON.stringify(shopCredentials(config.sources, environment));
      const names = Object.keys(config.sources);
      return JSON.stringify(Object.fromEntries(names.map((source) => [source, secretOf(source)])));
    },
    sales: (parts) => salesOnFirstLook(parts, config),
    console: ({ url, time }) => {
      const samples = createSampleOrders({
        url: () => url,
        secretOf: (source) => secretOf(source)[0] ?? '',
        sources: config.sources,
        now: time.now,
      });
      const orders = consoleOrders(samples);
      return async (request: LocalRequest) =>
        request.method === 'POST' ? orders(request) : asset(request.path);
    },
  });
};
