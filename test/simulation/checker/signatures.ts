/** L12: a mail signed by a person is signed by somebody who works here and who owns what it is about. */
import { entriesOf, type Kept, type KeptSale, numberIn, saleOf, textIn } from './items.ts';
import { latitudeAt } from './latitude.ts';
import { replayPromises } from './replay.ts';
import type { Finding, Seen, SeenMail } from './seen.ts';

/** `From: "Ana Keller, Lindenhof Supply" <…>` */
const signerOf = ({ raw }: SeenMail): string => /^From: "?([^",<]+)/m.exec(raw)?.[1]?.trim() ?? '';

/** A colleague who writes to the customer, or says what they have done, signs that in their own name. */
const AUTHORED = [
  { type: 'told', says: /\/told#(\d+)$/ },
  { type: 'proposed', says: /\/ask(?:-again)?#(\d+)$/ },
] as const;

const authorsOf = (sale: KeptSale, { message }: SeenMail): string[] =>
  AUTHORED.flatMap(({ type, says: form }) =>
    entriesOf(sale, type)
      .filter(({ says }) => message.startsWith(`${textIn(says, 'promise')}/`))
      .filter(({ says }) => numberIn(says, 'n') === Number(form.exec(message)?.[1]))
      .map(({ says }) => textIn(says, 'by')),
  );

/** Everybody who owned it while the run that wrote the mail was under way. */
const ownersOf = (seen: Seen, sale: KeptSale, { message, at }: SeenMail): string[] => {
  const promise = message.includes('/') ? message.slice(0, message.indexOf('/')) : undefined;
  if (promise === undefined) return [textIn(sale.record, 'owner')];
  const since = new Date(Date.parse(at) - latitudeAt(seen, at)).toISOString();
  const moments = sale.journal
    .filter((entry) => entry.at >= since && entry.at <= at)
    .map((entry) => entry.at);
  return [since, ...moments].flatMap((moment) => {
    const then = { ...sale, journal: sale.journal.filter((entry) => entry.at <= moment) };
    return replayPromises(then)
      .filter(({ id }) => id === promise)
      .map(({ owner }) => owner);
  });
};

export const judgeSignatures = (seen: Seen, kept: Kept): Finding[] => {
  const { staff } = seen;
  if (staff === undefined) return [];
  return seen.mails
    .filter(({ to, sale }) => to === 'customer' && sale !== '')
    .flatMap((mail): Finding[] => {
      const sale = saleOf(kept, mail.sale);
      const name = signerOf(mail);
      const signer = staff.find((one) => one.name === name);
      const wrong = (what: string): Finding[] => [
        { law: 'L12', sale: mail.sale, what: `${mail.message} is signed by ${name}, ${what}` },
      ];
      if (sale?.record === undefined) return [];
      if (signer?.isActive !== true) return wrong('who does not work here');
      return [...ownersOf(seen, sale, mail), ...authorsOf(sale, mail)].includes(signer.id)
        ? []
        : wrong('who does not own it');
    });
};
