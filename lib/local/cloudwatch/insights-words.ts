/** Walks over the words of a log query, and refuses what is not there. */
import { InsightsError, type Token, tokensOf } from './insights-tokens.ts';

export type Words = {
  readonly next: () => Token;
  readonly refuse: (wanted: string, token?: Token) => never;
  /** Takes the next word if it is this one; command words are the same in capitals. */
  readonly took: (value: string) => boolean;
  readonly take: (value: string) => void;
  /** The name of a field, bare or in backticks. */
  readonly name: (wanted: string) => string;
  readonly value: (kind: Token['kind'], wanted: string) => string;
  readonly list: <Item>(item: () => Item) => Item[];
};

export const wordsOf = (query: string): Words => {
  const tokens = tokensOf(query);
  const end: Token = { kind: 'end', value: 'the end', place: query.length };
  let at = 0;
  const next = () => tokens[at] ?? end;

  const refuse = (wanted: string, token = next()): never => {
    throw new InsightsError(token.place, token.value, wanted);
  };
  const took = (value: string) => {
    const { kind, value: found } = next();
    const isIt = (kind === 'word' || kind === 'sign') && found.toLowerCase() === value;
    if (isIt) at += 1;
    return isIt;
  };
  const value = (kind: Token['kind'], wanted: string) => {
    const token = next();
    if (token.kind !== kind) return refuse(wanted);
    at += 1;
    return token.value;
  };
  const list = <Item>(item: () => Item): Item[] => {
    const items = [item()];
    while (took(',')) items.push(item());
    return items;
  };

  return {
    next,
    refuse,
    took,
    take: (wanted) => {
      if (!took(wanted)) refuse(`"${wanted}" is missing`);
    },
    name: (wanted) => value(next().kind === 'name' ? 'name' : 'word', wanted),
    value,
    list,
  };
};
