import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHandler as createHear } from '../../functions/hear-of-mail/handler.ts';
import { sentMailDigest } from '../../functions/steps/digests.ts';
import { configuration } from '../fixtures/configuration.ts';
import { context, queueBatch } from '../fixtures/invocations.ts';
import { bounceOf, complaintOf, deliveryOf, enveloped, heardAt, rejectOf } from '../fixtures/mail-events.ts';
import { LANGUAGES } from '../fixtures/mails/languages.ts';
import { type MailParts, PROGRAMS, writeMail } from '../fixtures/mails/write-mail.ts';
import { type MemoryWorld, memoryWorld } from '../fixtures/memory-ports.ts';
import { at, SALE, told } from '../fixtures/sales.ts';
import { mailWorld, NOW, REPLY_DOMAIN } from '../unit/handlers/mail-world.ts';
import { putSale } from '../unit/handlers/sale-on-file.ts';
import { mangled } from './kit/mutate-bytes.ts';
import { mutated } from './kit/mutate-json.ts';
import { nastyText } from './kit/nasty.ts';
import { withoutMetrics } from './kit/quiet.ts';
import { runs, SEED } from './kit/runs.ts';
import { expectStorable } from './kit/storable.ts';

withoutMetrics();

const TOKEN = 'k'.repeat(32);
const ARRIVED = JSON.stringify({ Records: [{ eventTime: NOW, s3: { object: { key: 'mail/one' } } }] });

/** A mail, delivered by the queue twice: what failed, what stands aside, and what is stored after each time. */
const takeTwice = async (rawFor: (token: string) => Buffer) => {
  const { world, box, token, deliver } = await mailWorld();
  const raw = rawFor(token);
  const mails = { read: async () => raw, drop: async () => undefined };
  const asides: string[] = [];
  const keep: typeof box.keep = async (mail) => {
    asides.push(mail.id);
    await box.keep(mail);
  };
  const once = await deliver(ARRIVED, (ports) => ({ ...ports, mails, box: { ...box, keep } }));
  const afterOnce = world.bytes();
  expectStorable(world);
  const twice = await deliver(ARRIVED, (ports) => ({ ...ports, mails, box: { ...box, keep } }), 2);
  return {
    failures: [...once.batchItemFailures, ...twice.batchItemFailures],
    asides: new Set(asides),
    tried: world.mailer.tried,
    isSame: world.bytes() === afterOnce,
  };
};

const answers: MailParts[] = LANGUAGES.flatMap((language) =>
  Object.values(PROGRAMS).map((write) => write(language)),
);
const addressed = (mail: MailParts, token: string): MailParts => ({
  ...mail,
  to: `Nora Frei <r+${token}@${REPLY_DOMAIN}>`,
});

const HEADERS = [
  'Auto-Submitted',
  'In-Reply-To',
  'References',
  'Return-Path',
  'Reply-To',
  'X-SES-Spam-Verdict',
  'X-SES-Virus-Verdict',
  'Content-Type',
  'Content-Transfer-Encoding',
  'Subject',
  'Date',
  'List-Id',
];
const headers = fc
  .array(fc.tuple(fc.constantFrom(...HEADERS), nastyText), { maxLength: 4 })
  .map((pairs) => pairs.map(([name, value]) => `${name}: ${value}`));

/** As bytes, so that what was cut, doubled or turned over may be anywhere: in a header, a boundary, an encoding. */
const broken = mangled(...answers.map((mail) => writeMail(addressed(mail, TOKEN))));

describe(`a mail that comes in (seed ${SEED})`, () => {
  it('is heard or kept for a person, whatever its headers and its words are, and once', async () => {
    const mail = fc.tuple(fc.constantFrom(...answers), headers, fc.option(nastyText));
    await fc.assert(
      fc.asyncProperty(mail, async ([written, more, text]) => {
        const parts = { ...written, ...(text === null ? {} : { text, subject: text }) };
        const lines = ['Message-ID: <m@example.org>', ...more];

        const { failures, tried, isSame } = await takeTwice((token) =>
          writeMail({ ...addressed(parts, token), headers: lines }),
        );

        expect(failures).toEqual([]);
        expect(isSame).toBe(true);
        for (const { to } of tried) expect(to).not.toMatch(/[\r\n]/);
      }),
      runs(100),
    );
  });

  it('is heard, kept for a person or passed over, whatever its bytes are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(broken, fc.uint8Array().map(Buffer.from)), async (bytes) => {
        const { failures, isSame } = await takeTwice((token) =>
          Buffer.from(bytes.toString('latin1').replaceAll(TOKEN, token), 'latin1'),
        );

        expect(failures).toEqual([]);
        expect(isSame).toBe(true);
      }),
      runs(150),
    );
  });

  it('of a person is never lost: what nobody stands behind waits at the desk', async () => {
    const words = fc.oneof(nastyText, fc.constant('The bell is dull'));
    await fc.assert(
      fc.asyncProperty(words, nastyText, async (text, subject) => {
        const { failures, asides } = await takeTwice(() =>
          writeMail({
            text,
            subject,
            to: 'hello@mail.velowerk.example',
            headers: ['Message-ID: <m@example.org>'],
          }),
        );

        expect(failures).toEqual([]);
        expect(asides.size).toBe(1);
      }),
      runs(50),
    );
  });

  it('full of parts, quotes or headers is read like any other', async () => {
    const monsters = [
      `Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\nContent-Type: text/plain\r\n\r\nx\r\n'.repeat(5000)}`,
      `Subject: ${'=?utf-8?B?YQ==?= '.repeat(20_000)}\r\n\r\nx`,
      `${'X-Long: y\r\n'.repeat(20_000)}\r\nx`,
      `Content-Type: text/html\r\n\r\n${'<div>'.repeat(50_000)}`,
      `Content-Type: text/plain\r\n\r\n${'> '.repeat(100_000)}`,
      `Content-Type: text/plain\r\n\r\n${'On Monday wrote:\n'.repeat(20_000)}`,
      `Content-Type: text/plain; charset=x-unknown\r\nContent-Transfer-Encoding: base64\r\n\r\n${'====='.repeat(20_000)}`,
      Array.from(
        { length: 60 },
        (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`,
      ).join(''),
    ];
    for (const monster of monsters) {
      const { failures } = await takeTwice((token) =>
        Buffer.from(
          `From: a@example.org\r\nTo: r+${token}@${REPLY_DOMAIN}\r\nMessage-ID: <m@e.org>\r\n${monster}`,
        ),
      );
      expect(failures).toEqual([]);
    }
  });
});

/** All but the count of writes that guards one item of a person. */
const stored = (world: MemoryWorld): string => world.bytes().replaceAll(/"version":\d+/g, '');

describe(`what the mail service tells (seed ${SEED})`, () => {
  const CONFIG = configuration();
  const ID = 'ses-check-in-1';
  const genuine = [
    bounceOf(ID),
    bounceOf(ID, 'Transient'),
    complaintOf(ID),
    deliveryOf(ID),
    rejectOf(ID),
    enveloped(bounceOf(ID)),
  ];

  it('is heard, passed over or left whole to a person, and means the same when it comes twice', async () => {
    const said = fc.oneof(
      mutated(...genuine).map((body) => JSON.stringify(body) ?? ''),
      mangled(...genuine.map((body) => JSON.stringify(body))).map(String),
    );
    await fc.assert(
      fc.asyncProperty(said, async (body) => {
        const world = memoryWorld(CONFIG);
        await putSale(world, [
          told.claimed('check-in', at(13, '09:01')),
          told.sent('check-in', at(13, '09:01')),
        ]);
        const link = {
          saleId: SALE,
          audience: 'customer' as const,
          message: 'check-in',
          attempt: 1,
          expiresAt: at(30),
        };
        await world.links.keep(sentMailDigest(world.ids, ID), link);
        const hear = (take: number) =>
          createHear(world.ports)(queueBatch(heardAt(body, at(13, '09:05'), take)), context);

        const before = stored(world);
        // The first time it may be earlier than our own note of the mail.
        await hear(1);
        const { batchItemFailures } = await hear(2);
        const once = stored(world);
        await hear(3);

        // A bounce that cannot be read goes to the dead letters, for a person; it does nothing by halves.
        if (batchItemFailures.length > 0) expect(once).toBe(before);
        expect(stored(world)).toBe(once);
      }),
      runs(150),
    );
  });
});
