/** Promises kept: for each person and for all, each number leading to its cases. */
import type { Score } from '../adapters/ports.ts';
import type { Member } from '../core/configuration.ts';
import { FEWEST, inPeriod, keptOf, tally } from '../core/desk/kept-rate.ts';
import { memberOf } from '../core/staff.ts';
import { type KeptCase, type KeptOf, keptCasesPage, keptPage, type Which } from '../pages/desk/kept.ts';
import { findSale } from '../steps/load.ts';
import type { DeskAnswer } from './answer.ts';
import { type AtDesk, mayLookAtOthers, saleHref } from './at-desk.ts';
import { customerName } from './cards.ts';
import { pagingOf, ROWS } from './paging.ts';

/** More than a person closes in the two periods that are compared. */
const MOST_TURNS = 500;
const TEAM = 'team';

const turnsOf = ({ ports }: AtDesk, id: string): Promise<Score[]> => ports.lists.scoresOf(id, MOST_TURNS);

const turnsOfAll = async (at: AtDesk): Promise<Score[]> =>
  (await Promise.all(at.ports.settings.config.staff.map(({ id }) => turnsOf(at, id)))).flat();

/** A rep sees their own cases; those of others are for whoever leads them. */
const hrefOf = (at: AtDesk, id: string): string | undefined =>
  mayLookAtOthers(at) || id === at.seat.member.id ? `/desk/kept/${encodeURIComponent(id)}` : undefined;

export const kept = async (at: AtDesk): Promise<DeskAnswer> => {
  const { seat, words, now, ports } = at;
  const { staff } = ports.settings.config;
  const people: readonly Member[] = mayLookAtOthers(at) ? staff : [seat.member];
  const all = await turnsOfAll(at);
  const team: KeptOf = {
    ...keptOf(all, now),
    name: words.say('desk.kept.team'),
    href: hrefOf(at, TEAM),
  };
  const each = people.map(
    ({ id, name }): KeptOf => ({
      ...keptOf(
        all.filter(({ owner }) => owner === id),
        now,
      ),
      name,
      href: hrefOf(at, id),
    }),
  );
  return { html: keptPage(at.sheet, [team, ...each]) };
};

const whichOf = (text: string | null): Which => (text === 'kept' || text === 'assumed' ? text : 'all');

const isOf = ({ result }: Score, which: Which): boolean => {
  if (which === 'assumed') return result === 'assumed';
  return which === 'kept' ? result === 'kept' : result !== 'assumed';
};

const caseOf = async (at: AtDesk, score: Score, isOfTeam: boolean): Promise<KeptCase> => {
  const { ports, words, when } = at;
  const sale = (await findSale(ports, score.saleId))?.sale;
  return {
    href: saleHref(score.saleId),
    customer: customerName(words, sale),
    at: when(score.at),
    result: score.result,
    owner: isOfTeam ? (memberOf(ports.settings.config, score.owner)?.name ?? score.owner) : undefined,
  };
};

const startOf = (text: string | null): number => (text !== null && /^\d{1,6}$/.test(text) ? Number(text) : 0);

/** Below five there are no cases to see: what is made of so few is a judgement of one moment. */
const casesFor = (at: AtDesk, turns: readonly Score[], which: Which): Score[] => {
  const recent = inPeriod(turns, at.now);
  const { of, assumed } = tally(recent);
  if ((which === 'assumed' ? assumed : of) < FEWEST) return [];
  return recent.filter((score) => isOf(score, which)).sort((a, b) => (a.at < b.at ? 1 : -1));
};

/** Undefined for whom there is nobody, or nobody one may look at. */
export const keptCases = async (at: AtDesk, id: string): Promise<DeskAnswer | undefined> => {
  const isTeam = id === TEAM;
  const member = memberOf(at.ports.settings.config, id);
  if ((!isTeam && member === undefined) || hrefOf(at, id) === undefined) return undefined;
  const which = whichOf(at.query.get('which'));
  const cases = casesFor(at, isTeam ? await turnsOfAll(at) : await turnsOf(at, id), which);
  const start = startOf(at.query.get('after'));
  const end = start + ROWS;
  return {
    html: keptCasesPage(at.sheet, {
      name: isTeam ? at.words.say('desk.kept.team') : (member?.name ?? id),
      which,
      cases: await Promise.all(cases.slice(start, end).map((score) => caseOf(at, score, isTeam))),
      paging: pagingOf(
        `/desk/kept/${encodeURIComponent(id)}`,
        { which },
        { next: end < cases.length ? String(end) : undefined, isFurther: start > 0 },
      ),
    }),
  };
};
