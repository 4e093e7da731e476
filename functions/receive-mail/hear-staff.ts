/** A member of staff answers a note by mail: their words go to the customer as they stand. */
import type { SalePorts } from '../adapters/ports.ts';
import { promiseEntries } from '../core/promises/tidings.ts';
import { promiseOf, type Sale } from '../core/sale.ts';
import { memberOf } from '../core/staff.ts';
import { isSameMailbox } from '../mail/same-mailbox.ts';
import { actAsStaff } from '../steps/act-as-staff.ts';
import { tellWorkflow } from '../steps/tell-workflow.ts';
import type { Conversation } from './find-conversation.ts';
import type { Letter } from './letter.ts';

export type HeardStaff =
  | { kind: 'told' }
  /** Whoever wrote is not whom the note went to. */
  | { kind: 'not-theirs' }
  /** It cannot be passed on, and a person must know. */
  | { kind: 'stuck'; because: string };

export const hearStaff = async (
  ports: SalePorts,
  sale: Sale,
  letter: Letter,
  { link }: Conversation,
): Promise<HeardStaff> => {
  const member = link.staff === undefined ? undefined : memberOf(ports.settings.config, link.staff);
  if (member?.isActive !== true || !isSameMailbox(letter.from, member.email)) return { kind: 'not-theirs' };
  const promise = link.promise === undefined ? undefined : promiseOf(sale, link.promise);
  if (promise === undefined) return { kind: 'stuck', because: 'no-promise' };
  /* What is quoted is not for the customer. */
  if (letter.isWhole || letter.words === '') return { kind: 'stuck', because: 'what-missing' };
  const { at, words } = letter;
  const isTold =
    promiseEntries(sale, promise, 'told').some((entry) => entry.by === member.id && entry.at === at) ||
    promiseEntries(sale, promise, 'proposed').some((entry) => entry.by === member.id && entry.at === at);
  if (!isTold) {
    const acting = { sale, promise, by: member.id, now: at };
    const acted = await actAsStaff(ports, acting, { act: 'tell', what: words, via: 'mail' });
    if (acted === 'overtaken') throw new Error(`Somebody else acted on ${promise.id} of sale ${sale.id}`);
    if (acted !== 'done') return { kind: 'stuck', because: acted };
  }
  await tellWorkflow(ports, sale.id, at);
  return { kind: 'told' };
};
