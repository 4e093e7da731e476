/** L2, I3: at most one mail a message and attempt, one a message unless it came back, and none the journal cannot account for. */
import { entriesOf, isErased, type Kept, numberIn, saleOf, textIn } from './items.ts';
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

/** What it was about has moved on since: a note about a promise that somebody has dealt with is neither sent again nor looked for. */
const isPast = (kept: Kept, { sale, message, at }: Sent & { at: string }): boolean => {
  const promise = message.includes('/') ? message.slice(0, message.indexOf('/')) : undefined;
  return (
    promise !== undefined &&
    (saleOf(kept, sale)?.journal ?? []).some((entry) => entry.at >= at && entry.says['promise'] === promise)
  );
};

/** Whoever answers, or is not to be asked any more, while a run is about to be tried again: nobody comes back to the question. */
const POINTLESS = ['replied', 'stopped', 'cancelled', 'refunded', 'ended', 'bounced', 'complained', 'erased'];
const TRIED_AGAIN_MS = 3_600_000;

const isPointless = (kept: Kept, { sale, at: since }: Sent & { at: string }): boolean =>
  (saleOf(kept, sale)?.journal ?? []).some(
    ({ at, type }) =>
      POINTLESS.includes(type) && at >= since && Date.parse(at) - Date.parse(since) <= TRIED_AGAIN_MS,
  );

/** Nobody can know whether it went out: the journal says so, and the owner has a note, or one that is unclear as well. */
const isShown = (kept: Kept, { sale, message }: Sent): boolean => {
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
    if (!seen.isDrained || isListed || types.includes('sent')) return [];
    if (isPast(kept, mail) || isPointless(kept, mail)) return [];
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

const OUTCOMES = ['sent', 'unclear', 'refused', 'skipped'];

/** A claim of which nothing came, though nothing has moved on: somebody was to be written to, and nobody looked after it. */
const hanging = (seen: Seen, kept: Kept): Finding[] => {
  if (!seen.isDrained) return [];
  const taken = new Set(seen.mails.map(nameOf));
  return [...kept.sales.values()].flatMap((sale) =>
    entriesOf(sale, 'claimed').flatMap(({ at, says }): Finding[] => {
      const sent = {
        sale: sale.id,
        message: textIn(says, 'message'),
        attempt: numberIn(says, 'attempt'),
        at,
      };
      const isEnded = entriesAbout(kept, sent).some((type) => OUTCOMES.includes(type));
      const isMoot = isErased(sale) || isPointless(kept, sent) || isPast(kept, sent);
      if (isEnded || taken.has(nameOf(sent)) || isMoot || isShown(kept, sent)) return [];
      const what = `${sent.message} #${sent.attempt} was claimed, never left, and nobody looked after it`;
      return [{ law: 'I3', sale: sale.id, what }];
    }),
  );
};

export const judgeMails = (seen: Seen, kept: Kept): Finding[] => [
  ...doubled(seen),
  ...unaccounted(seen, kept),
  ...imagined(seen, kept),
  ...hanging(seen, kept),
];
