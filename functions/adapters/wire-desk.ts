/** And what the staff desk needs besides. */
import { createDeskStore } from './desk-store.ts';
import { createClient, createTable } from './dynamodb.ts';
import { setting } from './environment.ts';
import { createEvenPace } from './even-pace.ts';
import type { DeskPorts } from './ports.ts';
import { createPostBox } from './post-box.ts';
import { wireForgetPorts } from './wire-forget.ts';
import { wireMailPorts } from './wire-mail.ts';

export const wireDeskPorts = (): DeskPorts => {
  const client = createClient();
  const ports = wireMailPorts();
  const { mailDays } = ports.settings.config.retention;
  return {
    ...ports,
    ...wireForgetPorts(),
    desk: createDeskStore(createTable(client, setting('LINKS_TABLE'))),
    box: createPostBox(createTable(client, setting('PARKED_TABLE')), mailDays),
    evenPace: createEvenPace(),
  };
};
