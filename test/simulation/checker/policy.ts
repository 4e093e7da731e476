/** L8: a sale keeps the policy it started with. L11: everybody is asked for a review in the same words, later when something is owed. */
import { type Kept, type KeptSale, numberIn, saleOf, textIn } from './items.ts';
import { latitudeAt } from './latitude.ts';
import { isClosed, replayPromises } from './replay.ts';
import type { Finding, Seen, SeenMail } from './seen.ts';

const DAY_MS = 86_400_000;

const repinned = ({ pinned = {} }: Seen, kept: Kept): Finding[] =>
  Object.entries(pinned)
    .filter(([sale, journey]) => JSON.stringify(saleOf(kept, sale)?.record?.['journey']) !== journey)
    .map(([sale]) => ({ law: 'L8', sale, what: 'its journey is not the one it was opened with' }));

const asksIn = ({ mails }: Seen): SeenMail[] =>
  mails.filter(({ to, message }) => to === 'customer' && message === 'review-ask');

/** The plain words, without what is the sale's own: its links, its order, and the names of those who write and read. */
const wordsOf = (seen: Seen, { raw, sale }: SeenMail): string => {
  const body = raw.replaceAll('\r\n', '\n').split('text/plain')[1] ?? '';
  const text = body.replaceAll('=\n', '').split('\n--=_')[0] ?? '';
  const order = sale.slice(sale.indexOf('/') + 1);
  const own = seen.needles.filter((needle) => needle.sale === sale).map((needle) => needle.text);
  return [...own, order]
    .reduce((words, one) => words.replaceAll(one, '…'), text)
    .replace(/[a-z2-7]{32}/g, '…');
};

/** Who writes, in which language, and after what kind of sale: more may not make a difference. */
const groupOf = ({ record }: KeptSale): string =>
  ['locale', 'journeyName', 'owner'].map((name) => textIn(record, name)).join(' ');

const unequal = (seen: Seen, kept: Kept): Finding[] => {
  const known = new Map<string, string>();
  return asksIn(seen).flatMap((mail): Finding[] => {
    const sale = saleOf(kept, mail.sale);
    if (sale === undefined) return [];
    const words = wordsOf(seen, mail);
    const others = known.get(groupOf(sale)) ?? words;
    known.set(groupOf(sale), others);
    const what = 'was asked for a review in other words than others';
    return others === words ? [] : [{ law: 'L11', sale: mail.sale, what }];
  });
};

/** What was owed before it was decided, and still is. */
const isOwedAt = (seen: Seen, sale: KeptSale, at: string): boolean => {
  const before = new Date(Date.parse(at) - latitudeAt(seen, at)).toISOString();
  const then = { ...sale, journal: sale.journal.filter((entry) => entry.at < before) };
  const isDone = (id: string) =>
    sale.journal.some(({ at: when, says }) => when >= before && when <= at && textIn(says, 'promise') === id);
  return replayPromises(then).some((owed) => !isClosed(owed) && !isDone(owed.id));
};

/** However long something is owed, the ask is only delayed; until then nobody is asked who still waits for us. */
const tooSoon = (seen: Seen, kept: Kept): Finding[] => {
  const { reviewHeldDays } = seen;
  if (reviewHeldDays === undefined) return [];
  return asksIn(seen).flatMap((mail): Finding[] => {
    const sale = saleOf(kept, mail.sale);
    const began = sale?.journal.find(({ type, says }) => type === 'started' && numberIn(says, 'round') === 1);
    if (sale === undefined || began === undefined || !isOwedAt(seen, sale, mail.at)) return [];
    const isHeldLong = Date.parse(mail.at) >= Date.parse(began.at) + reviewHeldDays * DAY_MS;
    return isHeldLong
      ? []
      : [{ law: 'L11', sale: mail.sale, what: 'was asked for a review while something was owed' }];
  });
};

export const judgePolicy = (seen: Seen, kept: Kept): Finding[] => [
  ...repinned(seen, kept),
  ...unequal(seen, kept),
  ...tooSoon(seen, kept),
];
