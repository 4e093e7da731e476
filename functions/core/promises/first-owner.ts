/** Who owes it first: the sale's owner, or one level higher when we broke our word before the customer had any use of it. */
import type { Configuration, Member } from '../configuration.ts';
import type { Level } from '../level.ts';
import type { Sale } from '../sale.ts';
import { nextUp, presentOwner } from '../staff.ts';
import type { PromiseCause } from './entries.ts';

/** A first contact that went wrong is a long uphill battle: somebody higher begins it. */
const brokeBeforeFirstUse = (sale: Sale): boolean => {
  const asked = sale.journal.find((entry) => entry.type === 'sent' && entry.message === 'check-in')?.at;
  return sale.promises.some(
    (promise) => promise.strikes > 0 && (asked === undefined || promise.madeAt < asked),
  );
};

export const firstOwner = (
  config: Configuration,
  sale: Sale,
  because: PromiseCause,
  now: string,
): { member: Member; level: Level } => {
  const member = presentOwner(config, sale.record.owner, sale.id, now);
  if (because !== 'unhappy' || !brokeBeforeFirstUse(sale)) return { member, level: member.level };
  return nextUp(config, member.level, member.id, sale.id, now);
};
