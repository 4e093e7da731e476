/** Requests to pages: fields that the page has and others, sent as browsers, mail programs and nobody at all send them. */
import fc from 'fast-check';
import { nastyText } from './nasty.ts';

export type Sent = { headers: Record<string, string>; body: Buffer };
type Pair = [string, string];

const FORM = 'application/x-www-form-urlencoded';
/** As a browser says that somebody pressed. */
export const FROM_A_PERSON = {
  'user-agent': 'a browser',
  'sec-fetch-site': 'same-origin',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-user': '?1',
};

/** The fields of every form of a page, with the values that stand in it. */
export const fieldsIn = (html: string): Pair[] =>
  [...html.matchAll(/<(?:input|button|textarea|select|option)\b[^>]*>/g)].flatMap(([tag]) => {
    const name = /\bname="([^"]*)"/.exec(tag)?.[1];
    const value = /\bvalue="([^"]*)"/.exec(tag)?.[1];
    return name === undefined ? [] : [[name, value ?? ''] satisfies Pair];
  });

const multipart = (pairs: readonly Pair[], boundary: string): string =>
  `${pairs
    .map(
      ([name, value]) =>
        `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    )
    .join('')}--${boundary}--\r\n`;

/** What stands in the page, most of it as it stands there, some of it anything else, in any number. */
const pairsOf = (known: readonly Pair[]): fc.Arbitrary<Pair[]> => {
  const names = known.map(([name]) => name);
  const name = fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...names, 'words') },
    { weight: 1, arbitrary: nastyText },
  );
  const value = fc.oneof(nastyText, fc.constantFrom(...known.map(([, one]) => one), '1', '5', 'yes', 'no'));
  return fc
    .tuple(fc.subarray([...known]), fc.array(fc.tuple(name, value), { maxLength: 6 }))
    .map(([kept, more]) => [...kept, ...more]);
};

const bodies = (known: readonly Pair[]): fc.Arbitrary<Sent> =>
  fc.oneof(
    {
      weight: 8,
      arbitrary: pairsOf(known).map((pairs) => ({
        headers: { 'content-type': FORM },
        body: Buffer.from(new URLSearchParams(pairs).toString()),
      })),
    },
    {
      weight: 2,
      arbitrary: pairsOf(known).map((pairs) => ({
        headers: { 'content-type': 'multipart/form-data; boundary="b0"' },
        body: Buffer.from(multipart(pairs, 'b0')),
      })),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(nastyText, fc.uint8Array({ maxLength: 300 })).map(([type, bytes]) => ({
        headers: { 'content-type': type },
        body: Buffer.from(bytes),
      })),
    },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom(
          '%',
          'rating=%zz&words=%ff%fe',
          'rating[]=1&rating[0]=2',
          '&&&&',
          '=',
          'words=%00',
          '{"rating":5}',
        )
        .map((text) => ({ headers: { 'content-type': FORM }, body: Buffer.from(text) })),
    },
  );

/** A press on a page with these fields, by a person or by who knows whom. */
export const presses = (known: readonly Pair[]): fc.Arbitrary<Sent> =>
  fc
    .tuple(bodies(known), fc.constantFrom({}, FROM_A_PERSON, FROM_A_PERSON, FROM_A_PERSON), strangeHeaders)
    .map(([{ headers, body }, person, more]) => ({ headers: { ...person, ...headers, ...more }, body }));

export const strangeHeaders: fc.Arbitrary<Record<string, string>> = fc.dictionary(
  fc.constantFrom(
    'user-agent',
    'accept-language',
    'sec-fetch-site',
    'sec-fetch-mode',
    'origin',
    'referer',
    'x-other',
  ),
  nastyText,
  { maxKeys: 2 },
);
