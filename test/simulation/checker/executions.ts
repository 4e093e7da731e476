/** I11, L1: every wait has its execution and every execution its wait; none runs twice and none has failed. */
import { type Kept, textIn } from './items.ts';
import type { Finding, Item, Seen, SeenExecution } from './seen.ts';

const inputOf = ({ input }: SeenExecution): Item => {
  const value: unknown = JSON.parse(input);
  return typeof value === 'object' && value !== null ? { ...value } : {};
};

/** What an execution is for: a sale, or one promise of it. */
const purposeOf = (one: SeenExecution): { sale: string; key: string } => {
  const input = inputOf(one);
  const sale = textIn(input, 'saleId');
  return { sale, key: one.machine === 'FollowUp' ? 'FollowUp' : textIn(input, 'promise') };
};

const twice = (running: readonly SeenExecution[]): Finding[] => {
  const known = new Map<string, string>();
  return running.flatMap((one): Finding[] => {
    const { sale, key } = purposeOf(one);
    const other = known.get(`${sale} ${key}`);
    known.set(`${sale} ${key}`, one.name);
    return other === undefined
      ? []
      : [{ law: 'L1', sale, what: `${one.name} and ${other} both run for ${key}` }];
  });
};

const FAILED: readonly SeenExecution['status'][] = ['FAILED', 'TIMED_OUT', 'ABORTED'];

const failed = ({ executions }: Seen): Finding[] =>
  executions
    .filter(({ status }) => FAILED.includes(status))
    .map((one) => ({ law: 'I6', sale: purposeOf(one).sale, what: `${one.name} is ${one.status}` }));

const orphans = (kept: Kept, running: readonly SeenExecution[]): Finding[] => {
  const tokens = new Set(running.flatMap((one) => one.tokens));
  const waits = [...kept.sales.values()].flatMap((sale) =>
    sale.waits.map((wait) => ({ sale: sale.id, ...wait })),
  );
  const stored = new Set(waits.map(({ token }) => token));
  const unheld = waits
    .filter(({ token, isOnIndex }) => isOnIndex && !tokens.has(token))
    .map(
      ({ sale, key, position }): Finding => ({
        law: 'I11',
        sale,
        what: `the wait of ${key} at ${position} is on the index, and nobody waits there`,
      }),
    );
  const unknown = running
    .filter((one) => one.tokens.length !== 1 || !one.tokens.every((token) => stored.has(token)))
    .map(
      (one): Finding => ({
        law: 'I11',
        sale: purposeOf(one).sale,
        what: `${one.name} waits with ${one.tokens.length} tokens that no table knows`,
      }),
    );
  return [...unheld, ...unknown];
};

export const judgeExecutions = (seen: Seen, kept: Kept): Finding[] => {
  const running = seen.executions.filter(({ status }) => status === 'RUNNING');
  return [...twice(running), ...(seen.isDrained ? [...failed(seen), ...orphans(kept, running)] : [])];
};
