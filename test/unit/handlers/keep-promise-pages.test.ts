/** Who is woken, and when: the end of the ladder, once for each time it breaks there. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Entry } from '../../../functions/core/journal.ts';
import { createHandler } from '../../../functions/keep-promise/handler.ts';
import { type MemoryWorld, memoryWorld } from '../../fixtures/memory-ports.ts';
import { at, SALE, told } from '../../fixtures/sales.ts';
import { planned } from './planned.ts';
import { journalOf, putSale, run } from './sale-on-file.ts';

let world: MemoryWorld;
const NOON = at(17, '11:00');
const NIGHT = at(17, '22:00');
const dueAt = at(20, '14:00');

beforeEach(() => {
  world = memoryWorld();
});

const owed = (severity: 'normal' | 'high' | 'urgent' = 'normal'): Entry =>
  told.promised(at(17, '08:00'), 'resolve', { dueAt: at(17, '09:00'), reply: 1, severity });
const raised = (strike: number, when: string, level: 1 | 2 = 2): Entry =>
  told.escalated(when, { strike, from: 'nora', owner: level === 2 ? 'urs' : 'ines', level, dueAt });
const atTheTop = (severity: 'normal' | 'high' | 'urgent' = 'normal'): Entry[] => [
  told.replied(at(17, '07:00'), 1, { words: 'The rear wheel creaks.' }),
  owed(severity),
  raised(1, at(17, '09:00'), 1),
  raised(2, at(17, '10:00')),
];

const keep = async (now: string, more: { turn?: number; retry?: number } = {}) =>
  run(createHandler(world.ports), {
    ...(await planned(world, now, { turn: 3, ...more })),
    position: 'owner',
  });
const paged = () => journalOf(world).filter((entry) => entry === 'paged');

describe('a promise that breaks at the end of the ladder', () => {
  it('pages once, however often the state is entered or its Lambda retried', async () => {
    await putSale(world, atTheTop());

    for (const retry of [0, 1, 2, 0]) await keep(NOON, { retry });
    await keep(at(17, '12:00'));

    expect(world.pages).toHaveLength(1);
    expect(paged()).toHaveLength(1);
  });

  it('pages again when it breaks again, and says how often it broke', async () => {
    await putSale(world, atTheTop());
    await keep(NOON);

    await world.sales.append(SALE, raised(3, at(18, '10:00')));
    await keep(at(18, '10:00'), { turn: 4 });
    await keep(at(18, '10:30'), { turn: 4 });

    expect(world.pages.map(({ text }) => /broken (\d) times/.exec(text)?.[1])).toEqual(['2', '3']);
    expect(paged()).toHaveLength(2);
  });

  it('pages again after a crash between the page and the entry: twice is better than none', async () => {
    await putSale(world, atTheTop());
    world.failOnce('sales.append promise#resolve-1#paged');

    await expect(keep(NOON)).rejects.toThrow('the network failed');
    await keep(NOON, { retry: 1 });
    await keep(NOON, { retry: 2 });

    expect(world.pages).toHaveLength(2);
    expect(paged()).toHaveLength(1);
  });

  it('pages also when the mail service is down', async () => {
    await putSale(world, atTheTop());
    world.failOnce('links.keep');

    await expect(keep(NOON)).rejects.toThrow('the network failed');

    expect(world.pages).toHaveLength(1);
  });

  it('says nothing personal: the number of the order, of the promise, and where the desk is', async () => {
    await putSale(world, atTheTop());

    await keep(NOON);

    const [page] = world.pages;
    expect(`${page?.subject} ${page?.text}`).not.toMatch(/Selma|Aydin|example\.org|555|creaks|wheel|Jura/i);
    expect(page?.text).toContain('#204, resolve-1');
    expect(page?.text).toContain('https://care.velowerk.example/desk');
    expect(page?.text).not.toMatch(/\/[sprdu]\/[a-z0-9]{8}/);
  });
});

describe('outside working hours', () => {
  it.each(['normal', 'high'] as const)(
    'a %s promise pages nobody, and in the morning it does',
    async (severity) => {
      await putSale(world, atTheTop(severity));

      await keep(NIGHT);
      await keep(at(21, '11:00'));
      expect(world.pages).toEqual([]);

      await keep(at(18, '08:00'));
      expect(world.pages).toHaveLength(1);
    },
  );

  it('an urgent promise pages at once, at whatever level it is, and once', async () => {
    await putSale(world, [told.replied(at(17, '07:00'), 1), owed('urgent')]);

    await keep(NIGHT, { turn: 1 });
    await keep(NIGHT, { turn: 1, retry: 1 });
    await keep(at(18, '03:00'), { turn: 1 });

    expect(world.pages).toHaveLength(1);
  });

  it('an urgent one pages again for each level it climbs', async () => {
    await putSale(world, [told.replied(at(17, '07:00'), 1), owed('urgent')]);
    await keep(NIGHT, { turn: 1 });

    await world.sales.append(SALE, raised(1, at(17, '22:30'), 1));
    await keep(at(17, '22:30'), { turn: 2 });

    expect(world.pages).toHaveLength(2);
  });
});

describe('nobody is paged', () => {
  it.each<[string, Entry[], number]>([
    ['in working hours below the end of the ladder', atTheTop('urgent').slice(0, 3), 2],
    [
      'when the customer has been asked whether it is done',
      [...atTheTop(), told.proposed(at(17, '10:30'))],
      3,
    ],
    ['when it is closed', [...atTheTop(), told.judged(at(17, '10:30'), true)], 3],
  ])('%s', async (_, entries, turn) => {
    await putSale(world, entries);

    await keep(NOON, { turn });

    expect(world.pages).toEqual([]);
  });
});
