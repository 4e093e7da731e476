/**
 * Who may come to the desk, in the links table: `desk-way-in#<digest>`, `desk-session#<digest>` and, five for each member,
 * `desk-mail#<member>#<n>`. None of these can be opened as a link to a sale: those have the bare digest for a key.
 */
import * as z from 'zod';
import { toEpochMs } from '../core/calendar.ts';
import { Instant } from '../core/ids.ts';
import type { DeskStore } from './ports.ts';
import type { Item, Table } from './table.ts';

const Pass = z.object({ member: z.string(), expiresAt: Instant, over: Instant.optional() });

/** Mails one member may get within an hour: enough for a lost one, too few to be a nuisance. */
const MAILS = [1, 2, 3, 4, 5];
const HOUR_MS = 3_600_000;

const seconds = (instant: string) => Math.ceil(toEpochMs(instant) / 1000);
const wayIn = (digest: string) => `desk-way-in#${digest}`;
const session = (digest: string) => `desk-session#${digest}`;

/** Whose it is; undefined when it has expired or is over. */
const holderOf = (item: Item | undefined, now: string): string | undefined => {
  if (item === undefined) return undefined;
  const { member, expiresAt, over } = Pass.parse(item);
  return over === undefined && now < expiresAt ? member : undefined;
};

export const createDeskStore = (table: Table): DeskStore => {
  const keep = (key: string, pass: { member: string; expiresAt: string }) =>
    table.put({ digest: key, ...pass, ttl: seconds(pass.expiresAt) });

  const find = async (key: string, now: string) => holderOf(await table.get({ digest: key }), now);

  /** Nothing is deleted: that it is over stays known until it would have expired anyway. */
  const end = async (key: string, now: string): Promise<string | undefined> => {
    const item = await table.get({ digest: key });
    const member = holderOf(item, now);
    if (item === undefined || member === undefined) return undefined;
    const isMine = await table.putIf(
      { ...item, over: now },
      {
        expression: 'attribute_exists(digest) AND attribute_not_exists(#over)',
        names: { '#over': 'over' },
      },
    );
    return isMine ? member : undefined;
  };

  return {
    takeMail: async (member, now) => {
      const hourAgo = toEpochMs(now) - HOUR_MS;
      for (const n of MAILS) {
        const isFree = await table.putIf(
          {
            digest: `desk-mail#${member}#${n}`,
            sentAt: toEpochMs(now),
            ttl: Math.ceil((toEpochMs(now) + HOUR_MS) / 1000),
          },
          {
            expression: 'attribute_not_exists(digest) OR sentAt <= :hourAgo',
            values: { ':hourAgo': hourAgo },
          },
        );
        if (isFree) return true;
      }
      return false;
    },
    keepWayIn: (digest, pass) => keep(wayIn(digest), pass),
    findWayIn: (digest, now) => find(wayIn(digest), now),
    spendWayIn: (digest, now) => end(wayIn(digest), now),
    openSession: (digest, pass) => keep(session(digest), pass),
    findSession: (digest, now) => find(session(digest), now),
    endSession: async (digest, now) => {
      await end(session(digest), now);
    },
  };
};
