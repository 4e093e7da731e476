/**
 * Everything that is kept about a person, for them to read: their sales, what they bought, every mail and what became of it,
 * what they answered and wrote, what was promised with all that happened to it, what they want no mails about, who did what.
 */
import type { Configuration } from '../configuration.ts';
import type { Instant } from '../ids.ts';
import { type Entry, type EntryOf, entriesOf } from '../journal.ts';
import { outcomeOf } from '../outcome.ts';
import { ALL_MAIL, type Standing } from '../person/standing.ts';
import type { Sale } from '../sale.ts';
import { memberOf } from '../staff.ts';
import { messageWords, tellStory } from '../story.ts';

export type MailFate = 'sent' | 'arrived' | 'came-back' | 'marked-as-spam' | 'not-known' | 'not-taken';

const who = (config: Configuration, id: string): string => memberOf(config, id)?.name ?? id;

/** What the last word about an attempt was. */
const FATES: Partial<Record<Entry['type'], MailFate>> = {
  sent: 'sent',
  arrived: 'arrived',
  bounced: 'came-back',
  complained: 'marked-as-spam',
  unclear: 'not-known',
  refused: 'not-taken',
};

const fateOf = (journal: readonly Entry[], { message, attempt }: EntryOf<'claimed'>): MailFate =>
  journal.reduce<MailFate>(
    (fate, entry) =>
      'message' in entry && 'attempt' in entry && entry.message === message && entry.attempt === attempt
        ? (FATES[entry.type] ?? fate)
        : fate,
    'not-known',
  );

const mailsOf = ({ journal }: Sale) =>
  entriesOf(journal, 'claimed').map((entry) => ({
    at: entry.at,
    message: entry.message,
    called: messageWords(entry.message),
    became: fateOf(journal, entry),
    ...(entry.why === undefined ? {} : { why: entry.why }),
  }));

const answersOf = ({ journal }: Sale) =>
  entriesOf(journal, 'replied').map(({ at, by, isUnconfirmed, reply, evidence, private: own }) => ({
    at,
    by: by ?? ('form' as const),
    ...(isUnconfirmed === undefined ? {} : { isUnconfirmed }),
    ...reply,
    ...own,
    ...(evidence.agent === undefined ? {} : { browser: evidence.agent }),
  }));

const letterOf = ({ at, as, private: own }: EntryOf<'wrote'>) => ({
  at,
  takenAs: as,
  ...(own?.subject === undefined ? {} : { subject: own.subject }),
  ...(own === undefined ? {} : { words: own.words }),
  ...(own?.attachments === undefined ? {} : { attachments: own.attachments }),
});

const promisesOf = (config: Configuration, { journal, promises }: Sale) =>
  promises.map(({ id, kind, because, status, words, owner, dueAt }) => ({
    id,
    kind,
    because,
    status,
    ...(words === undefined ? {} : { words }),
    owner: who(config, owner),
    dueAt,
    history: journal.filter((entry) => 'promise' in entry && entry.promise === id),
  }));

const boughtIn = ({ facts: { order } }: Sale) => {
  if (order === undefined) return undefined;
  const { number, placedAt, total, tags, soldBy, lines } = order;
  return {
    number,
    placedAt,
    total,
    items: lines.map(({ title, quantity }) => ({ title, quantity })),
    ...(tags.length === 0 ? {} : { tags }),
    ...(soldBy === undefined ? {} : { soldBy }),
  };
};

/** A link's digest opens nothing and says nothing to anybody. */
const withoutLink = (entry: Entry): Entry => {
  if (entry.type !== 'claimed') return entry;
  const { link: _, ...rest } = entry;
  return rest;
};

const saleOf = (config: Configuration, sale: Sale) => ({
  id: sale.id,
  since: sale.record.createdAt,
  person: sale.customer,
  language: sale.record.locale,
  zone: sale.record.zone,
  lookedAfterBy: who(config, sale.record.owner),
  order: boughtIn(sale),
  outcome: outcomeOf(sale) ?? ('open' as const),
  mails: mailsOf(sale),
  answers: answersOf(sale),
  wrote: entriesOf(sale.journal, 'wrote').map(letterOf),
  promises: promisesOf(config, sale),
  story: tellStory(sale.journal, config, (at) => at),
  journal: sale.journal.map(withoutLink),
});

export const exportPerson = (
  config: Configuration,
  sales: readonly Sale[],
  standing: Standing | undefined,
  at: Instant,
) => ({
  at,
  shop: { name: config.shop.name, address: config.shop.address },
  unwanted: ALL_MAIL.flatMap((mails) => {
    const suppression = standing?.suppressed[mails];
    if (suppression === undefined) return [];
    const { since, because, method } = suppression;
    return [{ mails, since, because, method }];
  }),
  ...(standing === undefined || standing.releases.length === 0 ? {} : { wantedAgain: standing.releases }),
  ...(standing?.reviewedAt === undefined ? {} : { reviewedAt: standing.reviewedAt }),
  asked: (standing?.touches ?? []).map(({ at: askedAt, message }) => ({ at: askedAt, message })),
  sales: sales.map((sale) => saleOf(config, sale)),
});
export type PersonExport = ReturnType<typeof exportPerson>;
