import { SendRawEmailCommand } from '@aws-sdk/client-ses';
import { mailClient } from './clients.ts';
import type { Mailer, MailResult } from './mail-ports.ts';

/** Answers that prove SES took nothing and never will. */
const FINAL = new Set(['MessageRejected', 'InvalidParameterValue', 'ValidationError']);
/** Answers that prove SES took nothing this time. */
const PASSING = new Set([
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
  'LimitExceededException',
  'ServiceUnavailable',
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  /* Ours to repair; meanwhile it is tried again, and the alarm rings before the retries end. */
  'AccountSendingPausedException',
  'ConfigurationSetSendingPausedException',
  'ConfigurationSetDoesNotExistException',
  'MailFromDomainNotVerifiedException',
  'AccessDenied',
  'AccessDeniedException',
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidClientTokenId',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
]);

const namesOf = (error: Error): string[] => {
  const code = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  const type = 'Code' in error && typeof error.Code === 'string' ? [error.Code] : [];
  return [error.name, ...code, ...type];
};

/** Only what proves that nothing was taken may be tried again: SES has no idempotency token. */
export const judgeFailure = (error: unknown): MailResult => {
  if (!(error instanceof Error)) return { kind: 'unclear', error: 'unknown' };
  const names = namesOf(error);
  if (names.some((name) => FINAL.has(name))) return { kind: 'refused', error: error.name, isFinal: true };
  if (names.some((name) => PASSING.has(name))) return { kind: 'refused', error: error.name, isFinal: false };
  return { kind: 'unclear', error: error.name };
};

/** `staffSet`: of mails to staff, of which nobody needs to hear that they arrived. */
export const createMailer = (
  configurationSet: string,
  client = mailClient(),
  staffSet = configurationSet,
): Mailer => ({
  send: async ({ raw, from, to, tags, isToStaff }) => {
    try {
      const { MessageId } = await client.send(
        new SendRawEmailCommand({
          Source: from,
          Destinations: [to],
          RawMessage: { Data: new TextEncoder().encode(raw) },
          ConfigurationSetName: isToStaff === true ? staffSet : configurationSet,
          Tags: Object.entries(tags).map(([Name, Value]) => ({ Name, Value })),
        }),
      );
      return MessageId === undefined
        ? { kind: 'unclear', error: 'NoMessageId' }
        : { kind: 'sent', messageId: MessageId };
    } catch (error) {
      return judgeFailure(error);
    }
  },
});
