/** The three ways a test mail can leave: the mailbox of this machine, a mail server, SES. */
import { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { CommandMistake } from './command-mistake.ts';

export type Letter = { raw: string; from: string; to: string };
export type Transport = { name: string; send(letter: Letter): Promise<string> };

/** No configuration set: what becomes of a test mail is nobody's figure. */
const sendThrough = async (client: SESClient, { raw, from, to }: Letter): Promise<string> => {
  const { MessageId } = await client.send(
    new SendRawEmailCommand({
      ...{ Source: from, Destinations: [to] },
      RawMessage: { Data: new TextEncoder().encode(raw) },
    }),
  );
  return MessageId ?? 'unknown';
};

const namesOf = (error: Error): string[] => [
  error.name,
  ...('code' in error && typeof error.code === 'string' ? [error.code] : []),
];

const ADVICE: readonly (readonly [RegExp, string])[] = [
  [
    /^MessageRejected$/,
    'While an account is in the SES sandbox, sender and receiver must both be verified, in this region. Verify the domain of shop.mailFrom and this address in the SES console, or ask AWS for production access there.',
  ],
  [/^MailFromDomainNotVerified/, 'Verify the domain of shop.mailFrom with SES (docs/deploy.md).'],
  [/SendingPaused/, 'SES has paused sending for this account; its console says why.'],
  [
    /^(CredentialsProviderError|InvalidClientTokenId|UnrecognizedClientException|ExpiredToken|SignatureDoesNotMatch)/,
    'There are no AWS credentials that work here. With `npm start` running, --local sends into its mailbox; SMTP_URL sends through a mail server.',
  ],
  [/^AccessDenied/, 'These credentials may not call ses:SendRawEmail.'],
  [/^Thrott/, 'SES takes no more right now; try again in a minute.'],
  [
    /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|TimeoutError)$/,
    'Nothing answers there. Is it running, and is the address right?',
  ],
  [/^(EAUTH)$/, 'The mail server does not take the user and password in SMTP_URL.'],
];

/** What went wrong in the words of the service, and what helps. */
const explain = (name: string, error: unknown): unknown => {
  if (!(error instanceof Error)) return error;
  if (error.message === 'Region is missing')
    return new CommandMistake(`${name}: no region. Set AWS_REGION, or use --local or SMTP_URL.`, 1, {
      cause: error,
    });
  const advice = ADVICE.find(([what]) => namesOf(error).some((each) => what.test(each)))?.[1];
  const said = error.message === '' ? error.name : error.message;
  return new CommandMistake(
    [`${name} did not take it: ${said}`, ...(advice === undefined ? [] : [advice])].join('\n'),
    1,
    {
      cause: error,
    },
  );
};

const explained = (name: string, send: Transport['send']): Transport => ({
  name,
  send: async (letter) => {
    try {
      return await send(letter);
    } catch (error) {
      throw explain(name, error);
    }
  },
});

const local = (endpoint: string): Transport => {
  if (!URL.canParse(endpoint))
    throw new CommandMistake(`--local ${endpoint} is no address. Write it like http://localhost:8788.`);
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new SESClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
  return explained(`The mailbox at ${endpoint}`, (letter) => sendThrough(client, letter));
};

const smtp = (url: string): Transport => {
  if (!URL.canParse(url) || !['smtp:', 'smtps:'].includes(new URL(url).protocol))
    throw new CommandMistake('SMTP_URL is no mail server. Write it like smtps://user:password@host.');
  return explained(`The mail server ${new URL(url).host}`, async ({ raw, from, to }) => {
    const { createTransport } = await import('nodemailer');
    const { messageId } = await createTransport(url).sendMail({ envelope: { from, to: [to] }, raw });
    return messageId;
  });
};

/** `endpoint`: of the runtime on this machine, when the mail shall stay there. */
export const transportFor = (endpoint: string | undefined, environment: NodeJS.ProcessEnv): Transport => {
  const smtpUrl = environment['SMTP_URL'];
  if (endpoint !== undefined) return local(endpoint);
  if (smtpUrl) return smtp(smtpUrl);
  return explained('SES', (letter) => sendThrough(new SESClient({ maxAttempts: 1 }), letter));
};
