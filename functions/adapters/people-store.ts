/** What a person asked of us whatever they buy; in the sales table under the digest of their address. */

import type { PeopleStore } from './ports.ts';
import type { Table } from './table.ts';

const keyOf = (person: string) => ({ sale: `person#${person}`, item: 'stop' });

export const createPeopleStore = (table: Table): PeopleStore => ({
  hasStopped: async (person) => {
    const found = await table.get(keyOf(person));
    return found?.['isStopped'] === true;
  },
  stop: (person, at) => table.put({ ...keyOf(person), isStopped: true, at }),
  resume: (person) => table.put({ ...keyOf(person), isStopped: false }),
});
