/** The synthesized stack on one machine: puts the parts together, starts them in order and stops them again. */
import { join } from 'node:path';
import { listen, urlOf } from './addresses.ts';
import { type Dynamodb, openDynamodb } from './aws/dynamodb.ts';
import { type AwsEndpoint, createAwsEndpoint } from './aws/endpoint.ts';
import { createInbound, type Inbound } from './aws/inbound.ts';
import { createLambda } from './aws/lambda.ts';
import { callsAtRate, createMailPace } from './aws/mail-pace.ts';
import { openMailRelay } from './aws/mail-relay.ts';
import { type Mailbox, openMailbox } from './aws/mailbox.ts';
import { createS3, type S3 } from './aws/s3.ts';
import { createSecretsManager } from './aws/secrets-manager.ts';
import { createSes, type Ses } from './aws/ses.ts';
import { createPublisher } from './aws/ses-publisher.ts';
import { createSns, type Sns } from './aws/sns.ts';
import { createSqs, type Sqs } from './aws/sqs.ts';
import { type Closers, createClosers } from './closers.ts';
import type { Alarm } from './cloudwatch/alarm.ts';
import { type CloudWatch, createCloudWatch } from './cloudwatch/cloudwatch.ts';
import { openMetrics } from './cloudwatch/open-metrics.ts';
import { type ContractParts, createContract } from './contract/contract.ts';
import { holdDataFolder } from './data-folder.ts';
import { followErasures } from './erasure.ts';
import type { ReachPoint } from './failpoints.ts';
import { createFrontDoor } from './front-door.ts';
import { jsonAnswer } from './http-api/exchange.ts';
import { createGateway } from './http-api/gateway.ts';
import { createLogFiles } from './lambda/log-files.ts';
import { createLambdaRunner, type LambdaRunner } from './lambda/runner.ts';
import { createMeter, type Meter } from './meter.ts';
import { sweepOldBytes } from './old-bytes.ts';
import { provision } from './provision.ts';
import { playSchedules } from './schedule/player.ts';
import { openSmtpIn, type SmtpPort } from './smtp-in.ts';
import { readAssembly } from './stack/assembly.ts';
import { shortMachineName } from './stack/machine-names.ts';
import { readStack, type Stack } from './stack/model.ts';
import { LOCAL_ACCOUNT, LOCAL_REGION } from './stack/place.ts';
import type { Schedule } from './stack/schedules.ts';
import type { Secret } from './stack/secrets.ts';
import { createStepFunctions, type StepFunctions } from './step-functions/step-functions.ts';
import { onceDurable } from './store/once-durable.ts';
import { openStore } from './store.ts';
import { createTimekeeper, type Timekeeper } from './time.ts';
import { warmWebhooks } from './warm-webhooks.ts';

export type RuntimeParts = {
  /** Of the HTTP API and the console. */
  readonly url: string;
  /** Of the AWS parts, for AWS SDKs and the AWS CLI. */
  readonly awsUrl: string;
  readonly awsCalls: AwsEndpoint['calls'];
  /** Where mail comes in by SMTP, undefined when it does not. */
  readonly smtpPort: number | undefined;
  readonly stack: Stack;
  readonly time: Timekeeper;
  readonly meter: Meter;
  readonly mailbox: Mailbox;
  readonly lambda: LambdaRunner;
  readonly stepFunctions: StepFunctions;
  readonly dynamodb: Dynamodb;
  readonly sqs: Sqs;
  readonly ses: Ses;
  readonly sns: Sns;
  readonly s3: S3;
  readonly inbound: Inbound;
  readonly cloudWatch: CloudWatch;
};

export type RuntimeOptions = {
  /** The folder that `cdk synth` wrote. */
  readonly assembly: string;
  readonly dataDir: string;
  /** Ports; 0 takes a free one. */
  readonly port: number;
  readonly awsPort: number;
  /** The address to listen on, 127.0.0.1 unless given. */
  readonly host?: string | undefined;
  /** Where mail comes in by SMTP; without it none does. */
  readonly smtpIn?: SmtpPort | undefined;
  /** Where each mail is also sent to. */
  readonly smtpUrl?: string | undefined;
  /** Mails per second; as fast as they come unless given. */
  readonly mailRate?: number | undefined;
  /** Told of points at which tests let the process die. */
  readonly reach?: ReachPoint | undefined;
  /** How many the functions run in; without it they run in this one. */
  readonly threads?: number | undefined;
  /** Which schedules are played; all of them when left out. */
  plays?(schedule: Schedule): boolean;
  /** Why an alarm is not looked at, because what it waits for is not played; undefined when it is. */
  alarmRests?(alarm: Alarm): string | undefined;
  /** What a secret of the stack holds. */
  secrets(secret: Secret): string;
  /** The parts are there before the first call of what these give. */
  sales(parts: RuntimeParts): ContractParts['sales'];
  console(parts: RuntimeParts): ContractParts['console'];
  /** What functions write to their logs, as they write it. */
  onLog?(functionName: string, text: string): void;
  log(line: string): void;
};

export type Runtime = RuntimeParts & {
  /** Takes no new work, waits up to five seconds for what is under way, and closes. */
  stop(): Promise<void>;
};

/** What the parts call only once everything is there. */
type Late = Partial<Pick<LambdaRunner, 'invoke' | 'close'>> & { functions?: Stack['functions'] };

const PLACE = { region: LOCAL_REGION, accountId: LOCAL_ACCOUNT };

/** Whatever keeps state. */
const openData = async ({ dataDir, reach, onLog, log }: RuntimeOptions, closers: Closers) => {
  closers.add(holdDataFolder(dataDir).release);
  const store = openStore(join(dataDir, 'aftercare.sqlite'), reach);
  closers.add(store.close);
  const time = createTimekeeper(store);
  const { metrics, observe, hear } = openMetrics(store, time);
  closers.add(metrics.flush);
  const meter = createMeter(observe);
  const logs = createLogFiles(join(dataDir, 'logs'), meter, onLog, hear);
  closers.add(logs.close);
  const dynamodb = await openDynamodb({ store, path: join(dataDir, 'dynamodb'), meter, log, ...PLACE });
  closers.add(dynamodb.close);
  return { store, time, meter, metrics, logs, dynamodb };
};
type Data = Awaited<ReturnType<typeof openData>>;

/** The AWS parts and the endpoint that SDKs reach them at. */
const createAwsParts = async (data: Data, options: RuntimeOptions, late: Late) => {
  const { store, time, meter, dynamodb } = data;
  const mailbox = openMailbox({ directory: join(options.dataDir, 'mails'), store });
  followErasures({ store, time, mailbox, dynamodb });
  sweepOldBytes({ store, time });
  const sqs = createSqs({ store, time, meter, ...PLACE, baseUrl: () => endpoint.url });
  const sns = createSns({ store, time, meter, sqs });
  const s3 = createS3({
    ...{ directory: join(options.dataDir, 's3'), store, time, sqs, reach: options.reach },
    ...PLACE,
  });
  s3.onDeleted((bucket, key) => mailbox.forgetObject(`${bucket}/${key}`));
  const inbound = createInbound({ s3, mailbox, time, region: PLACE.region });
  const publisher = createPublisher({ store, sns, sqs, ...PLACE });
  const ses = createSes({
    ...{ mailbox, publisher, time, meter, region: PLACE.region, reach: options.reach },
    pace: createMailPace(options.mailRate),
    relay: await openMailRelay(options.smtpUrl),
    inbound,
  });
  const invoke: LambdaRunner['invoke'] = async (request) => {
    if (late.invoke === undefined) throw new Error('No function can be called before the stack is read.');
    return late.invoke(request);
  };
  const lambda = createLambda({ functions: () => late.functions ?? [], invoke, time });
  const stepFunctions = createStepFunctions({
    ...{ store, time, meter, ...PLACE },
    ...{ invokeLambda: invoke, mostCalls: callsAtRate(options.mailRate) },
  });
  const secrets = new Map<string, () => string>();
  const secretsManager = createSecretsManager({ secrets, ...PLACE });
  const telling = { sqs, dynamodb, ses, sns, secretsManager };
  const endpoint = createAwsEndpoint({
    services: { ...onceDurable(store, { states: stepFunctions, ...telling }), s3, lambda },
  });
  return { mailbox, inbound, publisher, ses, sns, sqs, s3, stepFunctions, secrets, endpoint };
};

type AwsParts = Awaited<ReturnType<typeof createAwsParts>>;

/** Makes what the stack declares, once it is known where its URLs lead. */
const playStack = async (
  { store, time, meter, logs, dynamodb }: Data,
  { inbound, publisher, sns, sqs, s3, stepFunctions, secrets, endpoint }: AwsParts,
  { assembly, log, ...options }: RuntimeOptions,
  publicUrl: string,
) => {
  const stack = readStack(readAssembly(assembly), { ...PLACE, awsUrl: endpoint.url, publicUrl });
  for (const secret of stack.secrets)
    for (const id of [secret.name, secret.arn]) secrets.set(id, () => options.secrets(secret));
  const { answer, ask } = endpoint;
  const host = { region: PLACE.region, awsUrl: endpoint.url, answer, ask };
  const lambda = createLambdaRunner({
    ...{ functions: stack.functions, host, meter, logs },
    ...{ threads: options.threads, reach: options.reach },
    awaited: stack.httpApi?.routes.map(({ functionArn }) => functionArn),
  });
  const { invoke } = lambda;
  inbound.useRules(stack.receiptRules);
  publisher.useDestinations(stack.eventDestinations);
  await provision(stack, { dynamodb, s3, sns, sqs, states: stepFunctions, invoke, time });
  playSchedules({
    schedules: stack.schedules.filter((schedule) => options.plays?.(schedule) ?? true),
    store,
    time,
    meter,
    invoke,
    place: PLACE,
    log,
  });
  const counts = [
    `${stack.functions.length} functions`,
    `${stack.tables.length} tables`,
    `${stack.queues.length} queues`,
    `${stack.stateMachines.length} state machines`,
  ];
  log(`${stack.name}: ${counts.join(', ')}`);
  return { stack, lambda };
};

const watch = (
  { store, time, metrics, logs }: Data,
  { sqs, sns, stepFunctions }: AwsParts,
  stack: Stack,
  rests: RuntimeOptions['alarmRests'],
): CloudWatch =>
  createCloudWatch({
    ...(rests === undefined ? {} : { rests }),
    ...{ stack, store, time, metrics, place: PLACE, depth: sqs.depth, logFile: logs.fileOf },
    openExecutions: stepFunctions.openExecutions,
    publish: (topicArn, text, subject) => sns.insert(topicArn, text, 0, subject),
    published: sqs.wake,
  });

const contractOf = (parts: RuntimeParts, options: RuntimeOptions) =>
  createContract({
    time: parts.time,
    mailbox: { list: parts.mailbox.list, receive: parts.inbound.receive },
    meter: parts.meter,
    smtpPort: parts.smtpPort,
    executions: (filter) =>
      parts.stepFunctions.executions(filter).map((execution) => ({
        ...execution,
        machine: shortMachineName(parts.stack.name, execution.machine),
      })),
    pages: parts.sns.pages,
    cloudWatch: parts.cloudWatch,
    stack: { awsUrl: parts.awsUrl, parts: parts.stack.parts },
    sales: options.sales(parts),
    console: options.console(parts),
  });

const apiOf = ({ stack, lambda, time, meter }: RuntimeParts) =>
  stack.httpApi === undefined
    ? async () => jsonAnswer(404, { message: 'Not Found' })
    : createGateway({ ...PLACE, api: stack.httpApi, invoke: lambda.invoke, time, meter });

const start = async (options: RuntimeOptions, closers: Closers): Promise<RuntimeParts> => {
  const { host = '127.0.0.1', log } = options;
  const began = performance.now();
  const late: Late = {};
  const data = await openData(options, closers);
  const { time, meter, dynamodb } = data;
  const aws = await createAwsParts(data, options, late);
  const { mailbox, inbound, ses, sns, sqs, s3, stepFunctions, endpoint } = aws;
  await listen(endpoint.listen(options.awsPort), options.awsPort, '--aws-port');
  closers.add(endpoint.close);
  closers.add(() => late.close?.());
  const door = createFrontDoor({ host, durable: data.store.durable, reach: options.reach, log });
  const port = await listen(door.listen(options.port, host), options.port, '--port');
  closers.add(() => Promise.all([door.close(), time.whenIdle()]));

  const url = urlOf(host, port);
  const { stack, lambda } = await playStack(data, aws, options, url);
  late.close = lambda.close;
  const smtp = options.smtpIn && (await openSmtpIn(options.smtpIn, inbound, log));
  if (smtp !== undefined) closers.add(smtp.close);
  const cloudWatch = watch(data, aws, stack, options.alarmRests);
  const parts = {
    ...{ url, awsUrl: endpoint.url, awsCalls: endpoint.calls, smtpPort: smtp?.port, stack, time, meter },
    ...{ mailbox, inbound, lambda, stepFunctions, dynamodb, sqs, ses, sns, s3, cloudWatch },
  };
  late.invoke = lambda.invoke;
  late.functions = stack.functions;
  warmWebhooks(stack, lambda);
  const answers = { contract: contractOf(parts, options), api: apiOf(parts) };
  closers.add(() => {
    time.stop();
    sqs.pause();
  });
  stepFunctions.resume();
  sqs.resume();
  time.start();
  door.open(answers);
  log(`Ready at ${url} after ${Math.round(performance.now() - began)} ms; AWS parts at ${endpoint.url}`);
  return parts;
};

/**
 * Resolves once everything serves.
 * @throws StartError for a port, folder or mail server that cannot be had, StackError for a stack that cannot be played.
 */
export const startRuntime = async (options: RuntimeOptions): Promise<Runtime> => {
  const closers = createClosers(options.log);
  try {
    return { ...(await start(options, closers)), stop: closers.closeAll };
  } catch (error) {
    await closers.closeAll();
    throw error;
  }
};
