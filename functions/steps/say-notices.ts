/** Says what is to be said about a promise now, each to whom it concerns. */
import type { SweeperPorts } from '../adapters/ports.ts';
import type { Instant } from '../core/ids.ts';
import type { OwedPromise } from '../core/promises/promise.ts';
import { type ToSay, toSayNow } from '../core/promises/tidings.ts';
import type { Sale } from '../core/sale.ts';
import { ringInstead } from './by-phone.ts';
import { type Delivery, deliver, type Mail } from './deliver.ts';
import { noticeMail } from './notice-mail.ts';
import { tellStaff } from './tell-staff.ts';
import { tellOwnerItIsUnclear } from './unclear.ts';

type When = { now: Instant; retry: number };

/** One mail about a promise, and what follows from how it went. */
export const sayOne = async (
  ports: SweeperPorts,
  sale: Sale,
  promise: OwedPromise,
  { mail, toSay }: { mail: Mail; toSay?: ToSay },
  when: When,
): Promise<Delivery> => {
  const delivery =
    toSay === undefined
      ? await deliver(ports, sale, mail, when.now, when.retry)
      : await tellStaff(ports, sale, promise, toSay, mail, when);
  await ringInstead(ports, sale, promise, delivery, when);
  if (delivery.kind === 'unclear')
    await tellOwnerItIsUnclear(ports, sale, mail.message, when.now, when.retry);
  return delivery;
};

/** What happened and what the clocks say; `did` names each message and how it went. */
export const sayNotices = async (
  ports: SweeperPorts,
  sale: Sale,
  promise: OwedPromise,
  when: When,
): Promise<string[]> => {
  const did: string[] = [];
  for (const toSay of toSayNow(ports.settings.config, sale, promise, when.now)) {
    const mail = noticeMail(ports, sale, promise, toSay, when.now);
    if (mail === undefined) continue;
    const { kind } = await sayOne(ports, sale, promise, { mail, toSay }, when);
    did.push(`${mail.message} ${kind}`);
  }
  return did;
};
