import { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, describe, expect, it } from 'vitest';
import { createMailer, judgeFailure } from '../../../functions/adapters/mailer.ts';

const client = new SESClient({ region: 'eu-west-1', maxAttempts: 1 });
const ses = mockClient(client);

afterEach(() => ses.reset());

const mail = {
  raw: 'From: a\r\n\r\nGrüße',
  from: 'hello@mail.velowerk.example',
  to: 'selma@example.org',
  tags: { sale: 'abc', message: 'check-in' },
};
const named = (name: string, more: object = {}) => Object.assign(new Error('text'), { name, ...more });

describe('the mailer', () => {
  it('hands over the bytes as they are, to one recipient, with its tags', async () => {
    ses.on(SendRawEmailCommand).resolves({ MessageId: 'ses-1' });

    const result = await createMailer('set', client).send(mail);

    expect(result).toEqual({ kind: 'sent', messageId: 'ses-1' });
    expect(ses.commandCalls(SendRawEmailCommand)[0]?.args[0].input).toEqual({
      Source: mail.from,
      Destinations: [mail.to],
      RawMessage: { Data: new TextEncoder().encode(mail.raw) },
      ConfigurationSetName: 'set',
      Tags: [
        { Name: 'sale', Value: 'abc' },
        { Name: 'message', Value: 'check-in' },
      ],
    });
  });

  it('sends a note to staff with the set that tells of no arrival', async () => {
    ses.on(SendRawEmailCommand).resolves({ MessageId: 'ses-1' });
    const mailer = createMailer('set', client, 'staff-set');

    await mailer.send({ ...mail, isToStaff: true });
    await mailer.send({ ...mail, isToStaff: false });

    const sets = ses.commandCalls(SendRawEmailCommand).map(({ args }) => args[0].input.ConfigurationSetName);
    expect(sets).toEqual(['staff-set', 'set']);
  });

  it('says what failed instead of throwing', async () => {
    ses.on(SendRawEmailCommand).rejects(named('TimeoutError'));

    expect(await createMailer('set', client).send(mail)).toEqual({ kind: 'unclear', error: 'TimeoutError' });
  });

  it('does not take an answer without an id for a sent mail', async () => {
    ses.on(SendRawEmailCommand).resolves({});

    expect(await createMailer('set', client).send(mail)).toMatchObject({ kind: 'unclear' });
  });
});

describe('a refusal by the mail service', () => {
  it.each(['MessageRejected', 'InvalidParameterValue', 'ValidationError'])('%s is final', (name) => {
    expect(judgeFailure(named(name))).toEqual({ kind: 'refused', error: name, isFinal: true });
  });

  it.each([
    'Throttling',
    'ThrottlingException',
    'TooManyRequestsException',
    'LimitExceededException',
    'ServiceUnavailable',
    'MailFromDomainNotVerifiedException',
    'ConfigurationSetDoesNotExistException',
    'AccountSendingPausedException',
    'ConfigurationSetSendingPausedException',
    'AccessDenied',
    'AccessDeniedException',
    'ExpiredToken',
    'ExpiredTokenException',
    'InvalidClientTokenId',
    'SignatureDoesNotMatch',
    'UnrecognizedClientException',
    'CredentialsProviderError',
  ])('%s passes', (name) => {
    expect(judgeFailure(named(name))).toEqual({ kind: 'refused', error: name, isFinal: false });
  });

  it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'])('%s never reached it, so it passes', (code) => {
    expect(judgeFailure(named('Error', { code }))).toMatchObject({ kind: 'refused', isFinal: false });
  });

  it.each([
    named('TimeoutError'),
    named('AbortError'),
    named('InternalFailure'),
    named('Error', { code: 'ECONNRESET' }),
    named('Error', { code: 'EPIPE' }),
    named('SyntaxError'),
    'a text',
    undefined,
  ])('%o proves nothing: unclear', (error) => {
    expect(judgeFailure(error).kind).toBe('unclear');
  });

  it('is known by its code as well as its name', () => {
    expect(judgeFailure(named('Error', { Code: 'Throttling' }))).toMatchObject({ isFinal: false });
  });

  it('never carries the text, which names addresses', () => {
    const error = new Error('Email address is not verified: selma@example.org');
    error.name = 'MessageRejected';

    expect(JSON.stringify(judgeFailure(error))).not.toContain('selma');
  });
});
