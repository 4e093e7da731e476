/** A table in memory that nobody else looks at. */
import type { Table } from '../../../functions/adapters/table.ts';
import { createMemoryTable, NO_TABLES, type Tables } from '../../simulation/orders/tables.ts';

export const createCountsTable = (): Table => {
  let tables: Tables = NO_TABLES;
  const shelf = {
    read: () => tables,
    write: (next: Tables) => {
      tables = next;
    },
    begin: () => undefined,
  };
  return createMemoryTable(shelf, 'Sales');
};
