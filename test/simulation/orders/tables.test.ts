/** The model's tables keep the contracts that the real ones keep. */
import { createLinkStore } from '../../../functions/adapters/link-store.ts';
import { createPeopleStore } from '../../../functions/adapters/people-store.ts';
import { createSaleStore } from '../../../functions/adapters/sale-store.ts';
import { linkStoreContract, peopleStoreContract } from '../../contract/other-stores.ts';
import { saleStoreContract } from '../../contract/sale-store.ts';
import { emptyState } from './state.ts';
import { createMemoryTable, type TableName } from './tables.ts';
import { createWorld } from './world.ts';

const world = createWorld(emptyState(0));
const table = (name: TableName) => createMemoryTable(world, name);

saleStoreContract('on the tables of the model', () => createSaleStore(table('Sales'), { months: 24 }));
linkStoreContract('on the tables of the model', () => createLinkStore(table('Links')));
peopleStoreContract('on the tables of the model', () => createPeopleStore(table('Sales')));
