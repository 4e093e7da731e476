/** EventBridge's schedule expressions: when does `rate(5 minutes)` or `cron(0 9 ? * MON-FRI *)` come next? */
import { Temporal } from 'temporal-polyfill';

class ScheduleError extends Error {
  override readonly name = 'ScheduleError';
}

const UNIT_MS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

const NAMES: Readonly<Record<string, number>> = Object.fromEntries(
  [
    ...'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' '),
    ...'SUN MON TUE WED THU FRI SAT'.split(' '),
  ].map((name, index) => [name, index < 12 ? index + 1 : index - 11]),
);

/** Ten years on, an expression that has not come yet never will. */
const LONGEST_SEARCH_DAYS = 3_660;

type Field = ReadonlySet<number>;

const numberOf = (text: string, field: string) => {
  const value = NAMES[text.toUpperCase()] ?? (/^\d+$/.test(text) ? Number(text) : undefined);
  if (value === undefined)
    throw new ScheduleError(`${text} in ${field} of a cron expression is not played (nor are L, W and #).`);
  return value;
};

const parseField = (text: string, field: string, from: number, to: number): Field => {
  const values = text.split(',').flatMap((part) => {
    const [range = '', step] = part.split('/');
    const isAny = range === '*' || range === '?';
    const [first = '', last] = range.split('-');
    const low = isAny ? from : numberOf(first, field);
    const high = isAny || (last === undefined && step !== undefined) ? to : numberOf(last ?? first, field);
    if (low < from || high > to || low > high)
      throw new ScheduleError(`${part} in ${field} is outside ${from}-${to}.`);
    const every = step === undefined ? 1 : numberOf(step, field);
    if (every < 1) throw new ScheduleError(`${part} in ${field} has no step.`);
    return Array.from({ length: Math.floor((high - low) / every) + 1 }, (_, index) => low + index * every);
  });
  return new Set(values);
};

const parseCron = (text: string) => {
  const fields = text.trim().split(/\s+/);
  if (fields.length !== 6)
    throw new ScheduleError(`cron(${text}) has ${fields.length} fields; it takes six.`);
  const [minute = '', hour = '', day = '', month = '', weekday = '', year = ''] = fields;
  return {
    minutes: [...parseField(minute, 'minutes', 0, 59)].sort((a, b) => a - b),
    hours: [...parseField(hour, 'hours', 0, 23)].sort((a, b) => a - b),
    days: parseField(day, 'day of month', 1, 31),
    months: parseField(month, 'month', 1, 12),
    weekdays: parseField(weekday, 'day of week', 1, 7),
    years: parseField(year, 'year', 1970, 2199),
  };
};

const nextCron = (text: string, timeZone: string, after: number): number => {
  const cron = parseCron(text);
  const start = Temporal.Instant.fromEpochMilliseconds(after).toZonedDateTimeISO(timeZone).toPlainDate();
  for (let ahead = 0; ahead < LONGEST_SEARCH_DAYS; ahead += 1) {
    const date = start.add({ days: ahead });
    const fits =
      cron.years.has(date.year) &&
      cron.months.has(date.month) &&
      cron.days.has(date.day) &&
      cron.weekdays.has((date.dayOfWeek % 7) + 1);
    if (!fits) continue;
    for (const hour of cron.hours)
      for (const minute of cron.minutes) {
        const at = date.toZonedDateTime({ timeZone, plainTime: { hour, minute } }).epochMilliseconds;
        if (at > after) return at;
      }
  }
  throw new ScheduleError(`cron(${text}) does not come within ten years.`);
};

/** The first time at or after `from` of a schedule that comes at `due`; a rate keeps its minute. */
export const timeFrom = (expression: string, timeZone: string, due: number, from: number): number => {
  if (due >= from) return due;
  if (expression.startsWith('cron(')) return nextTime(expression, timeZone, from - 1);
  const every = nextTime(expression, timeZone, 0);
  return due + Math.ceil((from - due) / every) * every;
};

/**
 * Epoch milliseconds of the first time after `after`. A rate counts from there.
 * @throws ScheduleError for an expression that EventBridge or the runtime does not take.
 */
export const nextTime = (expression: string, timeZone: string, after: number): number => {
  const [, kind, inner = ''] = /^(rate|cron)\((.*)\)$/.exec(expression) ?? [];
  if (kind === 'cron') return nextCron(inner, timeZone, after);
  const [, count, unit] = /^(\d+) (minute|hour|day)s?$/.exec(inner) ?? [];
  if (kind === 'rate' && Number(count) > 0 && (unit === 'minute' || unit === 'hour' || unit === 'day'))
    return after + Number(count) * UNIT_MS[unit];
  throw new ScheduleError(`${expression} is not played: use rate(5 minutes) or cron(0 9 * * ? *).`);
};
