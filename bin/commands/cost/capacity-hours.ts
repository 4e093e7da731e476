import type { Configuration } from '../../../functions/core/configuration.ts';

const minutes = (time: string): number => {
  const [hour = '0', minute = '0'] = time.split(':');
  return Number(hour) * 60 + Number(minute);
};

/** Hours and days of a week in which customers may be written to. */
export const askingTimes = (
  hours: Configuration['hours']['customers'],
): { hoursAWeek: number; daysAWeek: number } => {
  const days = Object.values(hours).filter((spans) => spans.length > 0);
  const hoursAWeek = days.flat().reduce((sum, [from, to]) => sum + (minutes(to) - minutes(from)) / 60, 0);
  return { hoursAWeek, daysAWeek: days.length };
};
