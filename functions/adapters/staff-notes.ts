/**
 * Notes to staff that wait for the digest, in the sales table: `notes` / `<member>`, one item for each member. It knows the
 * day of the last daily list, and holds every waiting note in an attribute of its own. Beside it `notes#<hour>` / `<member>`
 * counts what was sent in that hour; it expires when the hour is over. What earlier releases counted is not read any more.
 */
import * as z from 'zod';
import { MessageKey } from '../core/conversation/entries.ts';
import { Instant, SaleId } from '../core/ids.ts';
import { PromiseId } from '../core/promises/entries.ts';
import { toSeconds } from '../core/retention.ts';
import type { HeldNote, StaffNotes } from './ports.ts';
import type { Item, Table } from './table.ts';

const PARTITION = 'notes';
const COUNTS = 'notes#';
const HELD = 'held#';
const HOUR_SECONDS = 3600;
/** DynamoDB takes expressions of up to 4 kB. */
const AT_ONCE = 50;

const HeldItem = z.strictObject({ saleId: SaleId, promise: PromiseId, message: MessageKey, at: Instant });
const NotesItem = z.looseObject({ item: z.string(), day: z.string().optional() });

const attributeOf = ({ saleId, message }: HeldNote) => `${HELD}${saleId}#${message}`;

const heldIn = (item: Item): HeldNote[] =>
  Object.entries(item).flatMap(([name, value]) => (name.startsWith(HELD) ? [HeldItem.parse(value)] : []));

/** Two hours after it began: a clock that is a little late still finds it. `hour` as `2026-11-17T10`. */
const endOf = (hour: string): number => toSeconds(`${hour}:00:00.000Z`) + 2 * HOUR_SECONDS;

export const createStaffNotes = (table: Table): StaffNotes => {
  const keyOf = (staff: string) => ({ sale: PARTITION, item: staff });

  const countOf = (staff: string, hour: string) => ({ sale: `${COUNTS}${hour}`, item: staff });

  return {
    count: (staff, hour, most) =>
      table.update(countOf(staff, hour), 'SET #ttl = :ttl ADD #count :one', {
        expression: 'attribute_not_exists(#count) OR #count < :most',
        names: { '#ttl': 'ttl', '#count': 'count' },
        values: { ':ttl': endOf(hour), ':one': 1, ':most': most },
      }),
    hold: async (staff, note) => {
      await table.update(keyOf(staff), 'SET #note = :note', {
        names: { '#note': attributeOf(note) },
        values: { ':note': note },
      });
    },
    waiting: async () => {
      const items = await table.query('sale', PARTITION);
      return items.map((item) => {
        const { item: staff, day } = NotesItem.parse(item);
        return { staff, notes: heldIn(item), listedOn: day };
      });
    },
    release: async (staff, notes) => {
      for (let from = 0; from < notes.length; from += AT_ONCE) {
        const names = notes
          .slice(from, from + AT_ONCE)
          .map((note, index): [string, string] => [`#n${index}`, attributeOf(note)]);
        const keys = names.map(([name]) => name).join(', ');
        const isMine = await table.update(keyOf(staff), `REMOVE ${keys}`, {
          expression: 'attribute_exists(#n0)',
          names: Object.fromEntries(names),
        });
        if (!isMine) return false;
      }
      return true;
    },
    claimDay: (staff, day) =>
      table.update(keyOf(staff), 'SET #day = :day', {
        expression: 'attribute_not_exists(#day) OR #day < :day',
        names: { '#day': 'day' },
        values: { ':day': day },
      }),
  };
};
