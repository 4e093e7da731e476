/** Today, overdue, silent. */
import { silentCalls } from '../core/desk/capacity.ts';
import { shopDay } from '../core/desk/day.ts';
import { byCost, byValue, isOurTurn, isOverdue } from '../core/desk/ranking.ts';
import type { PromiseRow } from '../core/promises/row.ts';
import { overduePage, silentPage, todayPage, type Whose } from '../pages/desk/lists.ts';
import type { DeskAnswer } from './answer.ts';
import type { AtDesk } from './at-desk.ts';
import { cardsOf } from './cards.ts';
import { countMails, MOST_COUNTED } from './mail.ts';
import { pagingOf, sliceAfter } from './paging.ts';
import { rowsFor, whoseList } from './rows.ts';

const todayOf = ({ ports, now }: AtDesk) => shopDay(now, ports.settings.config.shop.zone);

const ofParameter = ({ value }: Whose) => ({ of: value === 'me' ? undefined : value });

/** The cards of one page, most costly for the customer first. */
const ranked = async (at: AtDesk, path: string, whose: Whose, rows: readonly PromiseRow[]) => {
  const compare = byCost(at.now);
  const slice = sliceAfter(rows.toSorted(compare), compare, at.query.get('after'));
  return {
    seat: at.sheet,
    whose,
    cards: await cardsOf(at, slice.shown),
    paging: pagingOf(path, ofParameter(whose), slice),
  };
};

export const today = async (at: AtDesk): Promise<DeskAnswer> => {
  const whose = whoseList(at);
  const rows = await rowsFor(at, whose, todayOf(at).to);
  const ours = rows.filter(isOurTurn);
  const counts = {
    due: ours.length,
    late: ours.filter((row) => isOverdue(row, at.now)).length,
    theirs: rows.length - ours.length,
  };
  const mails = { waiting: await countMails(at), most: MOST_COUNTED };
  const cards = await ranked(at, '/desk', whose, ours);
  return { html: todayPage({ ...cards, date: at.day(at.now), counts, mails }) };
};

export const overdue = async (at: AtDesk): Promise<DeskAnswer> => {
  const whose = whoseList(at);
  const late = (await rowsFor(at, whose, at.now)).filter(isOurTurn);
  return { html: overduePage({ ...(await ranked(at, '/desk/overdue', whose, late)), late: late.length }) };
};

/** What fits into a day is meant for one person: everybody's is as many days as there are people. */
const callsPerDay = ({ ports }: AtDesk, { value }: Whose): number => {
  const { desk, staff } = ports.settings.config;
  return value === 'team'
    ? desk.callsPerDay * staff.filter(({ isActive }) => isActive).length
    : desk.callsPerDay;
};

export const silent = async (at: AtDesk): Promise<DeskAnswer> => {
  const whose = whoseList(at);
  const most = callsPerDay(at, whose);
  const calls = silentCalls(await rowsFor(at, whose), most, todayOf(at));
  const slice = sliceAfter(calls.today, byValue(), at.query.get('after'));
  return {
    html: silentPage({
      seat: at.sheet,
      whose,
      cards: await cardsOf(at, slice.shown),
      paging: pagingOf('/desk/silent', ofParameter(whose), slice),
      left: Math.max(0, most - calls.madeToday),
      made: calls.madeToday,
      later: calls.later,
    }),
  };
};
