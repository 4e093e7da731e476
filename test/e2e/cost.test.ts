/** What one sale of each path uses, metered on the real stack, beside what was counted by hand on the machines' diagrams. */
import { expect, inject, it } from 'vitest';
import config from '../../aftercare.config.ts';
import { measurePaths } from '../../lib/cost/measure-paths.ts';

/**
 * By hand. Transitions: start, one for each state entered. Mails: check-in, reminder, review ask; of a promise the note to
 * its owner and the question to the customer, and of a complaint the receipt. HTTP: the webhook, and GET and POST of
 * each page: form, staff page, customer's page.
 */
const HAND_COUNTED = {
  happy: { followUp: 5, promise: 0, mails: 2, httpRequests: 3 },
  reminded: { followUp: 6, promise: 0, mails: 3, httpRequests: 3 },
  silent: { followUp: 7, promise: 3, mails: 5, httpRequests: 5 },
  unhappy: { followUp: 6, promise: 3, mails: 5, httpRequests: 7 },
};

it('costs what was counted by hand', async () => {
  const paths = await measurePaths({
    config,
    assembly: inject('assembly'),
    now: Date.now(),
    source: 'standard',
  });

  const counted = Object.fromEntries(
    Object.entries(paths).map(([path, { transitions, units }]) => [
      path,
      { ...transitions, mails: units.mails, httpRequests: units.httpRequests },
    ]),
  );
  expect(counted).toEqual(HAND_COUNTED);
  for (const { units, transitions } of Object.values(paths))
    expect(units.stateTransitions).toBe(transitions.followUp + transitions.promise);
}, 120_000);
