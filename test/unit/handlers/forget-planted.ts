/** Somebody with two sales, and everything about them that can lie anywhere; and the queue that forgets them. */
import type { SQSBatchResponse } from 'aws-lambda';
import type { ForgettingPorts, Link } from '../../../functions/adapters/ports.ts';
import { type SaleId, saleIdOf } from '../../../functions/core/ids.ts';
import type { Entry } from '../../../functions/core/journal.ts';
import type { ForgetTask } from '../../../functions/core/privacy/request.ts';
import { createHandler } from '../../../functions/forget-person/handler.ts';
import { personDigest, sentMailDigest } from '../../../functions/steps/digests.ts';
import { indexSale } from '../../../functions/steps/index-sale.ts';
import { loadSale } from '../../../functions/steps/load.ts';
import { queueBatch, queueMessage } from '../../fixtures/invocations.ts';
import type { MemoryWorld } from '../../fixtures/memory-ports.ts';
import { at, customer, order, record, told } from '../../fixtures/sales.ts';
import { run } from './sale-on-file.ts';

export const NOW = at(24);
export const EMAIL = customer.email ?? '';
export const A1 = saleIdOf('shop', 'A-1');
export const A2 = saleIdOf('shop', 'A-2');
export const OTHER = saleIdOf('shop', 'B-9');
/** Of the person who is to be forgotten, wherever it was planted. */
export const NEEDLES = ['elma', 'ydin', EMAIL, '555 03 30', 'squeaks', 'rattles', 'birthday', 'Firefox'];

const LINK: Link = { saleId: A1, audience: 'customer', expiresAt: at(30) };

const journalOf = (orderId: string, link: string): Entry[] => [
  told.ordered(at(2), { order: order({ tags: ['birthday'], soldBy: 'Selma' }) }),
  told.started(at(2)),
  { type: 'claimed', at: at(13), message: 'check-in', attempt: 1, link },
  { type: 'sent', at: at(13), message: 'check-in', attempt: 1, to: 'customer', messageId: `ses-${orderId}` },
  {
    type: 'replied',
    at: at(14),
    n: 1,
    reply: { rating: 2, call: true },
    evidence: { agent: 'Firefox' },
    private: { words: 'It squeaks.', phone: '+41 79 555 03 30' },
  },
  {
    type: 'wrote',
    at: at(15),
    mail: 'ab12'.repeat(8),
    as: 'more',
    private: { words: 'It rattles too.', original: `mail/${orderId}` },
  },
  {
    type: 'promised',
    at: at(14),
    promise: 'resolve-1',
    kind: 'resolve',
    because: 'unhappy',
    owner: 'nora',
    level: 0,
    dueAt: at(26),
    private: { words: 'It squeaks.' },
  },
];

/** A sale with everything in it that can be somebody's. */
export const plant = async (world: MemoryWorld, id: SaleId, who = customer): Promise<void> => {
  const { sales, ids, links, archive, ports, people } = world;
  const orderId = id.slice('shop/'.length);
  const link = ids.digest(`token of ${orderId}`);
  await sales.saveCustomer(id, who, at(2), at(2));
  await sales.open(record({ id, orderId }));
  await links.keep(link, { ...LINK, saleId: id });
  await links.keep(sentMailDigest(ids, `ses-${orderId}`), { ...LINK, saleId: id, message: 'check-in' });
  for (const entry of journalOf(orderId, link)) await sales.append(id, entry);
  archive.keep(`mail/${orderId}`);
  await sales.wait(id, { key: 'FollowUp', position: 'promise', token: `token-${orderId}`, until: at(30) });
  await indexSale(ports, (await loadSale(ports, id)).sale);
  const person = personDigest(ids, who.email ?? '');
  await people.touch(person, { at: at(13), message: 'check-in', saleId: id }, await people.of(person));
};

/** What lies outside of sales: the first three of each are about them, the last is not. */
export const park = async ({ parked, box, archive }: MemoryWorld): Promise<void> => {
  const event = { source: 'web', reason: 'odd', topic: undefined, at: at(9) };
  await parked.park({ ...event, id: '1', body: '{"email":"SELMA.AYDIN@example.org"}' });
  await parked.park({ ...event, id: '2', body: 'no JSON, but <selma.aydin@example.org> in it' });
  await parked.park({
    ...event,
    source: 'shop',
    id: '3',
    body: '{"data":{"orderId":"A-1","say":"rattles"}}',
  });
  await parked.park({
    ...event,
    source: 'shop',
    id: '4',
    body: '{"lines":[{"id":"A-1"}],"email":"x@y.example"}',
  });
  const mail = { at: at(9), reason: 'unknown', subject: 'hello', words: 'It rattles' } as const;
  await box.keep({ ...mail, id: 'm1', from: EMAIL, original: 'mail/u1', suggestions: [] });
  await box.keep({ ...mail, id: 'm2', from: 'a@example.org', original: 'mail/u2', suggestions: [A2] });
  await box.keep({ ...mail, id: 'm3', from: EMAIL, original: 'mail/u3', suggestions: [] });
  await box.keep({
    ...mail,
    id: 'm4',
    from: 'b@example.org',
    words: 'Hi',
    original: 'mail/u4',
    suggestions: [],
  });
  for (const key of ['mail/u1', 'mail/u2', 'mail/u3', 'mail/u4']) archive.keep(key);
};

export const workOn = async (ports: ForgettingPorts, task: ForgetTask): Promise<SQSBatchResponse> =>
  run(createHandler(ports), queueBatch(queueMessage(JSON.stringify(task), NOW, 'task')));

/** As the queue does it: a piece that failed comes back until it is done. */
export const workOff = async (world: MemoryWorld, ports: ForgettingPorts = world.ports): Promise<number> => {
  const { waiting } = world.forget;
  let pieces = 0;
  for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) {
    pieces += 1;
    if (pieces > 200) throw new Error('The work does not end');
    const { batchItemFailures } = await workOn(ports, task);
    if (batchItemFailures.length > 0) waiting.push(task);
  }
  return pieces;
};

/** All that is stored anywhere. */
export const everything = (world: MemoryWorld): string =>
  [
    world.bytes(),
    world.search.dump(),
    JSON.stringify(world.parked.all()),
    JSON.stringify(world.box.all()),
    world.archive.keys().join(' '),
    JSON.stringify(world.forget.waiting),
  ].join('\n');

export const hasNeedle = (text: string): string[] => NEEDLES.filter((needle) => text.includes(needle));
