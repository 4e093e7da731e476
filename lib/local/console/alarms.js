/** Alarms: what is wrong first, with what to do; a state is told by a word and a sign, not by a colour. */
import { periodWords } from './scales.js';
import { shape } from './shape.js';

const STATES = {
  ALARM: { words: 'In alarm', sign: '▲', rank: 0 },
  INSUFFICIENT_DATA: { words: 'No data yet', sign: '○', rank: 1 },
  OK: { words: 'OK', sign: '✓', rank: 2 },
};

/** One that rests says why in place of its state: nobody looks at it on this machine. */
const stateOf = ({ state, rests }) =>
  rests === undefined
    ? (STATES[state] ?? { words: state, sign: '?', rank: 1 })
    : { words: rests, sign: '–', rank: 3 };

/** `Aftercare-03b-WebhooksRefused` as a person says it: 03b webhooks refused. */
export const lead = (name) =>
  name
    .replace(/^Aftercare-/, '')
    .replace('-', ' ')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([a-z])(\d)/g, '$1 $2')
    .toLowerCase();

const LINK = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)]|docs\/runbook\.md(?:#[\w-]+)?)/g;

const addressOf = (piece) => piece.replace(/^docs\/runbook\.md/, '/_local/console/runbook');

const wordsOf = (address) => (address.includes('runbook') ? 'What to do' : address);

/** The description's address becomes a link; the runbook is on this machine too. */
const linked = ({ description, name }) =>
  description
    .split(LINK)
    .map((piece, index) =>
      index % 2 === 1
        ? shape(
            'a',
            { href: addressOf(piece), 'aria-label': `${wordsOf(piece)}: ${lead(name)}` },
            wordsOf(piece),
          )
        : piece,
    );

export const inAlarm = (alarms) => alarms.filter(({ state }) => state === 'ALARM');

const count = (many, one, more) => `${many} ${many === 1 ? one : more}`;

/** The shortest true sentence about all alarms. */
export const alarmWords = (alarms) => {
  const many = inAlarm(alarms).length;
  if (alarms.length === 0) return 'There are no alarms here';
  return many === 0 ? 'No alarm' : count(many, 'alarm', 'alarms');
};

const signOf = (alarm) => shape('span', { class: 'sign', 'aria-hidden': 'true' }, stateOf(alarm).sign);

const loud = (alarm, isNarrow) =>
  shape(
    'li',
    { class: 'alarm loud' },
    signOf(alarm),
    shape(
      'div',
      {},
      shape('strong', {}, lead(alarm.name)),
      shape('span', { class: 'small' }, ` ${stateOf(alarm).words} since ${periodWords(alarm.since, 0)}`),
      shape('p', {}, linked(alarm)),
      !isNarrow && shape('p', { class: 'small' }, alarm.reason),
    ),
  );

const quiet = (alarm) =>
  shape(
    'li',
    { class: `alarm ${alarm.state === 'OK' ? 'fine' : 'unknown'}`, title: alarm.description },
    signOf(alarm),
    shape('span', {}, lead(alarm.name), ' ', shape('span', { class: 'small' }, stateOf(alarm).words)),
  );

/** Where there is little room, those without news are one line that unfolds. */
const folded = (alarms) =>
  shape(
    'li',
    {},
    shape(
      'details',
      {},
      shape('summary', {}, `${alarms.length} OK`),
      shape('ul', { class: 'alarms' }, alarms.map(quiet)),
    ),
  );

export const alarmsOf = (alarms, isNarrow = false) => {
  const calm = alarms.filter(({ state }) => state === 'OK');
  const others = alarms
    .filter(({ state }) => state !== 'OK')
    .toSorted((one, other) => stateOf(one).rank - stateOf(other).rank);
  return shape(
    'ul',
    { class: 'alarms' },
    others.map((alarm) => (alarm.state === 'ALARM' ? loud(alarm, isNarrow) : quiet(alarm))),
    isNarrow && calm.length > 1 ? folded(calm) : calm.map(quiet),
  );
};

/** What to do about it: the first address in its description. */
const adviceOf = ({ description }) => description.match(LINK)?.map(addressOf)[0];

const named = (alarm) => {
  const href = adviceOf(alarm);
  return href === undefined ? shape('span', {}, lead(alarm.name)) : shape('a', { href }, lead(alarm.name));
};

/** The head of a page: how many, and each with the way to what to do. */
export const alarmStrip = (alarms) => {
  const loudOnes = inAlarm(alarms);
  return shape(
    'p',
    { class: loudOnes.length > 0 ? 'strip loud' : 'strip' },
    shape('span', { class: 'sign', 'aria-hidden': 'true' }, loudOnes.length > 0 ? '▲' : '✓'),
    shape('strong', {}, alarmWords(alarms)),
    ...loudOnes.map(named),
  );
};

/** The same in one line that leads to the dashboards. */
export const alarmLink = (alarms, href) =>
  shape(
    'a',
    { href, class: inAlarm(alarms).length > 0 ? 'strip loud' : 'strip' },
    shape('span', { class: 'sign', 'aria-hidden': 'true' }, inAlarm(alarms).length > 0 ? '▲' : '✓'),
    shape('strong', {}, alarmWords(alarms)),
    shape(
      'span',
      {},
      inAlarm(alarms)
        .map(({ name }) => lead(name))
        .join(', '),
    ),
  );
