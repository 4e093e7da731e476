import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IntakeMessage } from '../../functions/core/intake.ts';
import { createHandler } from '../../functions/receive-webhook/handler.ts';
import type { ShopRequest } from '../../lib/local/sample-orders/shop-requests.ts';
import { configuration } from '../fixtures/configuration.ts';
import { context, httpRequest } from '../fixtures/invocations.ts';
import { at } from '../fixtures/sales.ts';
import { mangled } from './kit/mutate-bytes.ts';
import { nastyText } from './kit/nasty.ts';
import { withoutMetrics } from './kit/quiet.ts';
import { runs, SEED } from './kit/runs.ts';
import { SECRET, SHOPS } from './kit/shops.ts';

const NOW = at(2, '09:15:06.000');
const MOST_QUEUED_BYTES = 262_144;
/** What a message may hold besides what JSON allows. */
const UNSENDABLE = /[\uFFFE\uFFFF]/;

withoutMetrics();

/** Nothing makes it smaller. */
const NOISE = Array.from({ length: 12_000 }, (_, n) =>
  createHash('sha256').update(`${n}`).digest('base64'),
).join('');

/** A queue that refuses what SQS refuses. */
const queue = () => {
  const taken: string[] = [];
  return {
    taken,
    send: async (body: string) => {
      if (Buffer.byteLength(body) > MOST_QUEUED_BYTES || UNSENDABLE.test(body))
        throw new Error('SQS refuses');
      taken.push(body);
    },
  };
};

const settings = { config: configuration() };
const secrets = { of: async () => [SECRET, 'older'] };

type Request = Pick<ShopRequest, 'headers'> & { body: string | Buffer; source: string };

const receive = async ({ headers, body, source }: Request) => {
  const intake = queue();
  const handler = createHandler({ settings, secrets, queue: intake });
  const path = `/webhooks/${source}`;
  const event = httpRequest({ method: 'POST', path, at: NOW, headers, body, parameters: { source } });
  const { statusCode = 0, headers: answered } = await handler(event, context);
  return { status: statusCode, type: answered?.['content-type'], queued: intake.taken };
};

const flipped = (text: string, at_: number, bit: number): Buffer => {
  const bytes = Buffer.from(text);
  bytes[at_] = (bytes[at_] ?? 0) ^ (1 << bit);
  return bytes;
};

describe.each(SHOPS)(`webhooks of $source (seed ${SEED})`, ({ source, said, sign, signatureHeader }) => {
  const [first = { topic: '', body: {} }] = said;
  const genuine = sign(first, Date.parse(NOW));

  it('are taken as they were signed', async () => {
    expect(await receive({ ...genuine, source })).toMatchObject({
      status: 200,
      queued: [expect.any(String)],
    });
  });

  it('are refused when one bit of any byte of the body is another', async () => {
    const { length } = Buffer.from(genuine.body);
    for (let place = 0; place < length; place += 1) {
      const answer = await receive({ ...genuine, source, body: flipped(genuine.body, place, place % 8) });
      expect([place, answer.status, answer.queued]).toEqual([place, 401, []]);
    }
  });

  it('are refused when one bit of any byte of the signature is another', async () => {
    const signature = genuine.headers[signatureHeader] ?? '';
    for (let place = 0; place < signature.length; place += 1) {
      for (let bit = 0; bit < 7; bit += 1) {
        const forged = flipped(signature, place, bit).toString('latin1');
        const answer = await receive({
          ...genuine,
          source,
          headers: { ...genuine.headers, [signatureHeader]: forged },
        });
        expect([forged, answer.status, answer.queued]).toEqual([forged, 401, []]);
      }
    }
  });

  it('are refused with any other signature, or none, or another source’s', async () => {
    const signature = genuine.headers[signatureHeader] ?? '';
    await fc.assert(
      fc.asyncProperty(fc.oneof(nastyText, mangled(signature).map(String)), async (text) => {
        fc.pre(text.trim() !== signature);
        const headers = { ...genuine.headers, [signatureHeader]: text };

        const answer = await receive({ ...genuine, source, headers });

        // A list of signatures may hold a right one among wrong ones.
        fc.pre(!(answer.status === 200 && text.includes(signature.split(',').at(-1) ?? signature)));
        expect([answer.status, answer.queued]).toEqual([401, []]);
      }),
      runs(60),
    );
  });

  it('are answered, whatever the bytes, and queued only when they are JSON', async () => {
    const bodies = said.map(({ body }) => JSON.stringify(body));
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          mangled(...bodies),
          fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
        ),
        async (bytes) => {
          const text = bytes.toString('utf8');
          const isText = Buffer.from(text).equals(bytes);
          const signedBody = { ...first, body: isText ? text : genuine.body };

          const answer = await receive({ ...sign(signedBody, Date.parse(NOW)), body: bytes, source });

          expect(answer.type).toBe('application/json');
          expect([200, 400, 401]).toContain(answer.status);
          expect(answer.queued.length).toBeLessThanOrEqual(answer.status === 200 ? 1 : 0);
          for (const message of answer.queued)
            expect(IntakeMessage.safeParse(JSON.parse(message)).success).toBe(true);
        },
      ),
      runs(60),
    );
  });

  it('are answered, whatever the headers', async () => {
    const names = Object.keys(genuine.headers);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names, 'x-other'), nastyText, async (name, text) => {
        const answer = await receive({ ...genuine, source, headers: { ...genuine.headers, [name]: text } });

        expect([200, 400, 401]).toContain(answer.status);
      }),
      runs(60),
    );
  });

  it('are queued or refused for their size, never answered with a fault that the shop would repeat for ever', async () => {
    const sizes = [
      '',
      JSON.stringify({ id: 1, list: Array(59_000).fill('') }),
      JSON.stringify({ id: 1, note: '\\'.repeat(89_000) }),
      JSON.stringify({ id: 1, note: '\uFFFE' }),
      JSON.stringify({ id: 1, note: NOISE }),
      JSON.stringify({ id: 1, note: 'a'.repeat(1_048_500) }),
      JSON.stringify({ id: 1, note: 'a'.repeat(1_048_577) }),
    ];
    const statuses: number[] = [];
    for (const body of sizes)
      statuses.push((await receive({ ...sign({ ...first, body }, Date.parse(NOW)), source })).status);

    expect(statuses).toEqual([400, 200, 200, 200, 413, 200, 413]);
  });
});

describe(`the address of a webhook (seed ${SEED})`, () => {
  it('that no source has is not found, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(nastyText, async (source) => {
        const answer = await receive({ source, headers: {}, body: '{}' });

        expect([answer.status, answer.queued]).toEqual([404, []]);
      }),
      runs(60),
    );
  });
});
