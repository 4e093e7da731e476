/** Mail that arrives: SES's receipt rules of the stack say whose is taken and into which bucket it goes. */
import { randomInt } from 'node:crypto';
import PostalMime from 'postal-mime';
import type { ReceiptRule } from '../stack/receipt-rules.ts';
import type { Timekeeper } from '../time.ts';
import { type Mail, readMail } from './mail-reading.ts';
import { type Arrival, stampArrival } from './mail-stamp.ts';
import type { Mailbox } from './mailbox.ts';
import type { S3 } from './s3.ts';

export type Inbound = {
  useRules(rules: readonly ReceiptRule[]): void;
  /** Whether a rule takes mail to this address. */
  accepts(address: string): boolean;
  /** Any rule at all: without one nobody can write to the stack. */
  hasRules(): boolean;
  /** Resolves once the mail is on disk and the queues are told; mail that no rule takes is only kept. */
  arrive(mail: Omit<Arrival, 'id' | 'at'>): Promise<Mail>;
  /** The same for a mail without an envelope, to those in To and Cc unless told otherwise. */
  receive(raw: Buffer, to?: readonly string[]): Promise<Mail>;
  /** The automatic answer of somebody who is away; one to somewhere else is nobody's business here. */
  answer(mail: { raw: Buffer; from: string; to: string }): void;
};

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';
/** Forty letters and digits, as SES names mails and the objects they become. */
const newId = () => Array.from({ length: 40 }, () => LETTERS[randomInt(LETTERS.length)]).join('');

/** The bytes of an envelope address stand in a header: no line ends and no brackets get there. */
const tidy = (address: string) => address.replace(/[\s<>]/g, '');

const matches = (recipient: string, address: string): boolean => {
  const wanted = address.toLowerCase().replace(/\+[^@]*(?=@)/, '');
  const domain = wanted.slice(wanted.lastIndexOf('@') + 1);
  if (recipient.startsWith('.')) return domain.endsWith(recipient);
  return recipient.includes('@')
    ? recipient === address.toLowerCase() || recipient === wanted
    : recipient === domain;
};

type Options = {
  readonly s3: Pick<S3, 'put'>;
  readonly mailbox: Pick<Mailbox, 'keep'>;
  readonly time: Timekeeper;
  readonly region: string;
};

export const createInbound = ({ s3, mailbox, time, region }: Options): Inbound => {
  let rules: readonly ReceiptRule[] = [];

  const takes = ({ recipients }: ReceiptRule, address: string) =>
    recipients.length === 0 || recipients.some((recipient) => matches(recipient, address));
  const accepts = (address: string) => rules.some((rule) => takes(rule, address));

  const keep = async (arrival: Arrival, stamped: Buffer) => {
    const { id, recipients, at } = arrival;
    const [first, ...others] = rules
      .filter((rule) => recipients.some((address) => takes(rule, address)))
      .flatMap(({ puts }) => puts);
    const mail = { id, direction: 'in', raw: stamped, recipients, at } as const;
    if (first === undefined) return mailbox.keep(mail);
    const key = `${first.prefix}${id}`;
    await mailbox.keep({ ...mail, object: `${first.bucket}/${key}` }, (insert) =>
      s3.put(first.bucket, key, stamped, insert),
    );
    for (const { bucket, prefix } of others) await s3.put(bucket, `${prefix}${id}`, stamped);
  };

  const arrive: Inbound['arrive'] = async (mail) => {
    const end = time.busy();
    try {
      const recipients = mail.recipients.map(tidy);
      const arrival = { ...mail, recipients, from: tidy(mail.from), id: newId(), at: time.now() };
      const stamped = stampArrival(arrival, region);
      await keep(arrival, stamped);
      return await readMail({ id: arrival.id, direction: 'in', at: arrival.at, recipients }, stamped);
    } finally {
      end();
    }
  };

  return {
    useRules: (given) => {
      rules = given;
    },
    accepts,
    hasRules: () => rules.length > 0,
    arrive,
    answer: ({ raw, from, to }) => {
      if (!accepts(to)) return;
      const client = { name: 'simulator.amazonses.com', ip: '127.0.0.1' };
      arrive({ raw, from, recipients: [to], client, verdicts: 'given' }).catch((error: unknown) =>
        console.error('An automatic answer was lost', error),
      );
    },
    receive: async (raw, given) => {
      const { to = [], cc = [], from } = await PostalMime.parse(raw);
      const named = [...to, ...cc].flatMap(({ address, group }) =>
        group === undefined ? [address] : group.map((member) => member.address),
      );
      return arrive({
        raw,
        from: from?.address ?? '',
        recipients: (given ?? named).filter((address) => address !== ''),
        client: { name: 'localhost', ip: '127.0.0.1' },
        verdicts: 'given',
      });
    },
  };
};
