/** Sends accepted mails on to a real mail server. */
import { StartError } from '../start-error.ts';

export type Envelope = { from: string; recipients: readonly string[] };

/** Answers at once: a relay that is down is reported and fails no send. */
export type MailRelay = (id: string, envelope: Envelope, raw: Buffer) => void;

const PROTOCOLS = ['smtp:', 'smtps:'];

const isAddress = (url: string): boolean => URL.canParse(url) && PROTOCOLS.includes(new URL(url).protocol);

/**
 * `smtpUrl` is like `smtps://user:password@host`; without one no mail leaves this machine.
 * @throws StartError for anything else.
 */
export const openMailRelay = async (smtpUrl: string | undefined): Promise<MailRelay> => {
  if (!smtpUrl) return () => undefined;
  if (!isAddress(smtpUrl))
    throw new StartError('SMTP_URL is no mail server. Write it like smtps://user:password@host.');
  // It takes a tenth of a second to load, which a runtime that relays nothing need not spend.
  const { createTransport } = await import('nodemailer');
  const transport = createTransport(smtpUrl);
  return (id, { from, recipients }, raw) => {
    transport.sendMail({ envelope: { from, to: [...recipients] }, raw }).catch((error: unknown) => {
      console.error(`Mail ${id} was accepted but could not be relayed`, error);
    });
  };
};
