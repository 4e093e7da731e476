/** Samples of what customers hear about a promise and about a visit. */
import type { MergeData, MessageName } from './catalog.ts';
import { formatInstant } from './format.ts';
import { formatWindow } from './format-window.ts';
import type { PromiseKind } from './merge-data.ts';
import type { SampleWorld } from './sample-shop.ts';
import { ASKED, DUE, LATER, VISIT } from './sample-times.ts';

const LATE_TO = '2026-11-27T14:00:00.000Z';
const ASKED_TO = '2026-11-17T11:30:00.000Z';
const VISIT_CALL = '2026-11-17T16:00:00.000Z';

type About = Pick<MergeData<'we-owe-you'>, 'shop' | 'owner' | 'customer' | 'item' | 'links'>;

type SamplesOf<Name extends MessageName> = { [N in Name]: MergeData<N> };
type AboutPromise =
  | 'we-owe-you'
  | 'in-hand'
  | 'at-risk'
  | 'we-are-sorry'
  | 'new-time'
  | 'offer-new-time'
  | 'new-person'
  | 'withdrawn';
type AboutVisit =
  | 'visit-booked'
  | 'visit-tomorrow'
  | 'visit-may-be-late'
  | 'visit-late'
  | 'did-anyone-come'
  | 'nobody-came'
  | 'nobody-home';

const promiseSamples = (world: SampleWorld, kind: PromiseKind, about: About): SamplesOf<AboutPromise> => {
  const { manager, head, rep, promised, meanwhile } = world;
  const at = formatInstant(world.locale, world.zone);
  const moved = { wasDueText: at(DUE), dueText: at(LATER) };
  return {
    'we-owe-you': { ...about, manager, promise: { words: promised[kind], dueText: at(DUE) } },
    'in-hand': { ...about, manager, promise: { dueText: at(DUE) } },
    'at-risk': { ...about, manager, promise: { dueText: at(DUE) } },
    'we-are-sorry': {
      ...about,
      owner: manager,
      before: { name: rep.name },
      promise: { ...moved, strikes: 1 },
    },
    'new-time': { ...about, promise: moved, reason: meanwhile.reason },
    'offer-new-time': {
      ...about,
      promise: { wasDueText: at(DUE), newText: at(LATER) },
      reason: meanwhile.reason,
    },
    'new-person': { ...about, owner: head, before: { name: rep.name }, promise: { dueText: at(DUE) } },
    withdrawn: { ...about, promise: { dueText: at(DUE) }, by: 'shop', reason: meanwhile.reason },
  };
};

const visitSamples = (world: SampleWorld, about: About): SamplesOf<AboutVisit> => {
  const { manager, rep, visit } = world;
  const when = formatWindow(world.locale, world.zone);
  const at = formatInstant(world.locale, world.zone);
  const booked = { ...visit, whenText: when(VISIT.from, VISIT.to) };
  const expected = { ...about, owner: manager, provider: rep, visit: booked };
  return {
    'visit-booked': { ...expected, visit: { ...booked, isNewTime: true, strikes: 2 } },
    'visit-tomorrow': expected,
    'visit-may-be-late': expected,
    'visit-late': { ...expected, visit: { ...booked, whenText: when(VISIT.to, LATE_TO) } },
    'did-anyone-come': expected,
    'nobody-came': {
      ...about,
      owner: manager,
      before: { name: rep.name },
      visit: { ...booked, whenText: when(ASKED, ASKED_TO) },
      call: { dueText: at(VISIT_CALL) },
    },
    'nobody-home': expected,
  };
};

export const customerSamples = (
  world: SampleWorld,
  kind: PromiseKind,
  about: About,
): SamplesOf<AboutPromise | AboutVisit> => ({
  ...promiseSamples(world, kind, about),
  ...visitSamples(world, about),
});
