import type { SalePorts } from '../adapters/ports.ts';
import { type MessageClass, type Standing, whySuppressed } from '../core/person/standing.ts';
import type { Sale } from '../core/sale.ts';
import { type Because, standingOf } from './may-reach.ts';

/**
 * A stop reaches every sale of a person: this sale learns of it at the latest right before it would write to them. An
 * address that takes no mail is no stop: then a person rings.
 */
export const stoppedElsewhere = async (
  ports: SalePorts,
  sale: Sale,
  of: MessageClass,
  now: string,
): Promise<Because | undefined> => noteStop(ports, sale, of, await standingOf(ports, sale), now);

/** The same of a standing that has just been read. */
export const noteStop = async (
  ports: SalePorts,
  sale: Sale,
  of: MessageClass,
  standing: Standing | undefined,
  now: string,
): Promise<Because | undefined> => {
  const because = standing && whySuppressed(standing, of);
  if (because === undefined || because === 'bounce') return because;
  const classes = of === 'review' ? { classes: [of] } : {};
  await ports.sales.append(sale.id, { type: 'stopped', at: now, method: 'elsewhere', ...classes });
  return because;
};
