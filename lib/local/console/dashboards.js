/** The dashboards that a deploy brings to CloudWatch, drawn here with the figures of this machine. */
import { alarmStrip, alarmWords, inAlarm } from './alarms.js';
import { api } from './api.js';
import { createBoardView } from './board-view.js';
import { keepContact } from './contact.js';
import { announce, byId, longTime } from './dom.js';
import { Lexer } from './marked.js';
import { nodeOf, shape } from './shape.js';
import { hasNoFigures } from './widget.js';

const EVERY = 4000;
/** After an answer that took long the runtime is left alone for nine times as long. */
const REST = 9;
const RANGES = [
  ['PT3H', '3 hours'],
  ['P1D', '1 day'],
  ['P1W', '1 week'],
  ['P1M', '1 month'],
  ['P6M', '6 months'],
];
const USUAL = 'P1W';

const state = { boards: [], alarms: undefined, board: undefined };
const drawBoard = createBoardView(byId('grid'));
const drawn = new Map();

const fill = (id, pieces) => {
  const text = JSON.stringify(pieces);
  if (drawn.get(id) === text) return;
  drawn.set(id, text);
  const focused = byId(id).contains(document.activeElement)
    ? document.activeElement.getAttribute('href')
    : undefined;
  byId(id).replaceChildren(...pieces.map((piece) => nodeOf(piece)));
  if (focused)
    byId(id)
      .querySelector(`a[href="${CSS.escape(focused)}"]`)
      ?.focus();
};

/** `#<name>/<range>`; without one, the first dashboard and a week. */
const route = () => {
  const [name = '', range = ''] = decodeURIComponent(location.hash.slice(1)).split('/');
  return {
    name: state.boards.some((board) => board.name === name) ? name : (state.boards[0]?.name ?? ''),
    range: RANGES.some(([known]) => known === range) ? range : USUAL,
  };
};

const addressOf = (name, range) => `#${encodeURIComponent(name)}/${range}`;

const tab = (href, words, isCurrent) =>
  shape('li', {}, shape('a', { href, 'aria-current': isCurrent ? 'true' : undefined }, words));

const drawTabs = ({ name, range }) => {
  fill(
    'boards',
    state.boards.map((board) =>
      tab(addressOf(board.name, range), board.name.replace(/^[^-]+-/, ''), board.name === name),
    ),
  );
  fill(
    'ranges',
    RANGES.map(([each, words]) => tab(addressOf(name, each), words, each === range)),
  );
};

const START = [
  shape('h2', {}, 'No sales yet'),
  shape(
    'p',
    {},
    'Every figure of this page comes from what happens. Place a sample order on ',
    shape('a', { href: '/' }, 'the first page'),
    ', move the clock by 4 days, and answer the mail: sales, answers and promises appear here within seconds.',
  ),
];

const draw = () => {
  const { board, alarms } = state;
  const { name, range } = route();
  drawTabs({ name, range });
  document.title = [inAlarm(alarms ?? []).length > 0 && alarmWords(alarms), 'Dashboards', 'Aftercare']
    .filter(Boolean)
    .join(' · ');
  if (alarms) fill('alarms', [alarmStrip(alarms)]);
  if (state.boards.length === 0) {
    fill('hint', [shape('h2', {}, 'No dashboards'), shape('p', {}, 'This stack declares none.')]);
    byId('hint').hidden = false;
  }
  if (board === undefined) return;
  byId('now').textContent = longTime(board.to);
  byId('now').dateTime = new Date(board.to).toISOString();
  byId('hint').hidden = !hasNoFigures(board.widgets);
  fill('hint', START);
  drawBoard(board, { hasFigures: byId('figures').checked, lex: Lexer.lex });
};

/** Only a change is said aloud. */
const sayAlarms = (before, after) => {
  if (before !== undefined && alarmWords(before) !== alarmWords(after)) announce(`${alarmWords(after)}.`);
};

const load = async () => {
  const [boards, alarms] = await Promise.all([api.dashboards(), api.alarms()]);
  sayAlarms(state.alarms, alarms);
  Object.assign(state, { boards, alarms });
  const { name, range } = route();
  const board = name === '' ? undefined : await api.dashboard(name, range);
  // Somebody may have gone on to another one while this one came.
  if (route().name === name && route().range === range) state.board = board;
};

let isBusy = false;
let restsUntil = 0;

const refresh = async () => {
  isBusy = true;
  const began = performance.now();
  await keepContact(load);
  isBusy = false;
  restsUntil = performance.now() + REST * (performance.now() - began);
  draw();
};

let resized;
globalThis.addEventListener('resize', () => {
  clearTimeout(resized);
  resized = setTimeout(draw, 150);
});
globalThis.addEventListener('hashchange', () => void refresh());
byId('figures').addEventListener('change', draw);
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) void refresh();
});
setInterval(() => {
  if (!document.hidden && !isBusy && performance.now() >= restsUntil) void refresh();
}, EVERY);
await refresh();
