/** A shop that takes mail, with an archive and a post box in memory. Free of vitest. */
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { MailArchive, PostBox } from '../../../functions/adapters/mail-ports.ts';
import type { KeeperPorts } from '../../../functions/adapters/ports.ts';
import type { Entry } from '../../../functions/core/journal.ts';
import { createHandler } from '../../../functions/receive-mail/handler.ts';
import { sentMailDigest } from '../../../functions/steps/digests.ts';
import { configuration, configurationInput } from '../../fixtures/configuration.ts';
import { type MailParts, writeMail } from '../../fixtures/mails/write-mail.ts';
import { memoryForget } from '../../fixtures/memory-forget.ts';
import { type MemoryWorld, memoryWorld } from '../../fixtures/memory-ports.ts';
import { at, SALE, told } from '../../fixtures/sales.ts';
import { putLink, putSale, run } from './sale-on-file.ts';

export const NOW = at(10, '09:00');
export const REPLY_DOMAIN = 'reply.velowerk.example';

const { shop } = configurationInput();
const mailConfiguration = configuration({ shop: { ...shop, replyDomain: REPLY_DOMAIN } });

type Ports = KeeperPorts & { mails: MailArchive; box: PostBox };
/** Stands between the handler and the world. */
export type Wrap = (ports: Ports) => Ports;

const sqsEvent = (body: string, receiveCount: number): SQSEvent => ({
  Records: [
    {
      messageId: 'message-1',
      receiptHandle: '',
      body,
      attributes: {
        ApproximateReceiveCount: String(receiveCount),
        SentTimestamp: '0',
        SenderId: '',
        ApproximateFirstReceiveTimestamp: '0',
      },
      messageAttributes: {},
      md5OfBody: '',
      eventSource: 'aws:sqs',
      eventSourceARN: '',
      awsRegion: '',
    },
  ],
});

const objectMade = (key: string, when: string): string =>
  JSON.stringify({
    Records: [{ eventTime: when, s3: { object: { key: encodeURIComponent(key).replaceAll('%20', '+') } } }],
  });

/** A sale that has been asked how it is going; `since`: what else has happened. */
export const mailWorld = async (since: readonly Entry[] = []) => {
  const world: MemoryWorld = memoryWorld(mailConfiguration);
  await putSale(world, [told.sent('check-in', at(6, '09:00')), ...since]);
  await world.ports.search.index(SALE, [
    { partition: `person#${world.ports.ids.digest('selma.aydin@example.org')}`, sort: `sale#${SALE}` },
  ]);
  const token = await putLink(world);
  const nothingParked = { all: () => [], remove: () => undefined };
  const { box, mails } = memoryForget(
    () => undefined,
    nothingParked,
    () => [],
  );
  let count = 0;

  const deliver = async (
    body: string,
    wrap: Wrap = (ports) => ports,
    receiveCount = 1,
  ): Promise<SQSBatchResponse> => {
    const handler = createHandler(wrap({ ...world.ports, mails, box }));
    return run(handler, sqsEvent(body, receiveCount));
  };

  /** A mail arrives, by default from the customer as an answer to the check-in. */
  const arrive = async (
    mail: MailParts = {},
    { when = NOW, wrap, key = `mail/object ${count}` }: { when?: string; wrap?: Wrap; key?: string } = {},
  ): Promise<SQSBatchResponse> => {
    count += 1;
    const headers = [`Message-ID: <mail-${count}@example.org>`];
    mails.keep(key, writeMail({ to: `Nora Frei <r+${token}@${REPLY_DOMAIN}>`, headers, ...mail }));
    return deliver(objectMade(key, when), wrap);
  };

  return {
    world,
    token,
    box,
    deliver,
    arrive,
    /** The queue delivers the same message once more. */
    again: (key: string, when: string, wrap?: Wrap) => deliver(objectMade(key, when), wrap, 2),
    /** A link that stands for a mail of ours, as `deliver` leaves it. */
    sent: (messageId: string, message: string) =>
      world.ports.links.keep(sentMailDigest(world.ports.ids, messageId), {
        saleId: SALE,
        audience: 'customer',
        message,
        attempt: 1,
        expiresAt: at(30),
      }),
    /** What the journal says since the check-in. */
    since: () => world.sales.entries(SALE).filter(({ at: when }) => when >= NOW),
  };
};

export type MailWorld = Awaited<ReturnType<typeof mailWorld>>;
