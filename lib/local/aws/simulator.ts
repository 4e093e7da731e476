/**
 * What becomes of a mail. Everybody gets theirs but the addresses of the SES mailbox simulator, which play their parts
 * here as there; `softbounce` is ours, for the bounce that SES cannot be made to play.
 */
export type Fate = 'delivered' | 'bounced' | 'soft-bounced' | 'suppressed' | 'complained' | 'away';

const SIMULATOR = 'simulator.amazonses.com';

const FATES: Readonly<Record<string, Fate>> = {
  success: 'delivered',
  bounce: 'bounced',
  softbounce: 'soft-bounced',
  suppressionlist: 'suppressed',
  complaint: 'complained',
  ooto: 'away',
};

export const fateOf = (address: string): Fate => {
  const [local = '', domain = ''] = address.toLowerCase().split('@');
  if (domain !== SIMULATOR) return 'delivered';
  return FATES[local.replace(/\+.*$/, '')] ?? 'bounced';
};

/** The automatic answer of somebody who is away. */
export const awayReply = (mail: {
  messageId: string;
  subject: string;
  replyTo: string;
  to: string;
}): Buffer =>
  Buffer.from(
    [
      `From: ${mail.to}`,
      `To: ${mail.replyTo}`,
      `Subject: Automatic reply: ${mail.subject}`,
      `In-Reply-To: ${mail.messageId}`,
      `References: ${mail.messageId}`,
      'Auto-Submitted: auto-replied',
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'I am out of the office at the moment and will read your mail when I am back.',
      '',
    ].join('\r\n'),
  );
