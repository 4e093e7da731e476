/** The code a happy customer may pass on to a friend. */
import type { SalePorts } from '../adapters/ports.ts';
import { codeOf, givesIn, mayPassOn } from '../core/after/referral.ts';
import type { Sale } from '../core/sale.ts';

export type ForAFriend = { code: string; gives: string };

type Ports = Pick<SalePorts, 'settings' | 'ids' | 'referrals'>;

/** Two sales share a code once in a thousand million; then the later one gets its next. */
const MOST_TRIES = 5;

const codesFor = ({ ids, settings }: Ports, { id }: Sale): string[] => {
  const { referral } = settings.config.shop;
  if (referral === undefined) return [];
  return Array.from({ length: MOST_TRIES }, (_, n) =>
    codeOf(referral.prefix, ids.digest(`referral ${n} ${id}`)),
  );
};

const firstOf = async (
  codes: readonly string[],
  isOurs: (code: string) => Promise<boolean>,
): Promise<string | undefined> => {
  for (const code of codes) if (await isOurs(code)) return code;
  return undefined;
};

const offer = async (
  ports: Ports,
  sale: Sale,
  locale: string,
  isOurs: (code: string) => Promise<boolean>,
): Promise<ForAFriend | undefined> => {
  const gives = givesIn(ports.settings.config, locale);
  if (gives === undefined || !mayPassOn(sale)) return undefined;
  const code = await firstOf(codesFor(ports, sale), isOurs);
  return code === undefined ? undefined : { code, gives };
};

/** Keeps the code, so that an order with it is traced back: only where something was pressed or written. */
export const giveCode = (ports: Ports, sale: Sale, locale: string): Promise<ForAFriend | undefined> =>
  offer(ports, sale, locale, (code) => ports.referrals.keep(code, sale.id));

/** For pages that change nothing: the code that was kept when they answered. */
export const showCode = (ports: Ports, sale: Sale, locale: string): Promise<ForAFriend | undefined> =>
  offer(ports, sale, locale, async (code) => (await ports.referrals.find(code)) === sale.id);
