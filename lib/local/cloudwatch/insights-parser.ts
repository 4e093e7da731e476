/** Reads a log query. Whatever is not played here is refused with its place, never left out in silence. */
import { readCondition } from './insights-condition.ts';
import { type Aggregate, type Grouping, type InsightsQuery, MOST_ROWS } from './insights-query.ts';
import { type Words, wordsOf } from './insights-words.ts';

const UNITS = new Map([
  ['m', 60_000],
  ['min', 60_000],
  ['h', 3_600_000],
  ['hr', 3_600_000],
  ['d', 86_400_000],
]);

const alias = (words: Words, label: string) => (words.took('as') ? words.name('a name is missing') : label);

const readCount = (words: Words): Aggregate => {
  const field = words.took('*') ? undefined : words.name('count takes a field or *');
  words.take(')');
  const label = alias(words, `count(${field ?? '*'})`);
  return { statistic: 'count', label, ...(field === undefined ? {} : { field }) };
};

const readPercentile = (words: Words): Aggregate => {
  const field = words.name('pct takes a field and a percentage');
  words.take(',');
  const place = words.next();
  const percent = Number(words.value('number', 'pct takes a field and a percentage'));
  if (percent < 0 || percent > 100) words.refuse('a percentage is between 0 and 100', place);
  words.take(')');
  return { statistic: 'pct', field, percent, label: alias(words, `pct(${field}, ${percent})`) };
};

const PLAIN = ['sum', 'min', 'max', 'avg'] as const;

const readAggregate = (words: Words): Aggregate => {
  const statistic = PLAIN.find((name) => words.took(name));
  const isCount = statistic === undefined && words.took('count');
  if (statistic === undefined && !isCount && !words.took('pct'))
    return words.refuse('stats takes count, sum, min, max, avg or pct');
  words.take('(');
  if (isCount) return readCount(words);
  if (statistic === undefined) return readPercentile(words);
  const field = words.name(`${statistic} takes a field`);
  words.take(')');
  return { statistic, field, label: alias(words, `${statistic}(${field})`) };
};

const readBin = (words: Words): Grouping => {
  words.take('(');
  const place = words.next();
  const span = words.value('span', 'bin takes a span such as 1h or 1d');
  const [, count, unit = ''] = /^(\d+)([a-z]+)$/.exec(span) ?? [];
  const periodMs = Number(count) * (UNITS.get(unit) ?? 0);
  if (periodMs === 0) words.refuse('bin takes minutes (m), hours (h) or days (d)', place);
  words.take(')');
  return { kind: 'bin', periodMs, label: alias(words, `bin(${span})`) };
};

const readGrouping = (words: Words): Grouping => {
  if (words.took('bin')) return readBin(words);
  const field = words.name('by takes fields and bin(…)');
  return { kind: 'field', field, label: alias(words, field) };
};

/** After `stats` there is nothing to sort by but what it made. */
const readSort = (words: Words, { stats }: InsightsQuery) => {
  const place = words.next();
  const field = words.name('sort takes a field');
  const made = stats && [...stats.by, ...stats.aggregates].map(({ label }) => label);
  if (made && !made.includes(field)) words.refuse(`stats made no "${field}", only ${made.join(', ')}`, place);
  const isDescending = words.took('desc');
  if (!isDescending) words.took('asc');
  return { field, isDescending };
};

const readLimit = (words: Words) => {
  const place = words.next();
  const limit = Number(words.value('number', 'limit takes a number'));
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_ROWS)
    words.refuse(`limit takes a whole number from 1 to ${MOST_ROWS}`, place);
  return limit;
};

const readStats = (words: Words) => ({
  aggregates: words.list(() => readAggregate(words)),
  by: words.took('by') ? words.list(() => readGrouping(words)) : [],
});

const readCommand = (words: Words, query: InsightsQuery): InsightsQuery => {
  const command = words.next();
  if (words.took('source')) {
    const group = words.value('text', 'SOURCE takes the name of a log group in quotes');
    return { ...query, groups: [...query.groups, group] };
  }
  if (words.took('fields')) return { ...query, fields: words.list(() => words.name('fields takes names')) };
  if (words.took('filter')) {
    if (query.stats) words.refuse('what stats made cannot be filtered', command);
    return { ...query, filters: [...query.filters, readCondition(words)] };
  }
  if (words.took('stats')) {
    if (query.stats) words.refuse('there is one stats in a query', command);
    return { ...query, stats: readStats(words) };
  }
  if (words.took('sort')) return { ...query, sorts: words.list(() => readSort(words, query)) };
  if (words.took('limit')) return { ...query, limit: readLimit(words) };
  return words.refuse('this is no command');
};

const EMPTY: InsightsQuery = { groups: [], fields: [], filters: [], sorts: [], limit: MOST_ROWS };

export const parseInsights = (query: string): InsightsQuery => {
  const words = wordsOf(query);
  let read = EMPTY;
  do {
    read = readCommand(words, read);
  } while (words.took('|'));
  if (words.next().kind !== 'end') words.refuse('a new command begins with |');
  if (read.groups.length === 0) words.refuse("SOURCE '<log group>' is missing");
  return read;
};
