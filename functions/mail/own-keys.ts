/**
 * Our links and reply addresses carry the keys of whoever they were sent to. A customer's quote of our mail holds them,
 * and whoever reads it, staff too, could act as the customer: so they are taken out of what is shown.
 */

/** Mail programs break long links: the rest stands on the next line, perhaps behind a quote mark. */
const BROKEN = '(?:=?\\r?\\n[>\\t ]{0,8})?';
const LETTERS = `(?:[a-z2-7]${BROKEN}){31}[a-z2-7]`;
const LINK = new RegExp(`((?:/|%2f)[rsup](?:/|%2f))${LETTERS}`, 'gi');
const ADDRESS = new RegExp(`(^|[^a-z0-9])([ru](?:\\+|%2b))${LETTERS}`, 'gi');

export const withoutKeys = (text: string): string => text.replace(LINK, '$1…').replace(ADDRESS, '$1$2…');
