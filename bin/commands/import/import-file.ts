/** The orders of a file, one after the other, as often as they are asked for. */
import { openCsv } from './import-csv.ts';
import { countIds, type FileOrder, gather } from './import-gather.ts';
import { eventLines, orderOfEvents } from './import-ndjson.ts';
import { orderOfRows, type RowSettings } from './import-row-order.ts';
import { encodingOf } from './import-text.ts';

export type FileOrders = {
  /** What was seen of the file as a whole, in sentences. */
  notes: string[];
  each(): AsyncGenerator<FileOrder>;
};

/** Reads it once, to know which lines belong together; a file that is broken anywhere is refused before anything is sent. */
export const readFileOrders = async (
  file: string,
  maps: readonly string[],
  settings: RowSettings,
): Promise<FileOrders> => {
  const encoding = await encodingOf(file);
  if (/\.(?:ndjson|jsonl)$/i.test(file)) {
    const counts = await countIds(eventLines(file, encoding));
    return {
      notes: [`${file}: order events, one a line.`],
      async *each() {
        for await (const group of gather(eventLines(file, encoding), counts)) yield orderOfEvents(group);
      },
    };
  }
  const sheet = await openCsv(file, encoding, maps);
  const counts = await countIds(sheet.rows());
  const { unused } = sheet.columns;
  return {
    notes: [
      `${file}: ${sheet.says}.`,
      ...(unused.length === 0 ? [] : [`Columns nobody looks at: ${unused.join(', ')}`]),
    ],
    async *each() {
      for await (const group of gather(sheet.rows(), counts)) yield orderOfRows(group, settings);
    },
  };
};
