/** Who buys what, drawn from the seed: few people and many orders, so that their sales meet. */
import type { Chance } from './chance.ts';

export type Person = {
  key: string;
  name: string;
  email: string | undefined;
  locale: string;
  /** What they are like: most people read and answer, some have machines that do. */
  manner: 'person' | 'auto-responder' | 'echo';
};

export type Order = {
  id: string;
  order: string;
  person: Person;
  phone: string | undefined;
  tags: string[];
  type: string | undefined;
  /** Days after the beginning. */
  placed: number;
};

export const SOURCE = 'standard';

const LOCALES = ['en', 'de', 'fr', 'es', 'en'] as const;
const TAGS = ['furniture', 'service', 'class', 'subscription', 'gift', ''] as const;

const personOf = (chance: Chance, n: number): Person => {
  const key = `person-${n}`;
  const manner = chance.draw(`manner ${key}`);
  return {
    key,
    name: `Zora${n} Nadelmann${n}q`,
    email: chance.isLikely(`mute ${key}`, 0.06) ? undefined : `zora.nadel${n}q@kundschaft.example`,
    locale: chance.pick(`locale ${key}`, LOCALES),
    manner: manner < 0.05 ? 'auto-responder' : manner < 0.07 ? 'echo' : 'person',
  };
};

export const castOf = (chance: Chance, sales: number): Order[] => {
  const people = Math.max(1, Math.round(sales * 0.5));
  return Array.from({ length: sales }, (_, n) => {
    const order = `N-${n + 1}`;
    const tag = chance.pick(`tag ${order}`, TAGS);
    return {
      id: `${SOURCE}/${order}`,
      order,
      person: personOf(chance, chance.below(`who ${order}`, people)),
      phone: chance.isLikely(`phone ${order}`, 0.6)
        ? `+41 44 7${String(n).padStart(2, '0')} 90 17`
        : undefined,
      tags: tag === '' ? [] : [tag],
      type: undefined,
      placed: chance.draw(`placed ${order}`) * 4,
    };
  });
};
