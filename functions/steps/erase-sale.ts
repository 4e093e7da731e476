import type { ForgettingPorts } from '../adapters/ports.ts';
import { personPartition } from '../core/desk/search-keys.ts';
import type { Instant } from '../core/ids.ts';
import { droppedWith, leftoversOf } from '../core/privacy/receipt.ts';
import type { ForgetTaskOf } from '../core/privacy/request.ts';
import { sentMailDigest } from './digests.ts';
import { erasedEntry } from './erase-person.ts';
import { tellWorkflow } from './tell-workflow.ts';

/** Which mails somebody does not want is kept as long as another sale of theirs is, and that is all. */
const forgetStanding = async (
  { search, people }: ForgettingPorts,
  persons: readonly string[],
): Promise<void> => {
  for (const person of persons) {
    const { items } = await search.find(personPartition(person), { prefix: 'sale#', limit: 1 });
    if (items.length === 0 && (await people.of(person)).version > 0) await people.forget(person);
  }
};

/**
 * Forgets the person behind one sale. What hangs on the journal goes before the journal forgets where it is, the workflow is
 * told last: so no note to staff is written with a name that is about to go. Every step can be done again after a crash.
 */
export const forgetSale = async (
  ports: ForgettingPorts,
  task: ForgetTaskOf<'sale'>,
  now: Instant,
): Promise<void> => {
  const { sales, links, mails, receipts, search, ids } = ports;
  const id = task.sale;
  await sales.append(id, erasedEntry(task, task.at));
  const journal = (await sales.load(id))?.entries ?? [];
  await receipts.note(task.receipt, ids.digest(id), droppedWith(journal));
  const left = leftoversOf(journal);
  for (const digest of left.links) await links.drop(digest);
  for (const messageId of left.messageIds) await links.drop(sentMailDigest(ids, messageId));
  for (const key of left.originals) await mails.drop(key);
  await sales.erase(id);
  await search.forget(id);
  await forgetStanding(ports, task.people);
  await tellWorkflow(ports, id, now);
  /* Once more for what came between; on one machine it also says that nothing else follows, and bytes may go. */
  await sales.erase(id);
};
