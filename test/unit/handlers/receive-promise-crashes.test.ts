/** Whatever fails, and whenever: the same request again ends in one promise and the answer it would have had. */
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../functions/core/journal.ts';
import { inOrder } from '../../../functions/core/journal.ts';
import { type MemoryWorld, memoryWorld } from '../../fixtures/memory-ports.ts';
import { at, SALE } from '../../fixtures/sales.ts';
import { sender, shaky } from './promise-sender.ts';
import { putSale } from './sale-on-file.ts';

const order = 'shop/B-204';
const window = { from: at(12, '09:00'), to: at(12, '11:00') };
const later = { from: at(13, '09:00'), to: at(13, '11:00') };
const visit = { type: 'promise.create', order, kind: 'visit', visit: window };
/** The evening before, and twice before the shop opens: working hours give both the same time. */
const BEFORE = at(9, '15:30');
const NOW = at(10, '06:00');
const LATER = at(10, '07:00');

/** What was there before, and what is asked. */
const CASES: [string, unknown[], Record<string, unknown>][] = [
  ['a call is made', [], { type: 'promise.create', order, kind: 'call', says: 'We ring.' }],
  ['a visit is made', [], visit],
  [
    'a time is moved',
    [{ type: 'promise.create', order, kind: 'call' }],
    {
      type: 'promise.reschedule',
      order,
      promise: 'call-1',
      due: at(16),
    },
  ],
  [
    'a visit gets another time',
    [visit],
    {
      type: 'promise.reschedule',
      order,
      promise: 'visit-1',
      visit: later,
    },
  ],
  [
    'a visit goes to somebody else',
    [visit],
    {
      type: 'promise.hand-over',
      order,
      promise: 'visit-1',
      to: 'lio',
    },
  ],
  [
    'a visit is cancelled',
    [visit],
    {
      type: 'promise.cancel',
      order,
      promise: 'visit-1',
      reason: 'They sold the bike.',
    },
  ],
  [
    'somebody leaves',
    [visit, { type: 'promise.create', order, kind: 'call' }],
    {
      type: 'staff.left',
      staff: 'nora',
      to: 'lio',
    },
  ],
];

const worldWith = async (before: readonly unknown[]) => {
  const world = memoryWorld();
  await putSale(world);
  const { send } = sender(world);
  for (const [index, body] of before.entries()) await send(body, { id: `before_${index}`, now: BEFORE });
  return { world, send };
};

/** What a retry may differ in: when it was written. */
const timeless = (entries: readonly Entry[]) =>
  inOrder(entries).map((entry) => ({ ...entry, at: entry.at === LATER ? NOW : entry.at }));

const stateOf = async ({ sales, lists, ports, workflows }: MemoryWorld) => ({
  journal: timeless(sales.entries(SALE)),
  open: lists.open().map(({ promise, owner, dueAt }) => ({ promise, owner, dueAt })),
  promises: workflows.executions.filter(({ machine }) => machine === 'Promise').map(({ name }) => name),
  free: await Promise.all(
    ['nora', 'lio'].flatMap((who) =>
      [window, later].map(({ from, to }) => ports.bookings.reserve(who, from, to, 'somebody else')),
    ),
  ),
});

describe.each(CASES)('when %s', (_, before, asked) => {
  it('any failure, before or after it took effect, is mended by the same request', async () => {
    const smooth = await worldWith(before);
    const counting = shaky(undefined);
    const answer = await smooth.send(asked, { id: 'msg_a', now: NOW }, counting);
    const wanted = await stateOf(smooth.world);
    expect(counting.names.length).toBeGreaterThan(5);
    expect(answer.status).toBeLessThan(300);

    for (const [index, name] of counting.names.entries())
      for (const when of ['before', 'after'] as const) {
        const { world, send } = await worldWith(before);

        const failed = await send(asked, { id: 'msg_a', now: NOW }, shaky(index + 1, when));
        const again = await send(asked, { id: 'msg_a', now: LATER });

        const where = `${when} operation ${index + 1}, ${name}`;
        expect({ where, status: failed.status, code: failed.body.type }).toEqual({
          where,
          status: 500,
          code: 'urn:problem-type:aftercare:our-trouble',
        });
        expect({ where, ...answerOf(again) }).toEqual({ where, ...answerOf(answer) });
        expect({ where, ...(await stateOf(world)) }).toEqual({ where, ...wanted });
      }
  });

  it('the same request at the same moment is carried out once, and both hear the same', async () => {
    const smooth = await worldWith(before);
    const answer = await smooth.send(asked, { id: 'msg_a', now: NOW });
    const wanted = await stateOf(smooth.world);
    const { world, send } = await worldWith(before);

    const both = await Promise.all([
      send(asked, { id: 'msg_a', now: NOW }),
      send(asked, { id: 'msg_a', now: NOW }),
    ]);

    expect(both.map(({ status }) => status)).toEqual([answer.status, answer.status]);
    expect(await stateOf(world)).toEqual(wanted);
  });
});

const answerOf = ({ status, body }: { status: number; body: Record<string, unknown> }) => ({ status, body });
