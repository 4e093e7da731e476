import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHandler as actOnPromise } from '../../functions/act-on-promise/handler.ts';
import type { Customer } from '../../functions/core/shop-event.ts';
import { TRAP } from '../../functions/pages/sealed-forms.ts';
import { createHandler as receiveReply } from '../../functions/receive-reply/handler.ts';
import { createHandler as receiveVerdict } from '../../functions/receive-verdict/handler.ts';
import { createHandler as stopAsking } from '../../functions/stop-asking/handler.ts';
import { configuration } from '../fixtures/configuration.ts';
import { context, httpRequest } from '../fixtures/invocations.ts';
import { type MemoryWorld, memoryWorld } from '../fixtures/memory-ports.ts';
import { at, customer, order as orderOf, SALE, told } from '../fixtures/sales.ts';
import { putLink, putSale } from '../unit/handlers/sale-on-file.ts';
import { FROM_A_PERSON, fieldsIn, presses, type Sent, strangeHeaders } from './kit/forms.ts';
import { nastyText } from './kit/nasty.ts';
import { expectSafe } from './kit/page-checks.ts';
import { withoutMetrics } from './kit/quiet.ts';
import { runs, SEED } from './kit/runs.ts';
import { expectStorable } from './kit/storable.ts';

withoutMetrics();

const CONFIG = configuration();
const NOW = at(17, '09:00');
const OWED = [
  told.replied(at(16), 1, { words: 'The frame is bent', wish: 'replace', call: true }),
  told.promised(at(16, '10:01'), 'resolve', { reply: 1, dueAt: at(17, '12:00') }),
];

type Handler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;
type PageKind = {
  letter: string;
  audience: 'customer' | 'staff';
  make(ports: MemoryWorld['ports']): Handler;
};

const PAGES: PageKind[] = [
  { letter: 'r', audience: 'customer', make: receiveReply },
  { letter: 's', audience: 'customer', make: receiveVerdict },
  { letter: 'u', audience: 'customer', make: stopAsking },
  { letter: 'p', audience: 'staff', make: actOnPromise },
];

/** A sale about which something is owed, and a link to the page. */
const begin = async ({ letter, audience, make }: PageKind, who: Customer = customer, since = OWED) => {
  const world = memoryWorld(CONFIG);
  await putSale(world, since, { customer: who });
  await world.sales.wait(SALE, {
    key: 'resolve-1',
    position: 'owner',
    token: 'promise',
    until: at(17, '12:00'),
    turn: 1,
  });
  const token = await putLink(
    world,
    audience,
    audience === 'staff' ? { promise: 'resolve-1', staff: 'nora' } : {},
  );
  const handler = make(world.ports);
  const ask = (
    method: string,
    with_: Partial<Sent> & { query?: string; token?: string; at?: string } = {},
  ) => {
    const { headers = { 'user-agent': 'a browser' }, body, query = '' } = with_;
    const shown = with_.token ?? token;
    return handler(
      httpRequest({
        method,
        path: `/${letter}/${shown}`,
        parameters: { token: shown },
        at: with_.at ?? NOW,
        query,
        headers,
        ...(body === undefined ? {} : { body }),
      }),
      context,
    );
  };
  return { world, token, ask };
};

describe.each(PAGES)(`the page /$letter (seed ${SEED})`, (kind) => {
  it('changes nothing when it is only looked at, and shows nothing as it was sent', async () => {
    const { world, ask } = await begin(kind);
    const before = world.bytes();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('GET', 'HEAD'),
        fc.array(
          fc.tuple(fc.constantFrom('rating', 'words', 'act', 'promise', 'stop', '__proto__'), nastyText),
          {
            maxLength: 4,
          },
        ),
        strangeHeaders,
        async (method, pairs, headers) => {
          const answer = await ask(method, { headers, query: new URLSearchParams(pairs).toString() });

          expectSafe(answer);
          expect(answer.statusCode).toBe(200);
          expect(world.bytes()).toBe(before);
        },
      ),
      runs(40),
    );
  });

  it('opens for its own link alone', async () => {
    const { world, token, ask } = await begin(kind);
    const before = world.bytes();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('GET', 'HEAD', 'POST'),
        fc.oneof(
          nastyText,
          fc.nat(31).map((place) => `${token.slice(0, place)}7${token.slice(place + 1)}`),
        ),
        async (method, other) => {
          fc.pre(other.toLowerCase() !== token);
          const answer = await ask(method, { token: other, body: Buffer.from('rating=5') });

          expectSafe(answer);
          expect(answer.body).not.toContain('Selma');
          expect(world.bytes()).toBe(before);
        },
      ),
      runs(40),
    );
  });

  it('answers every press, and says it unharmed afterwards', async () => {
    const first = await begin(kind);
    const known = fieldsIn((await first.ask('GET')).body ?? '');
    await fc.assert(
      fc.asyncProperty(fc.array(presses(known), { minLength: 1, maxLength: 2 }), async (sent) => {
        const { world, ask } = await begin(kind);

        for (const press of sent) expectSafe(await ask('POST', press));

        for (const page of [await ask('GET'), await ask('GET', { query: 'rating=1', at: at(24) })]) {
          expectSafe(page);
          expect(page.statusCode).toBe(200);
        }
        expect((await world.sales.load(SALE))?.entries.length).toBeGreaterThanOrEqual(OWED.length + 2);
      }),
      runs(80),
    );
  });

  it('shows what the shop and the customer wrote as text', async () => {
    const short = (most: number) => nastyText.map((text) => text.slice(0, most));
    const said = fc.record({ name: short(300), firstName: short(200), phone: short(60), words: short(2000) });
    await fc.assert(
      fc.asyncProperty(said, async ({ words, ...who }) => {
        const title = words.slice(0, 500);
        const order = orderOf({ lines: [{ lineId: '1', title, quantity: 1 }] });
        const since = [
          told.ordered(at(2, '09:03'), { order }),
          told.replied(at(16), 1, { words, call: true }),
          ...OWED.slice(1),
        ];
        const { ask } = await begin(kind, who, since);

        for (const query of ['', 'rating=1', 'rating=5']) expectSafe(await ask('GET', { query }));
      }),
      runs(40),
    );
  });

  it('answers methods that no page has as one that only looks', async () => {
    for (const method of ['OPTIONS', 'PUT', 'DELETE', 'PATCH', 'TRACE', 'BREW', '']) {
      const { world, ask } = await begin(kind);
      const before = world.bytes();

      expectSafe(await ask(method, { body: Buffer.from('rating=1&act=done&stop=asking') }));

      expect(world.bytes()).toBe(before);
    }
  });

  it('takes a megabyte of anything without a fault', async () => {
    const { world, ask } = await begin(kind);
    const known = fieldsIn((await ask('GET')).body ?? '').filter(([name]) => name !== TRAP);
    const filled = known.map(([name, value]): [string, string] => [
      name,
      value === '' ? 'ü'.repeat(100_000) : value,
    ]);
    const large = [
      new URLSearchParams(filled).toString(),
      `words=${'x'.repeat(1_000_000)}`,
      'a=1&'.repeat(250_000),
      '%'.repeat(1_000_000),
      `--b0\r\nname="words"\r\n\r\n${'"'.repeat(4_000_000)}\r\n--b0\r\nname="rating"\r\n\r\n1\r\n--b0--\r\n`,
      `--b0\r\nname="rating"\r\n\r\n1\r\n--b0\r\nname="words"\r\n\r\n${'"'.repeat(4_000_000)}\r\n--b0--\r\n`,
      `--b0\r\n${'name="words"\r\n\r\n'.repeat(60_000)}x`,
      `--b0\r\nname="words"\r\n${'a\n'.repeat(500_000)}`,
    ];
    for (const [n, text] of large.entries()) {
      const type = n < 4 ? 'application/x-www-form-urlencoded' : 'multipart/form-data; boundary=b0';
      for (const person of [{}, FROM_A_PERSON])
        expectSafe(
          await ask('POST', {
            headers: { ...person, 'content-type': type },
            body: Buffer.from(text),
            at: at(17, '09:01'),
          }),
        );
    }
    expectStorable(world);
  });
});
