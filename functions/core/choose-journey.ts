import type { Configuration } from './configuration.ts';
import type { Journey } from './journey.ts';
import { canaryJourney } from './operations/canary.ts';
import type { Order } from './shop-event.ts';

const same = (a: string | undefined, b: string) => a?.trim().toLowerCase() === b.trim().toLowerCase();

type Conditions = Configuration['choose'][number]['when'];

const fits = (when: Conditions, order: Order, source: string): boolean => {
  const lines = order.lines.filter((line) => line.quantity > 0);
  const { productType, sku, title, tag, amountFrom } = when;
  return (
    (when.source === undefined || when.source === source) &&
    (productType === undefined || lines.some((line) => same(line.productType, productType))) &&
    (sku === undefined || lines.some((line) => same(line.sku, sku))) &&
    (title === undefined || lines.some((line) => line.title.toLowerCase().includes(title.toLowerCase()))) &&
    (tag === undefined || order.tags.some((one) => same(one, tag))) &&
    (amountFrom === undefined || Number(order.total.amount) >= amountFrom)
  );
};

/** The first choice that fits, else `otherwise`; undefined when the shop says nothing about such an order. */
export const chooseJourney = (
  config: Configuration,
  order: Order,
  source: string,
): { name: string; journey: Journey } | undefined => {
  const synthetic = canaryJourney(source);
  if (synthetic !== undefined) return synthetic;
  const name = config.choose.find((choice) => fits(choice.when, order, source))?.journey ?? config.otherwise;
  const journey = name === undefined ? undefined : config.journeys[name];
  return name === undefined || journey === undefined ? undefined : { name, journey };
};
