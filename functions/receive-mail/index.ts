import { createClient, createTable } from '../adapters/dynamodb.ts';
import { optionalSetting, setting } from '../adapters/environment.ts';
import { createMailArchive } from '../adapters/mail-archive.ts';
import { createPostBox } from '../adapters/post-box.ts';
import { wireMailPorts } from '../adapters/wire-mail.ts';
import { createHandler } from './handler.ts';

const ports = wireMailPorts();

export const handler = createHandler({
  ...ports,
  mails: createMailArchive(optionalSetting('MAIL_BUCKET')),
  box: createPostBox(
    createTable(createClient(), setting('PARKED_TABLE')),
    ports.settings.config.retention.mailDays,
  ),
});
