/**
 * Whether a state after a crash is the state without it, but for what a crash may honestly leave: a mail of which nobody knows
 * whether it went out, with the note that says so; an answer that was given twice because the first was never acknowledged; a
 * note to staff that was counted twice within its hour.
 */
import * as z from 'zod';
import type { Item } from '../../../functions/adapters/table.ts';
import { linesOf } from './digest.ts';
import type { State } from './state.ts';

const Entry = z.object({ type: z.string(), message: z.string().optional() }).loose();
const Replied = z.object({ type: z.literal('replied'), n: z.int() }).loose();
const Numbered = z.object({ reply: z.int() }).loose();

const isNoteOfDoubt = (message: string | undefined): boolean => message?.startsWith('unclear/') === true;

/** The same answer once more is the same answer. */
const replyText = (data: unknown): string => {
  const { n: _, ...said } = Replied.parse(data);
  return JSON.stringify(said);
};

/** What each answer said, by its number. */
const answersIn = (items: readonly Item[]): ReadonlyMap<number, string> =>
  new Map(
    items.flatMap(({ data }) => {
      const { data: replied } = Replied.safeParse(data);
      return replied === undefined ? [] : [[replied.n, replyText(replied)] as const];
    }),
  );

const itemText = (item: Item, answers: ReadonlyMap<number, string>): string | undefined => {
  const { sale, item: key, data, ...rest } = item;
  if (String(sale).startsWith('notes')) return undefined;
  const { data: entry } = Entry.safeParse(data);
  if (entry === undefined || !String(key).startsWith('entry#')) return `${sale} ${key}`;
  if (isNoteOfDoubt(entry.message)) return undefined;
  if (entry.type === 'replied') return `replied ${replyText(data)}`;
  if (entry.type === 'claimed' || entry.type === 'sent' || entry.type === 'unclear')
    return `out ${entry.message}`;
  const { data: numbered } = Numbered.safeParse(data);
  if (numbered === undefined) return JSON.stringify([key, data, rest]);
  /* What comes of an answer names it by its number, what closes by it in its key too: it must be the same answer, not the same number. */
  const unnumbered = String(key).replace(new RegExp(`#${numbered.reply}$`), '');
  const reply = answers.get(numbered.reply) ?? numbered.reply;
  return JSON.stringify([unnumbered, { ...numbered, reply }, rest]);
};

/** Each line once. */
const essence = (state: State): string => {
  const all = [...state.tables.Sales.values()].flat();
  const answers = answersIn(all);
  const items = all.flatMap((item) => itemText(item, answers) ?? []);
  const others = linesOf(state, new Set()).filter((line) =>
    /^(now|execution|queue|parked|trouble) /.test(line),
  );
  return [...new Set([...items, ...others])].sort().join('\n');
};

const known = new WeakMap<State, string>();

const essenceOf = (state: State): string => {
  const before = known.get(state);
  if (before !== undefined) return before;
  const text = essence(state);
  known.set(state, text);
  return text;
};

export const isAlike = (a: State, b: State): boolean => essenceOf(a) === essenceOf(b);

/** What one has and the other has not, for people. */
export const differences = (a: State, b: State): string[] => {
  const [ours, theirs] = [essenceOf(a).split('\n'), essenceOf(b).split('\n')];
  return [
    ...ours.filter((line) => !theirs.includes(line)).map((line) => `- ${line}`),
    ...theirs.filter((line) => !ours.includes(line)).map((line) => `+ ${line}`),
  ];
};
