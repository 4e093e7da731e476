/** The mail service: takes mails or does not, tells what became of them, and lays them into people's mailboxes. */
import { createHash } from 'node:crypto';
import type { Mailer } from '../../../functions/adapters/mail-ports.ts';
import { judgeFailure } from '../../../functions/adapters/mailer.ts';
import type { Fate, SeenMail } from '../checker/seen.ts';
import type { Runs } from './runs.ts';
import { isWithin, type Window } from './scene.ts';
import type { Stage } from './stage.ts';

const SECOND_MS = 1000;
/** Of an answer that never came nobody can say whether it was taken; throttled surely was not. */
const ERRORS = [
  'Throttling',
  'Throttling',
  'ServiceUnavailable',
  'TimeoutError',
  'AccountSendingPausedException',
] as const;
const LOST = ['TimeoutError', 'InternalFailure'] as const;

const refOf = (sale: string): string => createHash('sha256').update(sale).digest('hex').slice(0, 32);

type Ports = {
  stage: Stage;
  runs: Runs;
  sales: readonly string[];
  staff: ReadonlySet<string>;
  outages: readonly Window[];
  /** Somebody finds it in their mailbox. */
  read(mail: SeenMail): void;
};

const touchIn = (raw: string, otherwise: string): string =>
  /^X-Aftercare-Touch: (\S+)/m.exec(raw)?.[1] ?? otherwise;

/** As the mail service took it. */
type Sent = { messageId: string; link: string };

const eventOf = (kind: Fate['kind'], sent: Sent, address: string, at: string) => {
  const mail = { messageId: sent.messageId, timestamp: at, tags: { link: [sent.link] } };
  const recipients = [{ emailAddress: address }];
  switch (kind) {
    case 'arrived':
      return { eventType: 'Delivery', mail, delivery: { recipients: [address] } };
    case 'complaint':
      return { eventType: 'Complaint', mail, complaint: { complainedRecipients: recipients } };
    case 'hard-bounce':
    case 'soft-bounce': {
      const bounceType = kind === 'hard-bounce' ? 'Permanent' : 'Transient';
      return { eventType: 'Bounce', mail, bounce: { bounceType, bouncedRecipients: recipients } };
    }
  }
};

const fateOf = ({ chance }: Stage, { sale, message, attempt, to }: SeenMail): Fate['kind'] | undefined => {
  const drawn = chance.draw(`fate of ${message} ${attempt} of ${sale}`);
  if (drawn < 0.02) return 'soft-bounce';
  if (to === 'staff') return undefined;
  if (drawn < 0.03) return 'hard-bounce';
  if (drawn < 0.04) return 'complaint';
  return drawn < 0.3 ? 'arrived' : undefined;
};

export const openPost = ({ stage, runs, sales, staff, outages, read }: Ports): Mailer => {
  const { witness, chance } = stage;
  const saleOf = new Map(sales.map((sale) => [refOf(sale), sale]));
  let count = 0;

  const tellFate = (mail: SeenMail, sent: Sent): void => {
    const kind = fateOf(stage, mail);
    if (kind === undefined || mail.sale === '') return;
    const { sale, message, attempt, address } = mail;
    const name = `${kind} of ${message} ${attempt} of ${sale}`;
    const soon = chance.below(`soon ${name}`, 3) * 20 * SECOND_MS;
    stage.happen(name, stage.now() + soon, () => {
      const fate: { -readonly [K in keyof Fate]: Fate[K] } = {
        ...witness.moment(),
        sale,
        message,
        attempt,
        kind,
      };
      witness.fates.push(fate);
      stage.report(eventOf(kind, sent, address, mail.at), () => {
        fate.doneAt = witness.moment();
      });
    });
  };

  const take = (raw: string, address: string, tags: Record<string, string>): string => {
    count += 1;
    const messageId = `ses-${count}`;
    const moment = witness.moment();
    const mail: SeenMail = {
      ...moment,
      sale: saleOf.get(tags['sale'] ?? '') ?? '',
      message: touchIn(raw, tags['message'] ?? ''),
      attempt: Number(tags['attempt'] ?? 0),
      to: staff.has(address) ? 'staff' : 'customer',
      decided: runs.current()?.lookedAt ?? moment.seq,
      isAnswered: true,
      ...{ address, raw },
    };
    witness.mails.push(mail);
    witness.story.push(`${moment.at} mail ${mail.message} ${mail.attempt} of ${mail.sale} to ${mail.to}`);
    tellFate(mail, { messageId, link: tags['link'] ?? '' });
    read(mail);
    return messageId;
  };

  const isOut = (): boolean => isWithin(outages, stage.now());

  return {
    send: async ({ raw, to, tags }) => {
      if (isOut()) return { kind: 'refused', error: 'Throttling', isFinal: false };
      try {
        const messageId = await runs.call({
          kind: 'mail',
          at: `mail ${tags['message'] ?? ''} of ${saleOf.get(tags['sale'] ?? '') ?? 'nobody'}`,
          errors: ERRORS,
          lost: LOST,
          act: () => take(raw, to, tags),
        });
        return { kind: 'sent', messageId };
      } catch (error) {
        return judgeFailure(error);
      }
    },
  };
};
