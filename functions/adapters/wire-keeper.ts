/** And what those that look after promises need besides: notes that wait, and the way to a phone. */
import { createClient, createTable } from './dynamodb.ts';
import { setting } from './environment.ts';
import { createPager } from './pager.ts';
import type { KeeperPorts, SweeperPorts } from './ports.ts';
import { createStaffNotes } from './staff-notes.ts';
import { wireMailPorts } from './wire-mail.ts';

export const wireSweeperPorts = (): SweeperPorts => ({
  ...wireMailPorts(),
  notes: createStaffNotes(createTable(createClient(), setting('SALES_TABLE'))),
});

export const wireKeeperPorts = (): KeeperPorts => ({
  ...wireSweeperPorts(),
  pager: createPager(setting('PAGES_TOPIC_ARN')),
});
