/** A shop's export as rows of text. */
import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import * as z from 'zod';
import { CommandMistake } from '../command-mistake.ts';
import { cellText } from './import-cells.ts';
import { type Columns, columnsOf, type Field } from './import-columns.ts';
import type { Piece } from './import-gather.ts';
import { linesOf, textOf } from './import-text.ts';

const MOST_CHARACTERS = 1_000_000;
const DELIMITERS = { ',': 'commas', ';': 'semicolons', '\t': 'tabs' } as const;
type Delimiter = keyof typeof DELIMITERS;

/** What `sep=;` in the first line says, as Excel writes it, else what stands most often in the header. */
const delimiterIn = (line: string): Delimiter => {
  const bare = line.replace(/"(?:[^"]|"")*"/g, '');
  const known: Delimiter[] = [',', ';', '\t'];
  const said = known.find((each) => line === `sep=${each}`);
  const count = (each: string) => bare.split(each).length;
  return said ?? known.reduce((best, each) => (count(each) > count(best) ? each : best));
};

export type Row = Partial<Record<Field, string>>;
export type Sheet = {
  delimiter: Delimiter;
  columns: Columns;
  says: string;
  rows(): AsyncGenerator<Piece<Row>>;
};

const Parsed = z.object({ record: z.array(z.string()), info: z.object({ lines: z.int() }) });

const explain = (file: string, error: unknown): unknown => {
  if (!(error instanceof CsvError)) return error;
  const line = 'lines' in error ? `line ${String(error['lines'])}: ` : '';
  const what =
    error.code === 'CSV_QUOTE_NOT_CLOSED'
      ? 'a quotation mark is opened and never closed, somewhere before this line'
      : error.message;
  return new CommandMistake(`${file}, ${line}${what}. Nothing was sent.`, 2, { cause: error });
};

async function* records(file: string, text: AsyncIterable<string>, delimiter: string, skip: number) {
  const parser = parse({
    ...{ info: true, delimiter, from_line: skip + 1, record_delimiter: ['\r\n', '\n', '\r'] },
    ...{ relax_quotes: true, relax_column_count: true, skip_empty_lines: true },
    max_record_size: MOST_CHARACTERS,
  });
  pipeline(Readable.from(text), parser, () => undefined);
  try {
    for await (const each of parser) {
      const { record, info } = Parsed.parse(each);
      const inside = record.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);
      yield { record, line: info.lines - inside };
    }
  } catch (error) {
    throw explain(file, error);
  }
}

const firstLine = async (text: AsyncIterable<string>): Promise<string> => {
  for await (const line of linesOf(text)) return line.text;
  return '';
};

const rowOf = (record: readonly string[], { at }: Columns): Row =>
  Object.fromEntries(
    [...at].flatMap(([field, index]) => {
      const text = cellText(record[index] ?? '');
      return text === '' ? [] : [[field, text]];
    }),
  );

export const openCsv = async (
  file: string,
  encoding: Parameters<typeof textOf>[1],
  maps: readonly string[],
): Promise<Sheet> => {
  const first = await firstLine(textOf(file, encoding));
  const delimiter = delimiterIn(first);
  const skip = first.startsWith('sep=') ? 1 : 0;
  const all = () => records(file, textOf(file, encoding), delimiter, skip);
  const header = (await all().next()).value?.record.map(cellText);
  if (header === undefined) throw new CommandMistake(`${file} is empty.`);
  const columns = columnsOf(header, maps);
  return {
    delimiter,
    columns,
    says: `separated by ${DELIMITERS[delimiter]}, ${encoding}`,
    async *rows() {
      let isHeader = true;
      for await (const { record, line } of all()) {
        const row = rowOf(record, columns);
        if (!isHeader && Object.keys(row).length > 0)
          yield { line, id: row['order id'] ?? '', text: record.join('\u0000'), said: row };
        isHeader = false;
      }
    },
  };
};
