/** The whole of Aftercare on AWS, in the order of its flow: shop, sale, workflow, message, reply, outcome. */
import { CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { CfnConfigurationSet } from 'aws-cdk-lib/aws-ses';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Configuration } from '../../functions/core/configuration.ts';
import { acknowledge } from './acknowledgements.ts';
import type { Bundles } from './bundle.ts';
import { Canary, canarySecret } from './canary.ts';
import { FollowUp } from './follow-up.ts';
import { Forget } from './forget.ts';
import { Functions } from './functions.ts';
import { Http } from './http.ts';
import { canReceiveMail, Inbound } from './inbound.ts';
import { Intake } from './intake.ts';
import { MailEvents } from './mail-events.ts';
import type { Pace } from './operations/deploys.ts';
import { operate } from './operations/operations.ts';
import { PromiseMachine } from './promise.ts';
import { isAnyPulled, Pull } from './pull.ts';
import { SenderGuard } from './sender-guard.ts';
import { Storage } from './storage.ts';
import { Sweeper } from './sweeper.ts';
import { WakeHeld } from './wake-held.ts';
import { Watch } from './watch.ts';

type Props = StackProps & {
  config: Configuration;
  bundles: Bundles;
  /** Where customers reach the pages, as https://care.shop.example; the API's own address when left out. */
  publicUrl?: string | undefined;
  /** To try things out: mails reach only addresses that are verified. */
  mayBeInSandbox?: boolean | undefined;
  /** How a deploy arrives; slowly when left out. */
  pace?: Pace | undefined;
};

export class AftercareStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { config, bundles, publicUrl, mayBeInSandbox = false, pace = 'slow', ...props }: Props,
  ) {
    super(scope, id, { terminationProtection: true, ...props });
    const key = new Key(this, 'Key', {
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
      description: 'Aftercare: tables, queues and secrets',
    });
    /* First of all: what a failed deployment made of tables and queues would stay. */
    const { mailFrom } = config.shop;
    key.node.addDependency(new SenderGuard(this, 'SenderGuard', { bundles, mailFrom, mayBeInSandbox }));
    const storage = new Storage(this, 'Storage', { key });
    const intake = new Intake(this, 'Intake', { key });
    const forget = new Forget(this, 'Forget', { key });
    const http = new Http(this, 'Http');
    const machines = { followUp: `${id}-FollowUp`, promise: `${id}-Promise` };
    const configurationSetOf = (name: string) =>
      new CfnConfigurationSet(this, name, {
        deliveryOptions: { tlsPolicy: 'REQUIRE' },
        reputationOptions: { reputationMetricsEnabled: true },
      });
    const configurationSets = {
      customers: configurationSetOf('Mail'),
      staff: configurationSetOf('StaffMail'),
    };
    const mailEvents = new MailEvents(this, 'MailEvents', { key, ...configurationSets });
    const { replyDomain } = config.shop;
    const { mailDays } = config.retention;
    const inbound =
      replyDomain !== undefined && canReceiveMail(this.region)
        ? new Inbound(this, 'Inbound', { key, replyDomain, mailDays })
        : undefined;
    /** Whoever subscribes is woken when a promise has reached the end of the ladder: phones, a pager, a chat. */
    const pages = new Topic(this, 'Pages', { displayName: 'Aftercare', masterKey: key, enforceSSL: true });
    const functions = new Functions(this, 'Functions', {
      bundles,
      storage,
      key,
      queue: intake.queue,
      forgetQueue: forget.queue,
      mails: inbound?.bucket,
      secrets: intake.secrets,
      canarySecret: config.operations.canary ? canarySecret(this, key) : undefined,
      configurationSets,
      pages,
      mailFrom,
      publicUrl: publicUrl ?? http.url,
      machines,
    });

    http.route(
      '/webhooks/{source}',
      [HttpMethod.POST],
      functions.add('receive-webhook', ['secrets', 'canary-secret', 'queue']),
    );
    intake.consumeWith(
      functions.add('start-follow-up', [
        'sales',
        'search-rows',
        'forget',
        'forget-queue',
        'links',
        'parked',
        'signal',
        'start-follow-up',
        'start-promise',
      ]),
    );

    const step = ['sales', 'links', 'signal'] as const;
    const followUp = new FollowUp(this, 'FollowUp', {
      name: machines.followUp,
      waitForDay: functions.add('wait-for-day', step),
      askCustomer: functions.add('ask-customer', [...step, 'mail']),
      makePromise: functions.add('make-promise', [...step, 'mail', 'start-promise']),
      askForReview: functions.add('ask-for-review', [...step, 'mail']),
    });
    const promise = new PromiseMachine(this, 'Promise', {
      name: machines.promise,
      keepPromise: functions.add('keep-promise', [...step, 'mail', 'pages']),
      raisePromise: functions.add('raise-promise', [...step, 'start-promise']),
      assumeKept: functions.add('assume-kept', [...step, 'start-follow-up', 'start-promise']),
    });

    const told = [...step, 'start-follow-up', 'start-promise'] as const;
    http.route(
      '/promises',
      [HttpMethod.POST],
      functions.add('receive-promise', [...told, 'open-promises', 'secrets']),
    );
    http.page('/r/{token}', functions.add('receive-reply', told));
    http.page('/s/{token}', functions.add('receive-verdict', [...told, 'forget-queue']));
    http.page('/p/{token}', functions.add('act-on-promise', told));
    http.page('/u/{token}', functions.add('stop-asking', told));
    const needs = ['mail', 'open-promises', 'forget-queue', 'post-box'] as const;
    const desk = functions.add('staff-desk', [...told, ...needs]);
    http.page('/desk', desk);
    http.page('/desk/{page+}', desk);
    http.route(
      '/desk/mails/{key+}',
      [HttpMethod.GET, HttpMethod.HEAD],
      functions.add('read-mail', ['read-sales', 'desk-sessions', 'read-post-box', 'mail-archive']),
    );

    const heard = [...told, 'parked'] as const;
    inbound?.consumeWith(functions.add('receive-mail', [...heard, 'mail-archive', 'mail']));
    mailEvents.consumeWith(functions.add('hear-of-mail', [...heard, 'mail']));
    forget.consumeWith(
      functions.add('forget-person', [
        ...told,
        ...(['forget', 'forget-links', 'scan-sales', 'parked', 'forget-parked', 'forget-queue'] as const),
        ...(['mail-archive', 'forget-mail'] as const),
      ]),
    );

    if (config.operations.canary)
      new Canary(this, 'Canary', functions.add('canary', ['sales', 'links', 'canary-secret']));
    new Watch(this, 'Watch', functions.add('watch', [...told, 'due-waits', 'mail-account']));
    if (isAnyPulled(config)) new Pull(this, 'Pull', { functions, key, sales: storage.sales });
    new WakeHeld(this, 'WakeHeld', functions.add('wake-held', [...told, 'mail', 'held-sales']));
    new Sweeper(this, 'Sweeper', functions.add('sweep', [...told, 'lists', 'mail', 'look']));

    operate(this, {
      key,
      pace,
      watched: {
        policy: config.operations,
        functions: functions.all,
        queues: { intake, forget, 'mail-events': mailEvents, mails: inbound },
        storage,
        api: http.api,
        machines: [followUp.machine, promise.machine],
      },
    });

    this.#tell(http, pages, intake);
    acknowledge(this);
  }

  /** What whoever deploys needs to know next. */
  #tell(http: Http, pages: Topic, intake: Intake): void {
    new CfnOutput(this, 'WebhookUrl', {
      value: `${http.url}/webhooks/<source>`,
      description: 'Where shops send webhooks',
    });
    new CfnOutput(this, 'PagesTopic', {
      value: pages.topicArn,
      description: 'Subscribe phones or a pager here',
    });
    new CfnOutput(this, 'SecretsId', {
      value: intake.secrets.secretArn,
      description: 'Put the webhook secrets here',
    });
  }
}
