/** L4, L9, I9: nothing personal and no token where it cannot be taken out again; of whoever is forgotten nothing anywhere. */
import type { Kept } from './items.ts';
import type { Finding, Needle, Seen } from './seen.ts';

type Place = { name: string; text: string };

const lasting = ({ logs, executions }: Seen): Place[] => [
  ...logs.map((text) => ({ name: 'the log', text })),
  ...executions.flatMap(({ name, input, history }) => [
    { name: `the input of ${name}`, text: input },
    { name: `the history of ${name}`, text: history },
  ]),
];

const tables = ({ tables: { sales, links, parked } }: Seen): Place[] =>
  Object.entries({ sales, links, parked }).map(([name, items]) => ({
    name: `the table of ${name}`,
    text: JSON.stringify(items),
  }));

/** As text within JSON too. */
const holds = (text: string, needle: string): boolean =>
  text.includes(needle) || text.includes(JSON.stringify(needle).slice(1, -1));

const found = (places: readonly Place[], { text, sale }: Needle, what: string): Finding[] =>
  places
    .filter((place) => holds(place.text, text))
    .map(({ name }) => ({ law: 'I9', sale, what: `${what} "${text}" stands in ${name}` }));

const leaked = (seen: Seen): Finding[] => {
  const places = lasting(seen);
  return seen.needles.flatMap((needle) => found(places, needle, 'personal:'));
};

/** What staff read about a sale from then on names nobody: a name may live on in other sales, so only these mails tell. */
const named = (seen: Seen): Finding[] => {
  const gone = new Map(
    seen.told
      .filter(({ word, doneAt }) => word === 'erase' && doneAt !== undefined)
      .map(({ source, order, doneAt }) => [`${source}/${order}`, doneAt?.seq ?? 0]),
  );
  return seen.mails
    .filter(({ sale, decided }) => decided > (gone.get(sale) ?? Number.POSITIVE_INFINITY))
    .flatMap(({ sale, message, raw }) =>
      seen.needles
        .filter((needle) => needle.sale === sale && raw.includes(needle.text))
        .filter(({ forgotten }) => forgotten === undefined)
        .map(
          ({ text }): Finding => ({ law: 'I9', sale, what: `forgotten: "${text}" was named in ${message}` }),
        ),
    );
};

const remembered = (seen: Seen): Finding[] => {
  const gone = seen.needles.filter(({ forgotten }) => forgotten !== undefined);
  if (!seen.isDrained || gone.length === 0) return [];
  const places = [
    ...tables(seen),
    ...seen.pages.map(({ of, sale, text }) => ({ name: `the ${of} of ${sale}`, text })),
  ];
  return gone.flatMap((needle) => [
    ...found(places, needle, 'forgotten:'),
    ...seen.mails
      .filter(({ decided }) => decided > (needle.forgotten?.seq ?? Number.POSITIVE_INFINITY))
      .filter(({ raw }) => raw.includes(needle.text))
      .map(
        ({ message }): Finding => ({
          law: 'I9',
          sale: needle.sale,
          what: `forgotten: "${needle.text}" left in ${message}`,
        }),
      ),
  ]);
};

/** Whoever has one can end a wait: they leave the table for nowhere. */
const tokens = (seen: Seen, kept: Kept): Finding[] => {
  const open: Place[] = [
    ...seen.logs.map((text) => ({ name: 'the log', text })),
    ...seen.pages.map(({ of, text }) => ({ name: `the ${of}`, text })),
    ...seen.mails.map(({ message, raw }) => ({ name: `the mail ${message}`, text: raw })),
    ...seen.executions.map(({ name, input }) => ({ name: `the input of ${name}`, text: input })),
  ];
  const all = open.map(({ text }) => text).join('\n');
  return [...kept.sales.values()].flatMap((sale) =>
    sale.waits
      .filter(({ token }) => token !== '' && all.includes(token))
      .map(({ key }): Finding => {
        const place = open.find(({ text }) =>
          text.includes(sale.waits.find((one) => one.key === key)?.token ?? ''),
        );
        return {
          law: 'L4',
          sale: sale.id,
          what: `the task token of ${key} stands in ${place?.name ?? 'a place'}`,
        };
      }),
  );
};

/** The secret part of a link, as it stands in a mail. */
const LINK = /\/[a-z]\/([a-z2-7]{32})(?![a-z2-7])/g;

const links = (seen: Seen): Finding[] => {
  const all = [...tables(seen), ...seen.logs.map((text) => ({ name: 'the log', text }))]
    .map(({ text }) => text)
    .join('\n');
  return seen.mails.flatMap(({ sale, message, raw }) =>
    [...new Set([...raw.replaceAll('=\r\n', '').matchAll(LINK)].map(([, token]) => token ?? ''))]
      .filter((token) => token !== '' && all.includes(token))
      .map(
        (): Finding => ({ law: 'L4', sale, what: `the link of ${message} is stored or logged as it stands` }),
      ),
  );
};

const looks = ({ looks }: Seen): Finding[] =>
  looks
    .filter(({ writes }) => writes > 0)
    .map(({ sale, writes }) => ({ law: 'L4', sale, what: `opening a page wrote ${writes} items` }));

export const judgePrivacy = (seen: Seen, kept: Kept): Finding[] => [
  ...leaked(seen),
  ...remembered(seen),
  ...named(seen),
  ...tokens(seen, kept),
  ...links(seen),
  ...looks(seen),
];
