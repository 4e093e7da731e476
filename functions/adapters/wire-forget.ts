/** And what those need besides that may be asked to forget somebody, and the one that does it. */
import { createClient, createTable } from './dynamodb.ts';
import { optionalSetting, setting } from './environment.ts';
import { createForgetQueue } from './forget-queue.ts';
import { createMailArchive } from './mail-archive.ts';
import { createParkedShelf } from './parked-store.ts';
import type { ForgetPorts, ForgettingPorts } from './ports.ts';
import { createPostBox } from './post-box.ts';
import { createReceipts } from './receipts.ts';
import { createSaleScan } from './sale-scan.ts';
import { wireSalePorts } from './wire.ts';

export const wireForgetPorts = (): ForgetPorts => ({
  forget: createForgetQueue(setting('FORGET_QUEUE_URL')),
  receipts: createReceipts(createTable(createClient(), setting('SALES_TABLE'))),
});

export const wireForgettingPorts = (): ForgettingPorts => {
  const client = createClient();
  const parked = createTable(client, setting('PARKED_TABLE'));
  const ports = wireSalePorts();
  return {
    ...ports,
    ...wireForgetPorts(),
    shelf: createParkedShelf(parked),
    box: createPostBox(parked, ports.settings.config.retention.mailDays),
    mails: createMailArchive(optionalSetting('MAIL_BUCKET')),
    scan: createSaleScan(client, setting('SALES_TABLE')),
  };
};
