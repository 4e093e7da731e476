/** And what those that write mails need besides: the mail client stays out of every other bundle. */
import { createClient, createTable } from './dynamodb.ts';
import { optionalSetting, setting } from './environment.ts';
import { createHeldSales } from './held-sales.ts';
import { createMailer } from './mailer.ts';
import { createPauses } from './pauses.ts';
import type { MailPorts } from './ports.ts';
import { wireSalePorts } from './wire.ts';

export const wireMailPorts = (): MailPorts => {
  const sales = createTable(createClient(), setting('SALES_TABLE'));
  return {
    ...wireSalePorts(),
    mailer: createMailer(setting('CONFIGURATION_SET'), undefined, optionalSetting('STAFF_CONFIGURATION_SET')),
    pauses: createPauses(sales),
    held: createHeldSales(sales),
  };
};
