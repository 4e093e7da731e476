/** What follows `filter`: read, and asked of one event. */
import type { Condition } from './insights-query.ts';
import type { Words } from './insights-words.ts';

const readValue = (words: Words): string | number => {
  const { kind } = words.next();
  if (kind === 'number') return Number(words.value('number', ''));
  return words.value('text', 'a value is missing; write text in quotes');
};

const readComparison = (words: Words): Condition => {
  if (words.took('ispresent')) {
    words.take('(');
    const field = words.name('the name of a field is missing');
    words.take(')');
    return { kind: 'present', field };
  }
  const field = words.name('a condition is missing');
  if (words.took('=')) return { kind: 'one of', field, values: [readValue(words)] };
  if (!words.took('in')) return words.refuse('only = and in compare');
  words.take('[');
  const values = words.list(() => readValue(words));
  words.take(']');
  return { kind: 'one of', field, values };
};

const readOne = (words: Words): Condition => {
  if (words.took('not')) return { kind: 'not', of: readOne(words) };
  if (!words.took('(')) return readComparison(words);
  const inner = readCondition(words);
  words.take(')');
  return inner;
};

const readAll = (words: Words): Condition => {
  const of = [readOne(words)];
  while (words.took('and')) of.push(readOne(words));
  return { kind: 'all', of };
};

/** `not` binds closest, then `and`, then `or`. */
export const readCondition = (words: Words): Condition => {
  const of = [readAll(words)];
  while (words.took('or')) of.push(readAll(words));
  return { kind: 'any', of };
};

type FieldOf = (field: string) => unknown;

/** A number and its text are the same value, as everywhere in Logs Insights. */
const isSame = (found: unknown, wanted: string | number) =>
  found !== null && typeof found !== 'object' && String(found) === String(wanted);

/** An event without the field is not equal to anything, so that `not x = 'v'` lets it through. */
export const holds = (condition: Condition, fieldOf: FieldOf): boolean => {
  switch (condition.kind) {
    case 'present':
      return (fieldOf(condition.field) ?? null) !== null;
    case 'one of': {
      const found = fieldOf(condition.field) ?? null;
      return condition.values.some((value) => isSame(found, value));
    }
    case 'not':
      return !holds(condition.of, fieldOf);
    case 'all':
      return condition.of.every((each) => holds(each, fieldOf));
    case 'any':
      return condition.of.some((each) => holds(each, fieldOf));
    default:
      return condition satisfies never;
  }
};

/** Fields without which no event can pass: one that does not even name them need not be read. */
export const fieldsNeeded = (condition: Condition): string[] => {
  switch (condition.kind) {
    case 'present':
    case 'one of':
      return [condition.field];
    case 'not':
      return [];
    case 'all':
      return condition.of.flatMap(fieldsNeeded);
    case 'any': {
      const [first = [], ...others] = condition.of.map(fieldsNeeded);
      return first.filter((field) => others.every((fields) => fields.includes(field)));
    }
    default:
      return condition satisfies never;
  }
};
