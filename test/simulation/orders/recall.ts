/**
 * A handler is a function of what its ports answer. What it asks them, and how it ends, is kept as a tree of answers: where the
 * ports answer as before, they are asked the same once more (so that the same is written) and the handler itself does not run.
 */
import { kindOf } from './kinds.ts';

/** Makes a port of what it answers: the same, but heard when a handler runs. */
export type Hear = <A extends readonly unknown[], R>(
  name: string,
  answer: (...args: A) => R,
) => (...args: A) => R;

/** Nobody listens. */
export const unheard: Hear = (_, answer) => answer;

/** What a handler asks when it has been answered as on the way here. */
type Branch = {
  ask?: { readonly name: string; readonly again: () => unknown };
  readonly answers: Map<number, Branch>;
};

type End<T> = { readonly value: T } | { readonly error: unknown };

export type Recall<T> = {
  /** How the handler ends that is called like this; `back` undoes what was written while it was found out. */
  run(call: string, handler: () => Promise<T>, back: () => void): Promise<T>;
};

export type Memory = {
  readonly hear: Hear;
  recall<T>(): Recall<T>;
};

const emptyBranch = (): Branch => ({ answers: new Map() });

const after = (branch: Branch, answer: unknown): Branch => {
  const kind = kindOf(answer);
  const next = branch.answers.get(kind) ?? emptyBranch();
  branch.answers.set(kind, next);
  return next;
};

/** Where the ports' answers lead to, as far as it is known. */
const follow = (root: Branch): Branch | undefined => {
  let at: Branch | undefined = root;
  while (at?.ask !== undefined) at = at.answers.get(kindOf(at.ask.again()));
  return at;
};

const outcome = <T>(end: End<T>): T => {
  if ('error' in end) throw end.error;
  return end.value;
};

export const createMemory = (): Memory => {
  /** Where the handler that runs has come to. */
  let at: Branch | undefined;

  const hear: Hear =
    (name, answer) =>
    (...args) => {
      const here = at;
      /* What is asked while a port fails is not kept. */
      at = undefined;
      const given = answer(...args);
      if (here === undefined) return given;
      here.ask ??= { name, again: () => answer(...args) };
      if (here.ask.name !== name)
        throw new Error(
          `A handler asks for ${name} where it asked for ${here.ask.name}: it hears more than its ports`,
        );
      at = after(here, given);
      return given;
    };

  const recall = <T>(): Recall<T> => {
    const roots = new Map<string, Branch>();
    const ends = new Map<Branch, End<T>>();

    const played = async (root: Branch, handler: () => Promise<T>): Promise<End<T>> => {
      at = root;
      try {
        return { value: await handler() };
      } catch (error) {
        return { error };
      }
    };

    return {
      run: async (call, handler, back) => {
        const root = roots.get(call) ?? emptyBranch();
        roots.set(call, root);
        const last = follow(root);
        const known = last && ends.get(last);
        if (known !== undefined) return outcome(known);
        back();
        const end = await played(root, handler);
        if (at !== undefined) ends.set(at, end);
        at = undefined;
        return outcome(end);
      },
    };
  };

  return { hear, recall };
};

/** A model that remembers nothing, for what is played alone. */
export const forgetful: Memory = {
  hear: unheard,
  recall: () => ({ run: (_, handler) => handler() }),
};
