/** Too many notes at once are read by nobody: beyond a few an hour they wait, and come as one mail. */
import type { SweeperPorts } from '../adapters/ports.ts';
import type { OwedPromise } from '../core/promises/promise.ts';
import type { NoticeName, ToSay } from '../core/promises/tidings.ts';
import type { Sale } from '../core/sale.ts';
import { logTrouble } from '../middleware/log-line.ts';
import { type Delivery, deliver, type Mail } from './deliver.ts';

/** Those that can wait an hour. Whoever is to be somewhere, or must answer somebody who waits, is told at once. */
const CAN_WAIT: ReadonlySet<NoticeName> = new Set<NoticeName>(['owner', 'half', 'most']);

const IN_THE_DIGEST = 'in the digest';

const hourOf = (now: string): string => now.slice(0, 'yyyy-mm-ddThh'.length);

/** An earlier run has begun with it: that one decided, and this one goes on. What a pause held was not begun. */
const isBegun = ({ journal }: Sale, message: string): boolean =>
  journal.some((entry) => 'message' in entry && entry.message === message && entry.type !== 'deferred');

/** Held before the journal says so: a crash in between holds it again, under the same name. */
const hold = async (
  { notes, sales }: SweeperPorts,
  sale: Sale,
  promise: OwedPromise,
  mail: Mail,
  now: string,
): Promise<Delivery> => {
  const { message, to } = mail;
  await notes.hold(to, { saleId: sale.id, promise: promise.id, message, at: now });
  await sales.append(sale.id, { type: 'skipped', at: now, message, reason: IN_THE_DIGEST });
  return { kind: 'skipped', reason: IN_THE_DIGEST };
};

/** Delivers it, or holds it for the digest. */
export const tellStaff = async (
  ports: SweeperPorts,
  sale: Sale,
  promise: OwedPromise,
  { name }: ToSay,
  mail: Mail,
  { now, retry }: { now: string; retry: number },
): Promise<Delivery> => {
  const send = () => deliver(ports, sale, mail, now, retry);
  if (!CAN_WAIT.has(name) || promise.severity === 'urgent' || isBegun(sale, mail.message)) return send();
  const { digestAfter } = ports.settings.config.desk;
  if (await ports.notes.count(mail.to, hourOf(now), digestAfter)) return send();
  try {
    return await hold(ports, sale, promise, mail, now);
  } catch (error) {
    /* One mail too many is better than one lost. */
    logTrouble('note not held', sale.id, error);
    return send();
  }
};
