/** Wires what every handler that touches a sale needs. Functions that need less wire less (see receive-webhook). */
import { createBookings } from './bookings.ts';
import { createClient, createTable } from './dynamodb.ts';
import { setting } from './environment.ts';
import { createIds } from './ids.ts';
import { createLinkStore } from './link-store.ts';
import { measuredSales } from './measured-sales.ts';
import { createOutcomeCounts } from './outcome-counts.ts';
import { createPeopleStore } from './people-store.ts';
import { createPersonSearch } from './person-search.ts';
import type { SalePorts } from './ports.ts';
import { createPromiseLists } from './promise-lists.ts';
import { createReferralStore } from './referral-store.ts';
import { createSaleStore } from './sale-store.ts';
import { readSettings } from './settings.ts';
import { createWorkflows } from './step-functions.ts';

export const wireSalePorts = (): SalePorts => {
  const client = createClient();
  const sales = createTable(client, setting('SALES_TABLE'));
  const settings = readSettings();
  return {
    settings,
    ids: createIds(),
    sales: measuredSales(
      createSaleStore(sales, { months: settings.config.retention.saleMonths }),
      settings.config,
    ),
    people: createPeopleStore(sales),
    links: createLinkStore(createTable(client, setting('LINKS_TABLE'))),
    lists: createPromiseLists(sales),
    bookings: createBookings(sales),
    search: createPersonSearch(sales),
    referrals: createReferralStore(sales),
    outcomes: createOutcomeCounts(sales),
    workflows: createWorkflows({ followUp: setting('FOLLOW_UP_ARN'), promise: setting('PROMISE_ARN') }),
  };
};
