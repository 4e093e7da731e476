/** A handler that is answered as before need not run; any other answer makes it run. */
import { describe, expect, it } from 'vitest';
import { createMemory } from './recall.ts';

/** A handler that reads a number, writes twice of it and says so; it counts how often it runs. */
const prepare = () => {
  const memory = createMemory();
  const handler = memory.recall<number>();
  const world: { number: number; written: number[]; runs: number } = { number: 1, written: [], runs: 0 };
  const read = memory.hear('read', () => world.number);
  const write = memory.hear('write', (number: number) => {
    world.written = [...world.written, number];
  });
  const play = async (call = 'double') => {
    const { written } = world;
    return handler.run(
      call,
      async () => {
        world.runs += 1;
        const number = read();
        if (number < 0) throw new Error('Too little');
        write(number * 2);
        return number * 2;
      },
      () => {
        world.written = written;
      },
    );
  };
  return { world, play };
};

describe('a handler', () => {
  it('that is answered as before writes and ends as before without running', async () => {
    const { world, play } = prepare();
    await play();

    const said = await play();

    expect(said).toBe(2);
    expect(world).toEqual({ number: 1, written: [2, 2], runs: 1 });
  });

  it('that is answered otherwise runs, and writes what it must and nothing else', async () => {
    const { world, play } = prepare();
    await play();
    world.number = 3;

    const said = await play();

    expect(said).toBe(6);
    expect(world).toEqual({ number: 3, written: [2, 6], runs: 2 });
  });

  it('that is called otherwise runs', async () => {
    const { world, play } = prepare();
    await play('double');

    await play('twice');

    expect(world.runs).toBe(2);
  });

  it('fails again as it has failed', async () => {
    const { world, play } = prepare();
    world.number = -1;
    await expect(play()).rejects.toThrow('Too little');

    await expect(play()).rejects.toThrow('Too little');

    expect(world.runs).toBe(1);
  });

  it('that hears of anything but its ports is found out', async () => {
    const memory = createMemory();
    const handler = memory.recall<number>();
    const ports = { one: memory.hear('one', () => clock), other: memory.hear('other', () => clock) };
    let clock = 1;
    const play = () =>
      handler.run(
        'moody',
        async () => (clock === 1 ? ports.one() : ports.other()),
        () => undefined,
      );
    await play();
    clock = 2;

    await expect(play()).rejects.toThrow('it hears more than its ports');
  });
});
