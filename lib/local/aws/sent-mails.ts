/** How many mails went out in the last 24 hours of the runtime's clock: what SES measures against the quota. */

const HOUR_MS = 3_600_000;
const HOURS = 24;

/** By whole hours, so that a million mails take no more room than one; forgotten when the process ends. */
export const createSentMails = (now: () => number) => {
  const byHour = new Map<number, number>();
  const hourOf = (at: number) => Math.floor(at / HOUR_MS);

  const forgetOld = () => {
    const oldest = hourOf(now()) - HOURS;
    for (const hour of byHour.keys()) if (hour <= oldest) byHour.delete(hour);
  };

  return {
    add: (mails: number): void => {
      forgetOld();
      const hour = hourOf(now());
      byHour.set(hour, (byHour.get(hour) ?? 0) + mails);
    },
    lastDay: (): number => {
      forgetOld();
      return [...byHour.values()].reduce((sum, mails) => sum + mails, 0);
    },
  };
};
