/** What the desk needs to show a mail as it arrived: it reads and changes nothing. */
import { createDeskStore } from './desk-store.ts';
import { createClient, createTable } from './dynamodb.ts';
import { optionalSetting, setting } from './environment.ts';
import { createIds } from './ids.ts';
import { createMailArchive } from './mail-archive.ts';
import type { ReadMailPorts } from './ports.ts';
import { createPostBox } from './post-box.ts';
import { createSaleStore } from './sale-store.ts';
import { readSettings } from './settings.ts';

export const wireReadMailPorts = (): ReadMailPorts => {
  const client = createClient();
  const settings = readSettings();
  const { saleMonths, mailDays } = settings.config.retention;
  return {
    settings,
    ids: createIds(),
    sales: createSaleStore(createTable(client, setting('SALES_TABLE')), { months: saleMonths }),
    desk: createDeskStore(createTable(client, setting('LINKS_TABLE'))),
    box: createPostBox(createTable(client, setting('PARKED_TABLE')), mailDays),
    mails: createMailArchive(optionalSetting('MAIL_BUCKET')),
  };
};
