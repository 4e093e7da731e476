/** Tells which of many pages a judge of structure has to see: those that differ in words alone are one to it. */

/** Attributes that hold words. A link within the page is structure, one that leads elsewhere is not. */
const WORDED = / (aria-label|alt|content|href|placeholder|title|value)="(?!#)([^"]*)"/g;
const TAG_OR_TEXT = /(<[^>]*>)|([^<]+)/g;
/** The page's own language: axe must know it, which one page of each language shows. */
const LANGUAGE = /(<html[^>]* lang=)"[^"]*"/;

/**
 * All of a page but what its words say: its elements and attributes, where there is a text and where none, and which texts
 * are the same, because two marks of one name are a mistake.
 */
export const skeletonOf = (html: string): string => {
  const numbers = new Map<string, number>();
  const numbered = (words: string): string => {
    const text = words.trim().replace(/\s+/g, ' ');
    if (text === '') return '';
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    return `#${number}`;
  };
  return html
    .replace(LANGUAGE, '$1"…"')
    .replace(TAG_OR_TEXT, (_, tag: string | undefined, text: string | undefined) =>
      tag === undefined
        ? numbered(text ?? '')
        : tag.replace(WORDED, (_whole, name: string, words: string) => ` ${name}="${numbered(words)}"`),
    );
};

/** The first page of each skeleton. */
export const onePerSkeleton = <Page extends { body: string }>(pages: readonly Page[]): Page[] => {
  const seen = new Set<string>();
  return pages.filter(({ body }) => {
    const skeleton = skeletonOf(body);
    const isNew = !seen.has(skeleton);
    seen.add(skeleton);
    return isNew;
  });
};
