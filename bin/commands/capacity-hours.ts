import type { Configuration } from '../../functions/core/configuration.ts';

const minutes = (time: string): number => {
  const [hour = '0', minute = '0'] = time.split(':');
  return Number(hour) * 60 + Number(minute);
};

/** Hours of a week in which customers may be written to. */
export const askingHours = (hours: Configuration['hours']['customers']): number =>
  Object.values(hours)
    .flat()
    .reduce((sum, [from, to]) => sum + (minutes(to) - minutes(from)) / 60, 0);
