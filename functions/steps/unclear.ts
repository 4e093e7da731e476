import type { MailPorts } from '../adapters/ports.ts';
import type { Sale } from '../core/sale.ts';
import { messageWords } from '../core/story.ts';
import { unclearMail } from './compose-staff.ts';
import { deliver } from './deliver.ts';

/**
 * A mail nobody can vouch for is shown to the sale's owner and never sent again by itself. The note is a message of its
 * own, so it goes out once however often this is called; it is called again until it has gone out.
 */
export const tellOwnerItIsUnclear = async (
  ports: MailPorts,
  sale: Sale,
  message: string,
  now: string,
  retry: number,
): Promise<void> => {
  await deliver(
    ports,
    sale,
    unclearMail(ports, sale, { message, subject: messageWords(message) }, now),
    now,
    retry,
  );
};
