/**
 * Notes to staff that wait for the digest, in the sales table: `notes` / `<member>`, one item for each member. It counts the
 * notes of the current hour, knows the day of the last daily list, and holds every waiting note in an attribute of its own.
 */
import * as z from 'zod';
import { MessageKey } from '../core/conversation/entries.ts';
import { Instant, SaleId } from '../core/ids.ts';
import { PromiseId } from '../core/promises/entries.ts';
import type { HeldNote, StaffNotes } from './ports.ts';
import type { Item, Table } from './table.ts';

const PARTITION = 'notes';
const HELD = 'held#';
/** DynamoDB takes expressions of up to 4 kB. */
const AT_ONCE = 50;

const HeldItem = z.strictObject({ saleId: SaleId, promise: PromiseId, message: MessageKey, at: Instant });
const NotesItem = z.looseObject({ item: z.string(), day: z.string().optional() });

const attributeOf = ({ saleId, message }: HeldNote) => `${HELD}${saleId}#${message}`;

const heldIn = (item: Item): HeldNote[] =>
  Object.entries(item).flatMap(([name, value]) => (name.startsWith(HELD) ? [HeldItem.parse(value)] : []));

export const createStaffNotes = (table: Table): StaffNotes => {
  const keyOf = (staff: string) => ({ sale: PARTITION, item: staff });

  const countWithin = (staff: string, hour: string, most: number): Promise<boolean> =>
    table.update(keyOf(staff), 'ADD #count :one', {
      expression: '#hour = :hour AND #count < :most',
      names: { '#hour': 'hour', '#count': 'count' },
      values: { ':hour': hour, ':one': 1, ':most': most },
    });

  const beginHour = (staff: string, hour: string): Promise<boolean> =>
    table.update(keyOf(staff), 'SET #hour = :hour, #count = :one', {
      expression: 'attribute_not_exists(#hour) OR #hour < :hour',
      names: { '#hour': 'hour', '#count': 'count' },
      values: { ':hour': hour, ':one': 1 },
    });

  return {
    /* Another run may begin the hour between the first two: then the third finds it begun. */
    count: async (staff, hour, most) =>
      (await countWithin(staff, hour, most)) ||
      (await beginHour(staff, hour)) ||
      (await countWithin(staff, hour, most)),
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
