/** Pages to the person at the end of the ladder: what would ring their phone. */
import { byId, element, fill, linked, shortTime } from './dom.js';

const NEWEST = 5;

export const showPages = (pages) => {
  byId('pages').hidden = pages.length === 0;
  fill(
    byId('page-list'),
    ...pages
      .slice(-NEWEST)
      .reverse()
      .map(({ at, text }) =>
        element('li', {}, element('time', { datetime: at }, shortTime(at)), ' ', ...linked(text)),
      ),
  );
};
