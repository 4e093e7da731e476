/** How far each shop has been asked, in the sales table: partition `source#<name>`, item `pulled`. One per source, no expiry. */
import * as z from 'zod';
import { Instant } from '../core/ids.ts';
import type { Cursors } from './pull-ports.ts';
import type { Table } from './table.ts';

const PulledItem = z.object({ since: Instant, through: Instant });

const keyOf = (source: string) => ({ sale: `source#${source}`, item: 'pulled' });

export const createCursors = (table: Table): Cursors => ({
  of: async (source) => {
    const found = await table.get(keyOf(source));
    if (found === undefined) return undefined;
    const { since, through } = PulledItem.parse(found);
    return { since, through };
  },
  move: async (source, { since, through }) => {
    await table.putIf(
      { ...keyOf(source), since, through },
      {
        expression: 'attribute_not_exists(#through) OR #through < :through',
        names: { '#through': 'through' },
        values: { ':through': through },
      },
    );
  },
});
