/** L2, I3: at most one mail a message and attempt, one a message unless it came back, and none the journal cannot account for. */
import { entriesOf, type Kept, numberIn, saleOf, textIn } from './items.ts';
import type { Finding, Seen, SeenMail } from './seen.ts';

type Sent = Pick<SeenMail, 'sale' | 'message' | 'attempt'>;
const nameOf = ({ sale, message, attempt }: Sent): string => `${sale} ${message} ${attempt}`;

/** Digests and ways into the desk are about no sale. */
const aboutSales = ({ mails }: Seen): SeenMail[] => mails.filter(({ sale }) => sale !== '');

const countBy = (mails: readonly SeenMail[], key: (mail: SeenMail) => string): Map<string, SeenMail[]> => {
  const found = new Map<string, SeenMail[]>();
  for (const mail of mails) found.set(key(mail), [...(found.get(key(mail)) ?? []), mail]);
  return found;
};

const doubled = (seen: Seen): Finding[] => {
  const cameBack = new Set(seen.fates.filter(({ kind }) => kind === 'soft-bounce').map(nameOf));
  const mails = aboutSales(seen);
  const attempts = [...countBy(mails, nameOf).values()]
    .filter((same) => same.length > 1)
    .map((same) => ({ same, law: 'I3' as const }));
  const standing = mails.filter((mail) => !cameBack.has(nameOf(mail)));
  const messages = [...countBy(standing, ({ sale, message }) => `${sale} ${message}`).values()]
    .filter((same) => new Set(same.map(({ attempt }) => attempt)).size > 1)
    .map((same) => ({ same, law: 'L2' as const }));
  return [...attempts, ...messages].flatMap(({ same, law }): Finding[] => {
    const [first] = same;
    if (first === undefined) return [];
    const attempts = same.map(({ attempt }) => attempt).join(', ');
    return [
      {
        law,
        sale: first.sale,
        what: `${first.message} was taken ${same.length} times (attempts ${attempts})`,
      },
    ];
  });
};

const entriesAbout = (kept: Kept, { sale, message, attempt }: Sent): string[] =>
  (saleOf(kept, sale)?.journal ?? [])
    .filter(({ says }) => textIn(says, 'message') === message)
    .filter(({ type, says }) => type === 'skipped' || numberIn(says, 'attempt') === attempt)
    .map(({ type }) => type);

/** Whose word, or what end, makes it pointless to ask whether a question went out. */
const MOVED_ON = ['replied', 'stopped', 'erased', 'cancelled', 'refunded', 'ended', 'bounced', 'complained'];

/** What it was about has moved on since: nobody waits for it any more. */
const isPast = (kept: Kept, { sale, message, at }: SeenMail): boolean => {
  const promise = message.includes('/') ? message.slice(0, message.indexOf('/')) : undefined;
  return (saleOf(kept, sale)?.journal ?? []).some(
    (entry) =>
      entry.at >= at &&
      (MOVED_ON.includes(entry.type) || (promise !== undefined && entry.says['promise'] === promise)),
  );
};

/** Nobody can know whether it went out: the journal says so, and the owner has a note, or one that is unclear as well. */
const isShown = (kept: Kept, { sale, message }: SeenMail): boolean => {
  const note = `unclear/${message.replace(/[^a-z0-9]+/g, '-')}`;
  return (
    message.startsWith('unclear/') ||
    (saleOf(kept, sale)?.journal ?? []).some(({ says }) => textIn(says, 'message') === note)
  );
};

/** What went out is known to have gone out, or shown as something nobody knows. */
const unaccounted = (seen: Seen, kept: Kept): Finding[] =>
  aboutSales(seen).flatMap((mail): Finding[] => {
    const types = entriesAbout(kept, mail);
    const { sale, message, attempt } = mail;
    const isListed = seen.unclear.some((one) => nameOf(one) === nameOf(mail));
    if (!types.includes('claimed'))
      return [{ law: 'L2', sale, what: `${message} #${attempt} left without a claim` }];
    if (types.includes('refused'))
      return [{ law: 'L2', sale, what: `${message} #${attempt} was taken, and the journal says refused` }];
    if (!seen.isDrained || isListed || types.includes('sent') || isPast(kept, mail)) return [];
    if (types.includes('unclear') && isShown(kept, mail)) return [];
    return [
      { law: 'I3', sale, what: `${message} #${attempt} was taken, and nobody is told that it may have been` },
    ];
  });

/** And what is said to have gone out has gone out. */
const imagined = (seen: Seen, kept: Kept): Finding[] => {
  const taken = new Set(seen.mails.map(nameOf));
  return [...kept.sales.values()].flatMap((sale) =>
    entriesOf(sale, 'sent').flatMap(({ says }): Finding[] => {
      const sent = { sale: sale.id, message: textIn(says, 'message'), attempt: numberIn(says, 'attempt') };
      if (taken.has(nameOf(sent))) return [];
      return [
        {
          law: 'L2',
          sale: sale.id,
          what: `${sent.message} #${sent.attempt} was never taken, and is called sent`,
        },
      ];
    }),
  );
};

export const judgeMails = (seen: Seen, kept: Kept): Finding[] => [
  ...doubled(seen),
  ...unaccounted(seen, kept),
  ...imagined(seen, kept),
];
