/** What the doctor looks at inside: whether what was begun goes on, and whether anybody would hear of it. */
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SFNClient } from '@aws-sdk/client-sfn';
import { ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { createDueWaits } from '../../../functions/adapters/due-waits.ts';
import { createPauses } from '../../../functions/adapters/pauses.ts';
import { toEpochMs, toInstant } from '../../../functions/core/calendar.ts';
import { DUE_SHARDS, isOverdue } from '../../../functions/core/operations/due.ts';
import { isInForce, pausedName } from '../../../functions/core/operations/pause.ts';
import { counted, span } from '../columns.ts';
import { listDeadLetters } from '../dlq/dlq-queues.ts';
import { listUnwell } from '../redrive/redrive-list.ts';
import { bad, type Check, type Given, ok, warn } from './doctor-check.ts';
import { tableOf } from './doctor-shops.ts';

const MOST_COUNTED = 100;
const DAY_MS = 86_400_000;

const waits: Check = {
  name: 'overdue waits',
  look: async (given) => {
    const due = createDueWaits(await tableOf(given));
    const pages = await Promise.all(
      DUE_SHARDS.map((shard) => due.past(shard, { before: given.now, limit: MOST_COUNTED })),
    );
    const overdue = pages.flatMap(({ items }) => items).filter(({ dueAt }) => isOverdue(dueAt, given.now));
    const [first] = overdue.toSorted((a, b) => a.dueAt.localeCompare(b.dueAt));
    if (first === undefined) return ok('No wait is past its time.');
    const late = span(toEpochMs(given.now) - toEpochMs(first.dueAt));
    return bad(
      `${counted(overdue.length, 'wait')} should have ended, the first ${late} ago (${first.saleId}).`,
      '`aftercare sweep --watch` tells their workflows again; `aftercare redrive` shows workflows that failed.',
    );
  },
};

const deadLetters: Check = {
  name: 'dead letters',
  look: async ({ target }) => {
    const all = await listDeadLetters(target, new SQSClient(target.client));
    const some = all.filter(({ waiting, held }) => waiting + held > 0);
    return some.length === 0
      ? ok('No message failed for good.')
      : some.flatMap(({ name, waiting, held }) =>
          bad(
            `${counted(waiting + held, 'message')} of ${name} failed five times and will not be tried again.`,
            `\`aftercare dlq show ${name}\` tells what they are; once mended, \`aftercare dlq replay ${name} --all\`.`,
          ),
        );
  },
};

const executions: Check = {
  name: 'workflows',
  look: async ({ target, now }) => {
    const machines = await target.parts('AWS::StepFunctions::StateMachine');
    const since = toEpochMs(now) - DAY_MS;
    const unwell = await listUnwell(new SFNClient(target.client), machines, since);
    return unwell.length === 0
      ? ok('No workflow ended unwell within a day.')
      : bad(
          `${counted(unwell.length, 'workflow')} failed, timed out or ${unwell.length === 1 ? 'was' : 'were'} stopped within a day.`,
          '`aftercare redrive` tells why; once mended, `aftercare redrive --yes` lets them go on.',
        );
  },
};

const pauses: Check = {
  name: 'pauses',
  look: async (given) => {
    const known = await createPauses(await tableOf(given)).read();
    const inForce = known.pauses.filter((pause) => isInForce(pause, given.now));
    return inForce.length === 0
      ? ok('No mail is held back.')
      : inForce.flatMap((pause) =>
          warn(
            `Mail is held back until ${pause.until} (${pausedName(pause.what)}, by ${pause.by}): ${pause.reason}`,
            '`aftercare resume` ends it at once.',
          ),
        );
  },
};

const LISTENED_TO: readonly (readonly [string, string])[] = [
  ['Pages', 'a promise that reached the end of the ladder'],
  ['OperationsAlarmsTopic', 'an alarm'],
];

const isConfirmed = (arn: string | undefined) => arn?.startsWith('arn:') ?? false;

const listeners: Check = {
  name: 'listeners',
  look: async ({ target }) => {
    const topics = await target.parts('AWS::SNS::Topic');
    const wanted = LISTENED_TO.flatMap(([prefix, what]) =>
      topics
        .filter(({ logicalId }) => new RegExp(`^${prefix}[0-9A-F]{8}$`).test(logicalId))
        .map(({ id }) => ({ id, what })),
    );
    if (target.isLocal) return ok('The console shows what would be said to whoever listens.');
    const sns = new SNSClient(target.client);
    const found = await Promise.all(
      wanted.map(async ({ id, what }) => {
        const { Subscriptions = [] } = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: id }));
        const n = Subscriptions.filter(({ SubscriptionArn }) => isConfirmed(SubscriptionArn)).length;
        return n > 0
          ? ok(`${counted(n, 'listener')} would hear of ${what}.`)
          : bad(
              `Nobody would hear of ${what}: its topic has no confirmed subscription.`,
              `Subscribe a phone, a chat or an address to ${id}, and confirm it.`,
            );
      }),
    );
    return found.flat();
  },
};

const publicUrl = async ({ target }: Given): Promise<string | undefined> => {
  if (target.url !== undefined) return target.url;
  const { id } = await target.part('AWS::Lambda::Function', 'FunctionsReceiveReply');
  const { Environment } = await new LambdaClient(target.client).send(
    new GetFunctionConfigurationCommand({ FunctionName: id, Qualifier: 'live' }),
  );
  return Environment?.Variables?.['PUBLIC_URL'];
};

const LONGEST_ANSWER_MS = 5000;

const pages: Check = {
  name: 'pages',
  look: async (given) => {
    const url = await publicUrl(given);
    if (url === undefined)
      return bad('No link in a mail can work: no address is set.', 'Deploy the stack again.');
    const todo =
      'See whether the name leads to the API, and whether its certificate is good (docs/deploy.md).';
    try {
      /* A link that leads nowhere has a page of its own; looking changes nothing. */
      const answer = await fetch(new URL('/r/doctor', url), {
        signal: AbortSignal.timeout(LONGEST_ANSWER_MS),
      });
      return answer.status < 500
        ? ok(`${url} answers.`)
        : bad(`Customers see an error: ${url} answers ${answer.status}.`, todo);
    } catch {
      return bad(`Customers cannot open any page: nothing answers at ${url}.`, todo);
    }
  },
};

export const WORK_CHECKS: readonly Check[] = [pages, waits, deadLetters, executions, pauses, listeners];

export const nowOf = async (target: Given['target']): Promise<string> => toInstant(await target.now());
