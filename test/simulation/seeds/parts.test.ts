/** The parts of the simulation that must be right for its verdicts to mean anything. */
import { describe, expect, it } from 'vitest';
import { createAgenda } from './agenda.ts';
import { commandFor, namesIn } from './case.ts';
import { createChance, shortOf } from './chance.ts';
import { createFaults } from './faults.ts';
import { linksIn, promiseOf, replyToIn } from './letters.ts';
import { createRuns } from './runs.ts';
import { shrink } from './shrink.ts';
import { createTable } from './tables.ts';

const chance = createChance(1);
const world = (only?: ReadonlySet<string>, seed = 1) => {
  let now = 0;
  const chance = createChance(seed);
  const agenda = createAgenda();
  const faults = createFaults({ chance, only, now: () => now });
  const runs = createRuns({ chance, faults, agenda, now: () => now, settled: async () => undefined });
  return { agenda, faults, runs, moveTo: (at: number) => (now = at) };
};
const CALL = { kind: 'write', at: 'write a row', errors: ['Trouble'] } as const;

/** The name under which the first call of a run would be struck. */
const faultName = (fault: string, run: string) => shortOf(`${fault} at write a row 1 of ${run}~1`);

/** Until a run is struck in this way: rates and draws depend on the seed. */
const struck = async (fault: string) => {
  for (let n = 0; n < 40_000; n += 1) {
    const run = `run-${n}`;
    const { runs, faults } = world(new Set([faultName(fault, run)]), n);
    if (faults.strike('conditional', `write a row 1 of ${run}~1`) === undefined) continue;
    let did = 0;
    const ended = runs.begin(run, async () => {
      await runs.call({ ...CALL, kind: 'conditional', act: () => (did += 1), echo: () => -1 });
      return runs.call({ ...CALL, act: () => (did += 1) });
    });
    await runs.settle();
    return { ended: await ended, did };
  }
  throw new Error(`Nothing was struck by ${fault}`);
};

describe('a draw', () => {
  it('is the same for the same name and seed, and differs for others', () => {
    expect(createChance(5).draw('a')).toBe(createChance(5).draw('a'));
    expect(new Set([5, 6, 7].map((seed) => createChance(seed).draw('a'))).size).toBe(3);
  });

  it('is spread over all there is', () => {
    const draws = Array.from({ length: 1000 }, (_, n) => chance.below(`n ${n}`, 10));

    for (let n = 0; n < 10; n += 1) expect(draws.filter((one) => one === n).length).toBeGreaterThan(60);
  });
});

describe('an agenda', () => {
  it('gives what is due in due order, and of one instant in the order it was written down', () => {
    const agenda = createAgenda();
    const done: string[] = [];
    for (const [at, name] of [
      [3, 'c'],
      [1, 'a'],
      [3, 'd'],
      [2, 'b'],
      [9, 'z'],
    ] as const)
      agenda.add(at, () => done.push(name));

    for (const act of agenda.take(3)) act();

    expect(done.join('')).toBe('abcd');
    expect(agenda.nextAt()).toBe(9);
  });
});

describe('a run', () => {
  it('that dies before a call has done nothing, and never goes on', async () => {
    expect(await struck('dies-before')).toEqual({ ended: { kind: 'died' }, did: 0 });
  });

  it('that dies after a call has done it, and never goes on', async () => {
    expect(await struck('dies-after')).toEqual({ ended: { kind: 'died' }, did: 1 });
  });

  it('whose answer is lost has done it, and hears of trouble', async () => {
    const { ended, did } = await struck('lost');

    expect(did).toBe(1);
    expect(ended).toMatchObject({ kind: 'failed', error: { name: 'Trouble' } });
  });

  it('whose call fails has not done it', async () => {
    expect(await struck('error')).toMatchObject({ ended: { kind: 'failed' }, did: 0 });
  });

  it('takes turns with others, one call at a time', async () => {
    const { runs } = world(new Set());
    const order: string[] = [];
    for (const name of ['a', 'b'])
      void runs.begin(name, async () => {
        for (let n = 1; n <= 4; n += 1) await runs.call({ ...CALL, act: () => order.push(`${name}${n}`) });
      });

    await runs.settle();

    expect(order.filter((one) => one.startsWith('a'))).toEqual(['a1', 'a2', 'a3', 'a4']);
    expect(order).not.toEqual([...order].sort());
  });
});

describe('what died at a step', () => {
  /** A first death that is drawn, and whether the next run of the same step dies there too. */
  const deathsOf = (isAgainLeftOut: boolean) => {
    const kept: string[] = [];
    for (let seed = 0; seed < 2000; seed += 1) {
      const wild = createFaults({ chance: createChance(seed), only: undefined, now: () => 5 });
      const first = wild.strike('write', 'write a row 1 of step~1');
      if (first !== 'dies-before' && first !== 'dies-after') continue;
      const only = isAgainLeftOut ? new Set([shortOf(`${first} at write a row 1 of step~1`)]) : undefined;
      const faults = createFaults({ chance: createChance(seed), only, now: () => 5 });
      faults.strike('write', 'write a row 1 of step~1');
      faults.strike('write', 'write a row 1 of step~2');
      kept.push(faults.struck().at(-1) ?? '');
    }
    return kept;
  };

  it('often dies there again the next time', () => {
    const deaths = deathsOf(false);
    const twice = deaths.filter((name) => / again at write a row 1 of step~2$/.test(name));

    expect(deaths.length).toBeGreaterThan(4);
    expect(twice.length).toBeGreaterThan(0);
    expect(twice.length).toBeLessThan(deaths.length);
  });

  it('does not when the second death was left out of a run that was cut down', () => {
    expect(deathsOf(true).filter((name) => name.includes('again'))).toEqual([]);
  });
});

describe('a clock that is behind', () => {
  it('is so in some runs, now and then, and says when; not once all is well', () => {
    const behind = Array.from({ length: 50 }, (_, seed) => {
      const faults = createFaults({ chance: createChance(seed), only: undefined, now: () => 7 });
      const times = Array.from({ length: 40 }, (__, n) => faults.behind(`event ${n}`));
      expect(faults.instants()).toHaveLength(times.filter((one) => one > 0).length);
      faults.stop();
      expect(faults.behind('event 0')).toBe(0);
      return times.filter((one) => one > 0).length;
    });

    expect(behind.filter((count) => count === 0).length).toBeGreaterThan(10);
    expect(behind.filter((count) => count > 0).length).toBeGreaterThan(5);
    expect(Math.max(...behind)).toBeLessThan(20);
  });
});

describe('a table', () => {
  it('answers an index that is behind as it was before', async () => {
    const { runs } = world(new Set());
    const shelf = createTable(runs, 'sales');
    const table = shelf.table(() => 0);
    await table.put({ sale: 'a/1', item: 'wait#x', dueOf: 'due#0', dueAt: '1' });
    await table.update({ sale: 'a/1', item: 'wait#x' }, 'REMOVE dueOf, dueAt', {});

    const { items } = await table.page({ index: 'Due', partition: ['dueOf', 'due#0'], limit: 9 });

    expect(items).toEqual([]);
    expect(shelf.items()).toEqual([{ sale: 'a/1', item: 'wait#x' }]);
  });

  it('keeps nothing in common with whoever wrote it', async () => {
    const { runs } = world(new Set());
    const table = createTable(runs, 'links').table(() => 0);
    const item = { digest: 'd', data: { words: ['a'], gone: undefined } };

    await table.put(item);
    item.data.words.push('b');

    expect(await table.get({ digest: 'd' })).toEqual({ digest: 'd', data: { words: ['a'] } });
  });
});

describe('a mail', () => {
  it('is read for its links and for where the answer goes', () => {
    const token = 'abcdefghijklmnopqrstuvwxyz234567';
    const raw = `Reply-To: Mia <r+${token}@reply.shop.example>\r\n\r\nhttps://care/r/${token.slice(0, 20)}=\r\n${token.slice(20)}`;

    expect(linksIn(raw).get('r')).toBe(token);
    expect(replyToIn(raw)).toBe(`r+${token}@reply.shop.example`);
    expect(promiseOf('call-1/owner#2')).toBe('call-1');
  });
});

describe('a failing run', () => {
  const HAPPENINGS = Array.from({ length: 40 }, (_, n) => `happening ${n}`);
  const FAULTS = Array.from({ length: 30 }, (_, n) => `fault ${n}`);

  it('is cut down to what it takes', async () => {
    const needs = {
      happenings: [shortOf('happening 7'), shortOf('happening 31')],
      faults: [shortOf('fault 12')],
    };
    let plays = 0;
    const small = await shrink(
      async ({ happenings, faults }) => {
        plays += 1;
        const isBroken =
          needs.happenings.every((name) => happenings?.has(name) ?? true) &&
          needs.faults.every((name) => faults?.has(name) ?? true);
        return {
          findings: isBroken ? [{ law: 'I3', sale: 'a/1', what: 'twice' }] : [],
          ...{ digest: '', happenings: HAPPENINGS, faults: FAULTS, story: [], counts: {} },
        };
      },
      { seed: 1, sales: 2 },
      'I3',
    );

    expect([...(small.happenings ?? [])].sort()).toEqual(needs.happenings.sort());
    expect([...(small.faults ?? [])]).toEqual(needs.faults);
    expect(plays).toBeLessThan(120);
  });

  it('is played again by the command that is printed', () => {
    const command = commandFor({ seed: 7, sales: 2, happenings: new Set(['a', 'b']), faults: new Set() });

    expect(command).toBe('npm run simulate -- --seed 7 --sales 2 --happenings a,b --faults none');
    expect([...(namesIn('a,b') ?? [])]).toEqual(['a', 'b']);
    expect(namesIn('none')?.size).toBe(0);
  });
});
