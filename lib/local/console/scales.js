/** Where a figure is on a chart, and how it is written. */

const WHOLE = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
const FINE = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 3 });
/** Not en-GB, whose million is a small m. */
const SHORT = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });
const EXACT = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 6 });

const MILLION = 1_000_000;
const HUNDRED = 100;

/** As short as it can be read at a glance: 0.033, 12.5, 1,234, 1.23M. */
export const figure = (value) => {
  const size = Math.abs(value);
  if (size >= MILLION) return SHORT.format(value);
  return (size < HUNDRED ? FINE : WHOLE).format(value);
};

export const exactly = (value) => EXACT.format(value);

/** For the edge of a chart, where there is little room. */
const edge = (value) => (Math.abs(value) >= 10_000 ? SHORT : EXACT).format(value);

const ROUND = [1, 2, 5, 10];

const stepOf = (span, count, isWhole) => {
  const rough = span / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * (ROUND.find((factor) => factor * power >= rough) ?? 10);
  return isWhole ? Math.max(1, step) : step;
};

const tidy = (value) => Number(value.toPrecision(12));

/** Round figures from `min` to at least `max`; whole ones where everything counted is whole. */
export const roundTicks = (min, max, { isWhole = false, count = 4 } = {}) => {
  const high = max > min ? max : min + 1;
  const step = stepOf(high - min, count, isWhole);
  const first = Math.floor(min / step);
  const last = Math.max(first + 1, Math.ceil(tidy(high / step)));
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const value = tidy((first + index) * step);
    return { value, label: edge(value) };
  });
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR];
const DAYS = [1, 2, 3, 7, 14, 30];

const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const DATE = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const MOMENT = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});
const WEEKDAY = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short' });

const midnightOf = (at) => new Date(at).setHours(0, 0, 0, 0);

const hoursFrom = (from, to, step) => {
  const start = midnightOf(from);
  const first = Math.ceil((from - start) / step);
  return Array.from({ length: Math.floor((to - start) / step) - first + 1 }, (_, index) => {
    const at = start + (first + index) * step;
    return { at, label: at === midnightOf(at) ? DATE.format(at) : CLOCK.format(at) };
  });
};

/** By the calendar and not by 24 hours, so that a day of 23 hours does not push all others from midnight. */
const daysFrom = (from, to, days) => {
  const ticks = [];
  const day = new Date(midnightOf(from));
  while (day.getTime() <= to) {
    if (day.getTime() >= from) ticks.push({ at: day.getTime(), label: DATE.format(day) });
    day.setDate(day.getDate() + days);
  }
  return ticks;
};

/** Full hours, or midnights of this machine's own zone; at most `count`. */
export const timeTicks = (from, to, count) => {
  const step = STEPS.find((each) => (to - from) / each <= count);
  if (step !== undefined) return hoursFrom(from, to, step);
  return daysFrom(from, to, DAYS.find((days) => (to - from) / (days * DAY) <= count) ?? 60);
};

/** When a period was: its beginning, and only the day where it is one or longer. */
export const periodWords = (at, periodSeconds) => (periodSeconds * 1000 >= DAY ? WEEKDAY : MOMENT).format(at);

export const linear = ([from, to], [start, end]) => {
  const ratio = to === from ? 0 : (end - start) / (to - from);
  return (value) => start + (value - from) * ratio;
};
