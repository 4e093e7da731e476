/** What was said aloud: pages to the person at the end of the ladder, and alarms to whoever is subscribed to them. */
import { lead } from './alarms.js';
import { byId, element, fill, linked, shortTime } from './dom.js';

const NEWEST = 5;
const LONGEST = 300;

const alarmIn = (text) => {
  try {
    const { AlarmName: name, NewStateValue: state, AlarmDescription: says = '' } = JSON.parse(text);
    return typeof name === 'string' && typeof state === 'string' ? { name, state, says } : undefined;
  } catch {
    // A page is plain text.
    return undefined;
  }
};

/** An alarm's message is made for programs: what a person needs of it is which, how it is now, and what it means. */
export const pageWords = (text) => {
  const alarm = alarmIn(text);
  if (alarm === undefined) return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  const { name, state, says } = alarm;
  return state === 'ALARM' ? `Alarm ${lead(name)}: ${says}` : `Alarm ${lead(name)} is over.`;
};

export const showPages = (pages) => {
  byId('pages').hidden = pages.length === 0;
  fill(
    byId('page-list'),
    ...pages
      .slice(-NEWEST)
      .reverse()
      .map(({ at, text }) =>
        element('li', {}, element('time', { datetime: at }, shortTime(at)), ' ', ...linked(pageWords(text))),
      ),
  );
};
