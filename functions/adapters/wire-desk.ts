/** And what the staff desk needs besides. */
import { createDeskStore } from './desk-store.ts';
import { createClient, createTable } from './dynamodb.ts';
import { setting } from './environment.ts';
import { createEvenPace } from './even-pace.ts';
import type { DeskPorts } from './ports.ts';
import { wireMailPorts } from './wire-mail.ts';

export const wireDeskPorts = (): DeskPorts => ({
  ...wireMailPorts(),
  desk: createDeskStore(createTable(createClient(), setting('LINKS_TABLE'))),
  evenPace: createEvenPace(),
});
