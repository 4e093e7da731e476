/** And what the keeper of promises needs besides: the way to the phone of the person at the end of the ladder. */
import { setting } from './environment.ts';
import { createPager } from './pager.ts';
import type { KeeperPorts } from './ports.ts';
import { wireMailPorts } from './wire-mail.ts';

export const wireKeeperPorts = (): KeeperPorts => ({
  ...wireMailPorts(),
  pager: createPager(setting('PAGES_TOPIC_ARN')),
});
