/**
 * The policy as it stands, and others that may be deployed while sales are open. What began under one goes on under it, so
 * they are as unlike as can be: much later, at once, or with none of the journeys there were.
 */
import configInput from '../../../aftercare.config.ts';
import type { Delay } from '../../../functions/core/calendar.ts';
import { checkConfiguration } from '../../../functions/core/configuration.ts';
import type { Journey } from '../../../functions/core/journey.ts';
import type { Chance } from './chance.ts';

export const POLICY = checkConfiguration(configInput);
type Policy = typeof POLICY;

/** More than weekends, holidays and other mails may delay anything by. */
const MUCH_LATER_DAYS = 25;

const later = (wait: Delay): Delay =>
  'days' in wait ? { days: wait.days + MUCH_LATER_DAYS } : { days: MUCH_LATER_DAYS };

/** Nobody is asked for a review any more, and nothing is published. */
const slow = (journey: Journey): Journey => ({
  kind: journey.kind,
  checkIn: journey.checkIn.map(({ after, wait }) => ({ after, wait: later(wait) })),
  reminder: later(journey.reminder),
  person: later(journey.person),
  promises: [],
});

const quick = ({ kind, checkIn }: Journey): Journey => ({
  kind,
  checkIn: checkIn.map(({ after }) => ({ after, wait: { hours: 1 } })),
  ...{ reminder: { hours: 2 }, person: { hours: 2 }, review: { days: 1 } },
  promises: [{ kind: 'answer', within: { days: 3 }, says: 'We write to you within three days.' }],
});

const withJourneys = (change: (journey: Journey) => Journey): Policy => ({
  ...POLICY,
  journeys: Object.fromEntries(
    Object.entries(POLICY.journeys).map(([name, journey]) => [name, change(journey)]),
  ),
});

const [ANY = undefined] = Object.values(POLICY.journeys);

const POLICIES: Readonly<Record<'slow' | 'quick' | 'renamed', Policy>> = {
  slow: withJourneys(slow),
  quick: withJourneys(quick),
  renamed:
    ANY === undefined
      ? POLICY
      : { ...POLICY, journeys: { single: quick(ANY) }, choose: [], otherwise: 'single' },
};

/** As if it had been written down in the configuration. */
const checked = (name: keyof typeof POLICIES): Policy => checkConfiguration(POLICIES[name]);

const NAMES = ['slow', 'quick', 'renamed'] as const;

export type Deploy = { at: number; name: string; config: Policy };

const DAY_MS = 86_400_000;
/** The last sale begins on the fourth day; most are open then and for two weeks more. */
const OPEN_DAYS = 14;

/** Of some runs: what is deployed, and when. */
export const deploysOf = (chance: Chance, start: number): Deploy[] => {
  if (!chance.isLikely('any deploy', 0.4)) return [];
  const name = chance.pick('which policy is deployed', NAMES);
  const at = start + Math.round(chance.draw('when it is deployed') * OPEN_DAYS * DAY_MS);
  return [{ at, name, config: checked(name) }];
};
