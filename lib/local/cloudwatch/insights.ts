/** Answers a log query from the lines of the functions' logs, as CloudWatch Logs Insights would. */
import type { Insights, LogLine, LogTable } from './board.ts';
import { fieldsNeeded, holds } from './insights-condition.ts';
import { type Cell, cellOf, eventOf } from './insights-event.ts';
import { parseInsights } from './insights-parser.ts';
import type { InsightsQuery } from './insights-query.ts';
import { cellOrder } from './insights-sort.ts';
import { createStats } from './insights-stats.ts';

/** A moment is epoch milliseconds until the table is made. */
type Column = { readonly name: string; readonly isMoment: boolean };

const plainColumn = (name: string): Column => ({ name, isMoment: name === '@timestamp' });

const columnsOf = ({ stats, fields }: InsightsQuery): Column[] =>
  stats === undefined
    ? fields.map(plainColumn)
    : [
        ...stats.by.map(({ kind, label }) => ({ name: label, isMoment: kind === 'bin' })),
        ...stats.aggregates.map(({ label }) => ({ name: label, isMoment: false })),
      ];

const withFields = (query: InsightsQuery): InsightsQuery =>
  query.fields.length === 0 ? { ...query, fields: ['@timestamp', '@message'] } : query;

/** Without `stats` there is a row for each event; it may be sorted by a field that it does not show. */
const createRows = (fields: readonly string[]) => {
  const rows: Cell[][] = [];
  return {
    take: (fieldOf: (field: string) => unknown) => {
      rows.push(fields.map((field) => cellOf(fieldOf(field))));
    },
    rows: () => rows,
  };
};

const sorted = (rows: Cell[][], names: readonly string[], { sorts }: InsightsQuery): Cell[][] => {
  const keys = sorts.map(({ field, isDescending }) => ({
    index: names.indexOf(field),
    sign: isDescending ? -1 : 1,
  }));
  return rows.toSorted(
    (one, other) =>
      keys
        .map(({ index, sign }) => sign * cellOrder(one[index] ?? null, other[index] ?? null))
        .find((order) => order !== 0) ?? 0,
  );
};

/** Pieces of text that any line must have to pass; a dotted name counts by its last part. */
const piecesNeeded = ({ filters }: InsightsQuery): string[] =>
  filters
    .flatMap(fieldsNeeded)
    .filter((field) => !field.startsWith('@'))
    .map((field) => field.split('.').at(-1) ?? field);

const shown = (cell: Cell, column: Column): Cell =>
  column.isMoment && typeof cell === 'number' ? new Date(cell).toISOString() : cell;

const run = async (query: InsightsQuery, lines: AsyncIterable<LogLine>): Promise<LogTable> => {
  const pieces = piecesNeeded(query);
  const groups = new Set(query.groups);
  const { stats } = query;
  const columns = columnsOf(query);
  const sortedBy = query.sorts.map(({ field }) => field);
  const names = [...columns.map(({ name }) => name), ...(stats ? [] : sortedBy)];
  const gathered = stats ? createStats(stats.aggregates, stats.by) : createRows(names);
  for await (const line of lines) {
    if (!groups.has(line.group) || !pieces.every((piece) => line.text.includes(piece))) continue;
    const fieldOf = eventOf(line);
    if (query.filters.every((condition) => holds(condition, fieldOf))) gathered.take(fieldOf);
  }
  const rows = sorted(gathered.rows(), names, query).slice(0, query.limit);
  return {
    columns: columns.map(({ name }) => name),
    rows: rows.map((row) => columns.map((column, index) => shown(row[index] ?? null, column))),
  };
};

/** Reads a query; throws an InsightsError, which says what is wrong and where, for whatever is not played here. */
export const readInsights = (text: string): Insights => {
  const query = withFields(parseInsights(text));
  return { groups: query.groups, run: (lines) => run(query, lines) };
};
