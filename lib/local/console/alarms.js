/** Alarms: what is wrong first, with what to do; a state is told by a word and a sign, not by a colour. */
import { periodWords } from './scales.js';
import { shape } from './shape.js';

const STATES = {
  ALARM: { words: 'In alarm', sign: '▲', rank: 0 },
  INSUFFICIENT_DATA: { words: 'No data yet', sign: '○', rank: 1 },
  OK: { words: 'OK', sign: '✓', rank: 2 },
};

const stateOf = ({ state }) => STATES[state] ?? { words: state, sign: '?', rank: 1 };

const LINK = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)]|docs\/runbook\.md(?:#[\w-]+)?)/g;

const addressOf = (piece) => piece.replace(/^docs\/runbook\.md/, '/_local/console/runbook');

/** The description's address becomes a link; the runbook is on this machine too. */
const linked = (text) =>
  text
    .split(LINK)
    .map((piece, index) => (index % 2 === 1 ? shape('a', { href: addressOf(piece) }, piece) : piece));

export const inAlarm = (alarms) => alarms.filter(({ state }) => state === 'ALARM');

const count = (many, one, more) => `${many} ${many === 1 ? one : more}`;

/** The shortest true sentence about all alarms. */
export const alarmWords = (alarms) => {
  const many = inAlarm(alarms).length;
  if (alarms.length === 0) return 'There are no alarms here';
  return many === 0 ? 'No alarm' : count(many, 'alarm', 'alarms');
};

const signOf = (alarm) => shape('span', { class: 'sign', 'aria-hidden': 'true' }, stateOf(alarm).sign);

const lead = (name) => name.replace(/^Aftercare-/, '');

const loud = (alarm) =>
  shape(
    'li',
    { class: 'alarm loud' },
    signOf(alarm),
    shape(
      'div',
      {},
      shape('strong', {}, lead(alarm.name)),
      shape('span', { class: 'small' }, ` ${stateOf(alarm).words} since ${periodWords(alarm.since, 0)}`),
      shape('p', {}, linked(alarm.description)),
      shape('p', { class: 'small' }, alarm.reason),
    ),
  );

const quiet = (alarm) =>
  shape(
    'li',
    { class: `alarm ${alarm.state === 'OK' ? 'fine' : 'unknown'}`, title: alarm.description },
    signOf(alarm),
    shape('span', {}, lead(alarm.name), ' ', shape('span', { class: 'small' }, stateOf(alarm).words)),
  );

export const alarmsOf = (alarms) =>
  shape(
    'ul',
    { class: 'alarms' },
    alarms
      .toSorted((one, other) => stateOf(one).rank - stateOf(other).rank)
      .map((alarm) => (alarm.state === 'ALARM' ? loud(alarm) : quiet(alarm))),
  );

/** One line for the head of a page. */
export const alarmStrip = (alarms, href) => {
  const loudOnes = inAlarm(alarms);
  return shape(
    'a',
    { href, class: loudOnes.length > 0 ? 'strip loud' : 'strip' },
    shape('span', { class: 'sign', 'aria-hidden': 'true' }, loudOnes.length > 0 ? '▲' : '✓'),
    shape('strong', {}, alarmWords(alarms)),
    loudOnes.length > 0 && ` ${loudOnes.map(({ name }) => lead(name)).join(', ')}`,
  );
};
