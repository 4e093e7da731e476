import type { Settings } from '../adapters/ports.ts';
import { itemOf, type Sale } from '../core/sale.ts';
import { pageWords } from '../pages/words.ts';

/** What was bought, in words. A checkout that names no product (Stripe's does not) is "order from <shop>". */
export const itemName = ({ config, contentDir }: Settings, sale: Sale, locale: string): string => {
  const title = itemOf(sale)?.title ?? sale.facts.order?.lines[0]?.title ?? '';
  return title === '' ? pageWords(locale, contentDir).say('item.unnamed', { shop: config.shop.name }) : title;
};
