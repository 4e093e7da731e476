/** And what those that write mails need besides: the mail client stays out of every other bundle. */
import { setting } from './environment.ts';
import { createMailer } from './mailer.ts';
import type { MailPorts } from './ports.ts';
import { wireSalePorts } from './wire.ts';

export const wireMailPorts = (): MailPorts => ({
  ...wireSalePorts(),
  mailer: createMailer(setting('CONFIGURATION_SET')),
});
