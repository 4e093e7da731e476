/** Mail by SMTP, from this machine only: what SES inbound is on AWS, without TLS and without asking who it is. */
import type { SMTPServer, SMTPServerAddress, SMTPServerSession } from 'smtp-server';
import { listen } from './addresses.ts';
import type { Inbound } from './aws/inbound.ts';

export type SmtpIn = {
  readonly port: number;
  /** Takes no new mail and resolves when what is under way is on disk. */
  close(): Promise<void>;
};

export type SmtpPort = {
  /** 0 takes any free one. */
  readonly port: number;
  /** One that nobody asked for may be in use: then no mail comes in by SMTP, and everything else goes on. */
  readonly isOptional: boolean;
};

/** SES takes 40 MB in; a customer's answer with photos stays below this. */
const LARGEST_MAIL = 10 * 1024 * 1024;

type Stream = AsyncIterable<unknown> & { readonly sizeExceeded?: boolean };

class SmtpRefusal extends Error {
  readonly responseCode: number;

  constructor(responseCode: number, message: string) {
    super(message);
    this.responseCode = responseCode;
  }
}

/** Undefined when it is too large; the rest is then read and dropped, so that the answer gets through. */
const readMail = async (stream: Stream): Promise<Buffer | undefined> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size <= LARGEST_MAIL) chunks.push(chunk);
    else chunks.length = 0;
  }
  return size <= LARGEST_MAIL ? Buffer.concat(chunks) : undefined;
};

const take = async (inbound: Inbound, stream: Stream, session: SMTPServerSession): Promise<void> => {
  const raw = await readMail(stream);
  if (raw === undefined) throw new SmtpRefusal(552, 'A mail may have 10 MB, and this one has more');
  const { mailFrom, rcptTo } = session.envelope;
  await inbound.arrive({
    raw,
    from: mailFrom === false ? '' : mailFrom.address,
    recipients: rcptTo.map(({ address }) => address),
    client: { name: session.hostNameAppearsAs || 'localhost', ip: session.remoteAddress },
    verdicts: 'ours',
  });
};

const createServer = async (inbound: Inbound, log: (line: string) => void): Promise<SMTPServer> => {
  // It takes a tenth of a second to load, which a stack that takes no mail need not spend.
  const { SMTPServer } = await import('smtp-server');
  const server = new SMTPServer({
    banner: 'Aftercare on one machine',
    disabledCommands: ['AUTH', 'STARTTLS'],
    size: LARGEST_MAIL,
    logger: false,
    disableReverseLookup: true,
    onRcptTo: ({ address }: SMTPServerAddress, _session, answer) =>
      inbound.accepts(address) ? answer() : answer(new SmtpRefusal(550, 'Nobody here has this address')),
    onData: (stream, session, answer) => {
      take(inbound, stream, session).then(
        () => answer(),
        (error: unknown) => {
          if (error instanceof SmtpRefusal) return answer(error);
          log(`A mail could not be taken: ${String(error)}`);
          answer(new SmtpRefusal(451, 'It could not be written down; send it again later'));
        },
      );
    },
  });
  // A client that goes away in the middle of a mail is no news.
  server.on('error', () => undefined);
  return server;
};

const listenOn = (server: SMTPServer, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.server.off('error', reject);
      const address = server.server.address();
      if (address === null || typeof address === 'string') reject(new Error('No TCP address'));
      else resolve(address.port);
    });
  });

/**
 * Undefined when no rule of the stack takes mail, or an optional port is not to be had, which is logged.
 * @throws StartError for a port that was asked for and cannot be had.
 */
export const openSmtpIn = async (
  { port, isOptional }: SmtpPort,
  inbound: Inbound,
  log: (line: string) => void,
): Promise<SmtpIn | undefined> => {
  if (!inbound.hasRules()) return undefined;
  const server = await createServer(inbound, log);
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  try {
    return { port: await listen(listenOn(server, port), port, '--smtp-port'), close };
  } catch (error) {
    if (!isOptional) throw error;
    log(`No mail comes in by SMTP: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
};
