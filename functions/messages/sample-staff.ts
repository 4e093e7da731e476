/** Samples of the notes to staff about a promise they keep, a visit they make, and their day. */
import type { MergeData } from './catalog.ts';
import { formatWindow } from './format-window.ts';
import type { SampleWorld } from './sample-shop.ts';
import { VISIT } from './sample-times.ts';

type Owed = MergeData<'staff-promise'>;

const visitSamples = (world: SampleWorld, promised: Owed, oneUp: Owed) => {
  const { rep, head } = world;
  const visit = { ...world.visit, whenText: formatWindow(world.locale, world.zone)(VISIT.from, VISIT.to) };
  const owed = { ...promised, promise: { ...promised.promise, kind: 'visit' as const } };
  const raised = { ...oneUp, promise: { ...oneUp.promise, kind: 'visit' as const, strikes: 2 } };
  const going = { ...owed, provider: rep, visit: { ...visit, isNewTime: true } };
  return {
    'staff-visit-booked': going,
    'staff-visit-tomorrow': going,
    'staff-on-your-way': going,
    'staff-nobody-on-the-way': { ...raised, provider: rep, visit: going.visit },
    'staff-visit-unbooked': { ...going, owner: world.manager },
    'staff-visit-missed': { ...raised, before: { name: rep.name }, visit, backup: { name: head.name } },
    'staff-accept-visit': { ...raised, provider: rep, visit, backup: { name: head.name } },
  };
};

export const staffSamples = (world: SampleWorld, promised: Owed, oneUp: Owed) => {
  const { shop, rep, site, meanwhile } = world;
  return {
    ...visitSamples(world, promised, oneUp),
    'staff-reminder': { ...promised, left: 'half' as const },
    'staff-wish': { ...promised, wish: meanwhile.wish },
    'staff-said': { ...promised, said: world.words.said, canAnswer: true },
    'staff-offer-answer': { ...promised, isAccepted: false, said: meanwhile.wish },
    'staff-withdrawn': { ...promised, by: 'customer' as const, reason: meanwhile.reason },
    'staff-digest': {
      shop,
      owner: rep,
      isDaily: true,
      lines: meanwhile.lines,
      more: 4,
      links: { desk: `${site}/desk` },
    },
    'staff-sign-in': {
      shop,
      owner: rep,
      minutes: 15,
      links: { enter: `${site}/desk/enter/6tn3w8qk2d` },
    },
  };
};
