/** What comes after the answer, in memory: codes for friends, and how sales ended. */
import type { OutcomeCounts, ReferralStore, SaleCount } from '../../functions/adapters/after-ports.ts';
import { countsOf } from '../../functions/core/after/count.ts';
import type { SaleId } from '../../functions/core/ids.ts';

export const createMemoryReferrals = (): ReferralStore & { codes(): string[] } => {
  const codes = new Map<string, SaleId>();
  return {
    keep: async (code, sale) => {
      const owner = codes.get(code) ?? sale;
      codes.set(code, owner);
      return owner === sale;
    },
    find: async (code) => codes.get(code),
    codes: () => [...codes.keys()],
  };
};

export const createMemoryOutcomes = (): OutcomeCounts => {
  const counts = new Map<SaleId, SaleCount>();
  const where = (is: (count: SaleCount) => boolean): ReadonlySet<string> =>
    new Set([...counts].filter(([, count]) => is(count)).map(([id]) => id));
  return {
    count: async (id, count) => {
      counts.set(id, count);
      return true;
    },
    ofMonth: async (month) => {
      const standing = (outcome: SaleCount['outcome']) =>
        where((count) => count.month === month && count.outcome === outcome);
      return [
        countsOf({
          outcomes: {
            delighted: standing('delighted'),
            content: standing('content'),
            recovered: standing('recovered'),
            unhappy: standing('unhappy'),
            silent: standing('silent'),
            cancelled: standing('cancelled'),
            'opted-out': standing('opted-out'),
          },
          boughtAgain: where((count) => count.month === month && count.hasBoughtAgain),
          recommended: where((count) => count.month === month && count.hasRecommended),
          referred: where((count) => count.month === month && count.wasReferred),
        }),
      ];
    },
  };
};
