import type { PromiseKind } from './merge-data.ts';

type SamplePerson = { name: string; firstName: string; phone: string; email: string; title: string | null };

type SampleItem = { title: string; more: number; days: number | null };

/** What the samples of one language are made of. */
export type SampleWorld = {
  locale: string;
  zone: string;
  site: string;
  review: string;
  shop: { name: string; address: string; website: string };
  rep: SamplePerson;
  manager: SamplePerson;
  head: SamplePerson;
  customer: { firstName: string; name: string; phone: string; email: string };
  items: Record<string, SampleItem>;
  anyItem: SampleItem;
  words: { done: string; said: string; notYet: string; note: string; tried: string[] };
  visit: { place: string; bring: string };
  promised: Record<PromiseKind, string>;
  meanwhile: { reason: string; wish: string; lines: string[] };
};

/** One of the made-up people, with an address at the shop. */
export const samplePerson = (
  name: string,
  firstName: string,
  phone: string,
  domain: string,
  title: string | null = null,
): SamplePerson => ({ name, firstName, phone, email: `${firstName.toLowerCase()}@${domain}`, title });
