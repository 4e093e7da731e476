import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { createHandler as askCustomer } from '../../functions/ask-customer/handler.ts';
import { FollowUpPlan } from '../../functions/core/plan.ts';
import { createHandler as startFollowUp } from '../../functions/start-follow-up/handler.ts';
import { configuration } from '../fixtures/configuration.ts';
import { context, queueBatch, queueMessage } from '../fixtures/invocations.ts';
import { memoryWorld } from '../fixtures/memory-ports.ts';
import { standardEvent, standardOrder } from '../fixtures/orders.ts';
import { at } from '../fixtures/sales.ts';
import { nastyText } from './kit/nasty.ts';
import { withoutMetrics } from './kit/quiet.ts';
import { runs, SEED } from './kit/runs.ts';

withoutMetrics();

const CONFIG = configuration();
const ORDERED = at(2, '09:15:06.000');
const DUE = at(13, '09:31');

/** What a mail of ours says above its words; a name from outside would have been smuggled in. */
const OUR_HEADERS = new Set([
  'from',
  'to',
  'reply-to',
  'subject',
  'date',
  'message-id',
  'mime-version',
  'content-type',
  'content-transfer-encoding',
  'list-unsubscribe',
  'list-unsubscribe-post',
  'list-id',
  'auto-submitted',
  'feedback-id',
  'in-reply-to',
  'references',
  'x-auto-response-suppress',
  'x-aftercare-sale',
  'x-aftercare-touch',
  'x-aftercare-attempt',
]);

const said = fc.record({
  name: nastyText,
  firstName: nastyText,
  title: nastyText,
  number: nastyText,
  soldBy: nastyText,
  locale: fc.oneof(nastyText, fc.constantFrom('de-CH', 'fr', 'xx')),
});

const orderOf = ({ name, firstName, title, number, soldBy, locale }: Record<string, string>) =>
  standardOrder({
    number,
    soldBy,
    customer: { name, firstName, email: 'marta.nowak@example.org', locale, country: 'PL' },
    lines: [{ id: '1', title, quantity: 1 }],
  });

describe(`the first mail about an order in which anything stands (seed ${SEED})`, () => {
  it('goes to the customer alone, has our headers alone, and shows what stood there as text', async () => {
    let sent = 0;
    await fc.assert(
      fc.asyncProperty(said, async (words) => {
        const world = memoryWorld(CONFIG);
        const body = JSON.stringify(standardEvent('order.paid', orderOf(words)));
        const message = { v: 1, source: 'shop', receivedAt: ORDERED, body, encoding: 'text' };
        await startFollowUp(world.ports)(queueBatch(queueMessage(JSON.stringify(message), ORDERED)), context);
        const [execution] = world.workflows.executions;
        if (execution === undefined) {
          expect(world.parked.all()).toHaveLength(1);
          return;
        }
        const plan = FollowUpPlan.parse(execution.input);

        await askCustomer(world.ports)(
          { now: DUE, retry: 0, token: 'waiting', plan, position: 'ask' },
          context,
        );

        for (const { to, raw } of world.mailer.tried) {
          sent += 1;
          expect(to).toBe('marta.nowak@example.org');
          const mail = await PostalMime.parse(raw);
          expect(mail.headers.map(({ key }) => key).filter((key) => !OUR_HEADERS.has(key))).toEqual([]);
          expect(mail.to?.map(({ address }) => address)).toEqual(['marta.nowak@example.org']);
          expect([mail.cc, mail.bcc]).toEqual([undefined, undefined]);
          expect(mail.html).not.toMatch(/<(script|img)|<[^>]*\son\w+=/i);
          expect(raw.split(/\r?\n/).filter((line) => Buffer.byteLength(line) > 998)).toEqual([]);
        }
      }),
      runs(80),
    );
    expect(sent).toBeGreaterThan(10);
  });
});
