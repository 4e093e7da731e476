/** Where handlers run: it holds the state and tells of every durable write, which is where a process can die. */
import type { State } from './state.ts';
import type { Shelf } from './tables.ts';

export type Write = {
  /** As it is right after the write: all that is left when the process dies there. */
  state: State;
  /** What was written, for people. */
  what: string;
};

export type World = Shelf & {
  state: State;
  onWrite: ((write: Write) => void) | undefined;
  /** Changes something durable. */
  change(state: State, what: string): void;
};

export const createWorld = (state: State): World => {
  const world: World = {
    state,
    onWrite: undefined,
    read: () => world.state.tables,
    write: (tables, what) => world.change({ ...world.state, tables }, what),
    change: (next, what) => {
      world.state = next;
      world.onWrite?.({ state: next, what });
    },
  };
  return world;
};
