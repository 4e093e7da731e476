/**
 * Forgetting reaches what AWS never keeps. A sale is erased by a write to its table: that write is watched here, because
 * no function knows of the copies of mails on this machine, nor of the old bytes that SQLite's log keeps behind what it
 * shows. Each erasure is written down before it happens, so that a crash in the middle of it is made good.
 */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Dynamodb } from './aws/dynamodb.ts';
import type { Mailbox } from './aws/mailbox.ts';
import type { Store } from './store.ts';
import type { Timekeeper } from './time.ts';

/** How the stack says that a person is forgotten. */
const Erased = z.object({
  Item: z.object({
    sale: z.object({ S: z.string() }),
    item: z.object({ S: z.literal('customer') }),
    erased: z.object({ BOOL: z.literal(true) }),
  }),
});

/** Undefined for the many writes that erase nobody. */
const erasedSale = (request: Readonly<Record<string, unknown>>): string | undefined =>
  'Item' in request ? Erased.safeParse(request).data?.Item.sale.S : undefined;

/** Whoever erases is still at work: look again. Long work by others must not keep the old bytes for ever. */
const LOOK_AGAIN_MS = 250;
const LONGEST_WAIT_MS = 5000;
const AFTER_FAILURE_MS = 60_000;
/** What others still wrote about the person, before they heard, is overwritten by then. */
const ONCE_MORE_MS = 5 * 60_000;

type Parts = {
  readonly store: Store;
  readonly time: Timekeeper;
  readonly mailbox: Pick<Mailbox, 'forget'>;
  readonly dynamodb: Pick<Dynamodb, 'beforeWrite'>;
};

/** How mails and this machine name a sale without saying which it is. */
export const saleRef = (sale: string): string => createHash('sha256').update(sale).digest('hex').slice(0, 32);

const Refs = z.array(z.object({ ref: z.string() }).transform(({ ref }) => ref));

export const followErasures = ({ store, time, mailbox, dynamodb }: Parts): void => {
  store.db.exec('CREATE TABLE IF NOT EXISTS erasures (ref TEXT PRIMARY KEY) STRICT');
  const insert = store.db.prepare('INSERT INTO erasures (ref) VALUES (?) ON CONFLICT DO NOTHING');
  const remove = store.db.prepare('DELETE FROM erasures WHERE ref = ?');
  const all = store.db.prepare('SELECT ref FROM erasures');
  /** How often each was asked for: one that is asked for again while the work is under way is not done with it. */
  const pending = new Map(Refs.parse(all.all()).map((ref) => [ref, 1]));
  let askedAt = time.now();
  let notBefore = 0;
  let onceMoreAt: number | undefined;

  /** Work under way besides so many pieces of our own. */
  const isAtWork = (own: number) => time.openWork() > own && time.now() - askedAt < LONGEST_WAIT_MS;

  const finish = async () => {
    const asked = [...pending];
    const isDone = ([ref, times]: [string, number]) => pending.get(ref) === times;
    for (const [ref] of asked) await mailbox.forget(ref);
    await store.rewrite();
    await store.write(() => {
      for (const one of asked.filter(isDone)) remove.run(one[0]);
    });
    for (const one of asked.filter(isDone)) pending.delete(one[0]);
    onceMoreAt = time.now() + ONCE_MORE_MS;
  };

  const finishOnceMore = async () => {
    await store.rewrite();
    onceMoreAt = undefined;
  };

  const nextDueAt = (): number | undefined => {
    if (pending.size > 0) return Math.max(isAtWork(0) ? time.now() + LOOK_AGAIN_MS : askedAt, notBefore);
    return onceMoreAt === undefined ? undefined : Math.max(onceMoreAt, notBefore);
  };

  /** The timekeeper counts the very run that asks as work. */
  const isDue = (now: number): boolean => {
    if (now < notBefore) return false;
    return pending.size > 0 ? !isAtWork(1) : onceMoreAt !== undefined && onceMoreAt <= now;
  };

  const note = async (sale: string) => {
    const ref = saleRef(sale);
    await store.write(() => insert.run(ref));
    pending.set(ref, (pending.get(ref) ?? 0) + 1);
    askedAt = time.now();
    time.touch();
  };
  dynamodb.beforeWrite((request) => {
    const erased = erasedSale(request);
    return erased === undefined ? undefined : note(erased);
  });

  time.register({
    name: 'erasures',
    nextDueAt,
    runDue: async (now) => {
      if (!isDue(now)) return 0;
      try {
        await (pending.size > 0 ? finish() : finishOnceMore());
      } catch (error) {
        notBefore = now + AFTER_FAILURE_MS;
        console.error('Somebody could not be forgotten yet', error);
      }
      // Housekeeping is not an event of the story, so it does not count as one.
      return 0;
    },
  });
};
