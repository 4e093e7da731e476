/**
 * The synthetic sale that goes through everything each hour: a signed webhook, the queue, the workflow, a mail, its arrival,
 * the page behind its link, an answer, the end. Its customer is the mail service's own test mailbox.
 */
import type { Configuration } from '../configuration.ts';
import { CANARY_SOURCE } from '../ids.ts';
import { Journey } from '../journey.ts';
import type { Source } from '../source.ts';

const SOURCE: Source = { kind: 'standard', testOrders: 'accept' };

/** Asked minutes after it was bought. Never reminded of, and never a call for a person: the canary itself ends it. */
const JOURNEY: Journey = Journey.parse({
  kind: 'goods',
  checkIn: [{ after: 'paid', wait: { hours: 0.1 } }],
  reminder: { days: 60 },
  person: { days: 60 },
});

/** So long the check-in and the news of its arrival may take: more than six minutes and a slow quarter of an hour. */
export const CANARY_PATIENCE_MS = 25 * 60_000;

/** The connection of a name, the canary's own included. */
export const sourceNamed = ({ sources, operations }: Configuration, name: string): Source | undefined => {
  if (name === CANARY_SOURCE) return operations.canary ? SOURCE : undefined;
  return Object.hasOwn(sources, name) ? sources[name] : undefined;
};

export const canaryJourney = (source: string): { name: string; journey: Journey } | undefined =>
  source === CANARY_SOURCE ? { name: CANARY_SOURCE, journey: JOURNEY } : undefined;

/** How far a synthetic sale came; each step needs those before it. */
export type CanaryStep = 'webhook' | 'sale' | 'check-in' | 'arrival' | 'form' | 'answer' | 'end';
