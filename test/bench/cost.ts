/** What a million sales of the usual mix cost on AWS, from the meter, beside what others publish. */
import config from '../../aftercare.config.ts';
import { costReport } from '../../bin/commands/cost/cost.ts';
import { measureShop } from '../../bin/commands/cost/cost-run.ts';
import { compare } from '../../lib/cost/compare.ts';
import type { PathTable } from '../../lib/cost/measure-paths.ts';
import { USUAL_MIX } from '../../lib/cost/prices.ts';
import { PATHS, type Path } from '../../lib/cost/units.ts';
import type { Bench, Figure } from './figure.ts';

const MILLION = 1_000_000;
const TEXTBOOK = { name: 'a textbook state machine (published figures)', value: 463 };
const BASIS = 'metered units times list prices; a fused machine is reckoned at $380, the mails alone at $245';

/** Of the FollowUp machine, the start included. */
const MOST_TRANSITIONS: Readonly<Record<Path, number>> = { happy: 4, reminded: 5, silent: 6, unhappy: 5 };

const transitions = (paths: PathTable): Figure[] =>
  PATHS.map((path) => ({
    id: `cost.transitions-${path}`,
    what: `state transitions of a sale, ${path}`,
    value: paths[path].transitions.followUp,
    unit: 'transitions',
    target: { atMost: MOST_TRANSITIONS[path] },
    note: `the promise's own machine: ${paths[path].transitions.promise}`,
  }));

const perPath = (perMillion: Readonly<Record<Path, number>>): Figure[] =>
  PATHS.map((path) => ({
    id: `cost.${path}-dollars-per-million`,
    what: `a million sales, ${path}`,
    value: perMillion[path],
    unit: '$',
    note: 'as sent',
  }));

export const bench: Bench = {
  name: 'cost',
  about:
    'Plays one sale of each path on this machine as far as others publish their costs, and prices what the meter read.',
  run: async ({ log }) => {
    const measured = await measureShop(config, undefined, log, 'started');
    const report = costReport(measured, USUAL_MIX, MILLION);
    const { asSent, withTheirMails, withTheirMailsAndLambda } = compare(report.units);
    const dollars = { unit: '$', note: BASIS };
    return [
      {
        ...dollars,
        id: 'cost.mix-dollars-per-million',
        what: 'a million sales of the usual mix, same mails',
        value: withTheirMails,
        target: { atMost: 420 },
        peer: TEXTBOOK,
      },
      {
        ...dollars,
        id: 'cost.mix-dollars-per-million-their-lambda',
        what: 'the same with Lambda as the others reckon it (60 ms, 256 MB)',
        value: withTheirMailsAndLambda,
        target: { atMost: 420 },
        peer: TEXTBOOK,
      },
      {
        ...dollars,
        id: 'cost.mix-dollars-per-million-as-sent',
        what: 'the same with our own mails (the unhappy get a receipt)',
        value: asSent,
      },
      ...perPath(report.perPath),
      ...transitions(measured.paths),
      {
        id: 'cost.happy-log-kilobytes',
        what: 'log of a happy sale',
        value: report.units.happy.logBytes / 1000,
        unit: 'kB',
        target: { atMost: 2.5 },
        note: 'without the review ask, which adds 0.7 kB',
      },
    ];
  },
};
