/** Who bought again, by how the sale before had ended; and what came of the codes for friends. */
import { addUp, monthsUntil } from '../core/after/count.ts';
import { comingBackPage } from '../pages/desk/coming-back.ts';
import type { DeskAnswer } from './answer.ts';
import type { AtDesk } from './at-desk.ts';

const MONTHS = 12;

export const comingBack = async ({ ports, sheet, now }: AtDesk): Promise<DeskAnswer> => {
  const parts = (
    await Promise.all(monthsUntil(now, MONTHS).map((month) => ports.outcomes.ofMonth(month)))
  ).flat();
  const { cameBack, recommended, referred } = addUp(parts);
  return {
    html: comingBackPage(sheet, {
      rows: cameBack,
      friends: { orders: referred, from: recommended },
    }),
  };
};
