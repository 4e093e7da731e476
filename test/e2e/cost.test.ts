/** What one sale of each path uses, metered on the real stack, beside what was counted by hand on the machines' diagrams. */
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, inject, it } from 'vitest';
import config from '../../aftercare.config.ts';
import { checkConfiguration } from '../../functions/core/configuration.ts';
import { compare } from '../../lib/cost/compare.ts';
import { measurePaths, type PathTable, withoutReview } from '../../lib/cost/measure-paths.ts';

/**
 * By hand. Transitions: start, one for each state entered. Mails: check-in, reminder, review ask; of a promise the note to
 * its owner and the question to the customer, and of a complaint the receipt. HTTP: the webhook, and GET and POST of
 * each page: form, staff page, customer's page.
 */
const WHOLE = {
  happy: { followUp: 5, promise: 0, mails: 2, httpRequests: 3 },
  reminded: { followUp: 6, promise: 0, mails: 3, httpRequests: 3 },
  silent: { followUp: 7, promise: 3, mails: 5, httpRequests: 5 },
  unhappy: { followUp: 6, promise: 3, mails: 5, httpRequests: 7 },
};

/** Until the answer is in, or the promise is made and its owner told; nobody is asked for a review. */
const STARTED = {
  happy: { followUp: 3, promise: 0, mails: 1, httpRequests: 3 },
  reminded: { followUp: 4, promise: 0, mails: 2, httpRequests: 3 },
  silent: { followUp: 5, promise: 2, mails: 3, httpRequests: 1 },
  unhappy: { followUp: 4, promise: 2, mails: 3, httpRequests: 3 },
};

const counted = (paths: PathTable) =>
  Object.fromEntries(
    Object.entries(paths).map(([path, { transitions, units }]) => [
      path,
      { ...transitions, mails: units.mails, httpRequests: units.httpRequests },
    ]),
  );

const unitsOf = ({ happy, reminded, silent, unhappy }: PathTable) => ({
  happy: happy.units,
  reminded: reminded.units,
  silent: silent.units,
  unhappy: unhappy.units,
});

const played = { now: Date.now(), source: 'standard' };
const folder = mkdtempSync(join(tmpdir(), 'aftercare-compared-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The same stack, whose functions are told of journeys without a review: quicker than to synthesize another one. */
const stackWithoutReview = (assembly: string): string => {
  cpSync(assembly, folder, { recursive: true });
  for (const asset of readdirSync(folder)) {
    const file = join(folder, asset, 'config.json');
    if (!existsSync(file)) continue;
    const bundled = checkConfiguration(JSON.parse(readFileSync(file, 'utf8')));
    writeFileSync(file, JSON.stringify(withoutReview(bundled)));
  }
  return folder;
};

describe('a sale, played to its end', () => {
  it('costs what was counted by hand, and leaves a short history and a short log', async () => {
    const paths = await measurePaths({ ...played, config, assembly: inject('assembly') });

    expect(counted(paths)).toEqual(WHOLE);
    for (const { units, transitions, historyEvents } of Object.values(paths)) {
      expect(units.stateTransitions).toBe(transitions.followUp + transitions.promise);
      expect(historyEvents).toBeLessThan(100);
    }
    expect(paths.happy.units.logBytes).toBeLessThanOrEqual(2500);
    expect(paths.happy.units.writeUnits).toBeLessThanOrEqual(35);
    expect(paths.happy.units.readUnits).toBeLessThanOrEqual(27);
  }, 120_000);
});

describe('a sale, played as far as others publish their costs', () => {
  it('costs what was counted by hand, and the mix at most what it costs today', async () => {
    const shop = withoutReview(checkConfiguration(config));
    const assembly = stackWithoutReview(inject('assembly'));

    const paths = await measurePaths({ ...played, config: shop, assembly, length: 'started' });

    expect(counted(paths)).toEqual(STARTED);
    const { asSent, withTheirMails, withTheirMailsAndLambda } = compare(unitsOf(paths));
    expect(asSent).toBeLessThanOrEqual(436);
    expect(withTheirMails).toBeLessThanOrEqual(431);
    expect(withTheirMailsAndLambda).toBeLessThanOrEqual(427);
  }, 120_000);
});
