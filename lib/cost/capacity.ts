/** What so many sales a day ask of AWS, beside what it gives by default. Pure arithmetic over played paths. */
import type { PathTable } from './measure-paths.ts';
import { LAMBDA } from './prices.ts';
import { type Quota, quotasIn } from './quotas.ts';
import { type Mix, mixed, PATHS } from './units.ts';

const DAY_SECONDS = 86_400;
const DAYS_A_WEEK = 7;
/** How much the busiest minute is above the mean: orders come in the evening and on one Friday in November. */
export const PEAK = 10;
/** Alarms go off here, so this is where more must have been asked for. */
export const SAFE_SHARE = 0.7;

export type Load = {
  /** Executions open at any time. */
  open: number;
  /** Each second, in the busiest minute. */
  starts: number;
  transitions: number;
  signals: number;
  'mails-a-day': number;
  'mails-a-second': number;
  'calls-at-once': number;
  requests: number;
};

export type CapacityRow = Quota & {
  need: number;
  /** Of the quota. */
  share: number;
  /** Sales a day at which the safe share is reached. */
  enoughFor: number;
};

type Given = {
  paths: PathTable;
  mix: Mix;
  salesPerDay: number;
  region: string;
  /** In which customers may be written to: what a weekend held back goes out on the days that are left. */
  asking: { hoursAWeek: number; daysAWeek: number };
};

const meanOf = (paths: PathTable, mix: Mix, of: (path: PathTable[keyof PathTable]) => number): number =>
  PATHS.reduce((sum, path) => sum + (of(paths[path]) * mix[path]) / 100, 0);

export const loadOf = ({ paths, mix, salesPerDay, asking }: Given): Load => {
  const units = mixed(
    {
      happy: paths.happy.units,
      reminded: paths.reminded.units,
      silent: paths.silent.units,
      unhappy: paths.unhappy.units,
    },
    mix,
  );
  const perSecond = salesPerDay / DAY_SECONDS;
  const promises = meanOf(paths, mix, ({ transitions }) => (transitions.promise > 0 ? 1 : 0));
  const mailsADay = (salesPerDay * units.mails * DAYS_A_WEEK) / asking.daysAWeek;
  const secondsADay = (asking.hoursAWeek / asking.daysAWeek) * 3600;
  return {
    open: salesPerDay * meanOf(paths, mix, ({ followUpDays, promiseDays }) => followUpDays + promiseDays),
    starts: perSecond * (1 + promises) * PEAK,
    transitions: perSecond * units.stateTransitions * PEAK,
    /* A page tells a waiting execution at most once each time it is sent: half of its requests, and this is all. */
    signals: perSecond * units.httpRequests * PEAK,
    'mails-a-day': mailsADay,
    'mails-a-second': mailsADay / secondsADay,
    'calls-at-once': perSecond * units.lambdaRequests * PEAK * (LAMBDA.milliseconds / 1000),
    requests: perSecond * units.httpRequests * PEAK,
  };
};

/** Nearest to its limit first. */
export const capacityOf = (given: Given): CapacityRow[] => {
  const load = loadOf(given);
  return quotasIn(given.region)
    .map((quota) => {
      const need = load[quota.limits];
      const share = need / quota.value;
      return {
        ...quota,
        need,
        share,
        enoughFor: share === 0 ? Number.POSITIVE_INFINITY : (given.salesPerDay * SAFE_SHARE) / share,
      };
    })
    .sort((a, b) => b.share - a.share);
};
