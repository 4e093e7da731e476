/** Instants as people read them, in a zone: `Thu 26 Nov 2026 10:15 CET`. */

const partsOf = (at: string, zone: string): Map<string, string> => {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    day: '2-digit',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  });
  return new Map(format.formatToParts(Date.parse(at)).map(({ type, value }) => [type, value]));
};

export const localTime = (at: string, zone: string): string => {
  const parts = partsOf(at, zone);
  const part = (name: string) => parts.get(name) ?? '';
  /* "Sept" is the one month of en-GB with four letters. */
  const month = part('month').slice(0, 3);
  return `${part('weekday')} ${part('day')} ${month} ${part('year')} ${part('hour')}:${part('minute')} ${part('timeZoneName')}`;
};

const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

/** Sentences of the core carry instants; whoever shows them knows the zone. */
export const withLocalTimes = (sentence: string, zone: string): string =>
  sentence.replace(INSTANT, (at) => localTime(at, zone));
