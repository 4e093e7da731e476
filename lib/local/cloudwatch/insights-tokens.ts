/** A log query cut into words, each with its place, so that whatever is wrong can be pointed at. */

type Kind = 'word' | 'name' | 'text' | 'number' | 'span' | 'sign' | 'end';
export type Token = { readonly kind: Kind; readonly value: string; readonly place: number };

const LANGUAGE =
  "Played here: SOURCE '<log group>', fields, filter (ispresent(x), x = 'v', x in [..], and, or, not), " +
  'stats (count, sum, min, max, avg, pct) by fields and bin(1h), sort, limit.';

/** What is wrong with a log query, where, and what is played here. */
export class InsightsError extends Error {
  override readonly name = 'InsightsError';
  constructor(place: number, found: string, wanted: string) {
    super(`Log query, character ${place + 1}, at "${found}": ${wanted}. ${LANGUAGE}`);
  }
}

/** In this order: what begins with a digit and ends in letters is a span of time, as in `bin(1h)`. */
const FORMS: readonly (readonly [Kind | 'space', RegExp])[] = [
  ['space', /(?:\s|#[^\n]*)+/y],
  ['name', /`[^`]+`/y],
  ['text', /'[^']*'|"[^"]*"/y],
  ['span', /\d+[a-z]+/y],
  ['number', /-?\d+(?:\.\d+)?/y],
  ['word', /[@A-Za-z_][\w@.]*/y],
  ['sign', /[()[\],|=*]/y],
];

const isQuoted = (kind: Kind | 'space') => kind === 'name' || kind === 'text';

export const tokensOf = (query: string): Token[] => {
  const tokens: Token[] = [];
  let place = 0;
  while (place < query.length) {
    const found = FORMS.map(([kind, form]) => {
      form.lastIndex = place;
      return { kind, text: form.exec(query)?.[0] };
    }).find(({ text }) => text !== undefined);
    if (found?.text === undefined)
      throw new InsightsError(place, query.slice(place, place + 12), 'this cannot be read');
    const { kind, text } = found;
    if (kind !== 'space') tokens.push({ kind, value: isQuoted(kind) ? text.slice(1, -1) : text, place });
    place += text.length;
  }
  return [...tokens, { kind: 'end', value: 'the end', place }];
};
