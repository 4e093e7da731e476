/** Puts the widgets of a dashboard on CloudWatch's grid, and draws only those anew that show something else. */
import { nodeOf, shape } from './shape.js';
import { widgetBody, widgetTitle } from './widget.js';

/** A row of the grid and the gap below it, as in dashboards.css. */
const ROW = 48;
const GAP = 12;
const TITLE = 36;
const LEGEND = 26;
const PADDING = 22;
const LEAST_HEIGHT = 120;
const COLUMNS = 24;

const placeOf = ({ x, y, width, height }) => `--x:${x + 1};--y:${y + 1};--w:${width};--h:${height}`;

const kindOf = ({ type, view = type, width }) =>
  `widget is-${type} is-${view}${width <= COLUMNS / 3 ? ' narrow' : ''}`;

const frameOf = (widget) => {
  const title = widgetTitle(widget);
  return nodeOf(
    shape(
      'div',
      { class: kindOf(widget), style: placeOf(widget) },
      title && shape('h2', {}, title),
      shape('div', { class: 'body' }),
    ),
  );
};

/** The chart fills what the grid gives the widget; on a phone, the width of the window. */
const sizeOf = (frame, { height }) => ({
  width: Math.max(240, frame.clientWidth - PADDING),
  height: Math.max(LEAST_HEIGHT, height * (ROW + GAP) - GAP - TITLE - LEGEND - PADDING),
});

const scrolled = (body) => body.querySelector('.scroll')?.scrollTop ?? 0;

/** Who reads a table or stands on a link stays where they are. */
const replaceBody = (body, pieces) => {
  const top = scrolled(body);
  const focused = body.contains(document.activeElement) ? document.activeElement : undefined;
  const href = focused?.getAttribute('href');
  body.replaceChildren(...pieces.map((piece) => nodeOf(piece)));
  const table = body.querySelector('.scroll');
  if (table) table.scrollTop = top;
  if (focused) (href ? body.querySelector(`a[href="${CSS.escape(href)}"]`) : table)?.focus();
};

/** Ends of the range move with every second; a chart moves on by whole periods, so that it holds still between them. */
const settled = ({ from, to }, periodSeconds = 60) => {
  const period = Math.min(periodSeconds, 3600) * 1000;
  return { from: Math.floor(from / period) * period, to: Math.ceil(to / period) * period };
};

export const createBoardView = (grid) => {
  let plan = '';
  let drawn = [];

  const build = (board) => {
    drawn = board.widgets.map((widget) => ({ frame: frameOf(widget), text: '' }));
    grid.replaceChildren(...drawn.map(({ frame }) => frame));
  };

  return (board, options) => {
    const next = JSON.stringify(
      board.widgets.map((widget) => [board.name, placeOf(widget), kindOf(widget), widgetTitle(widget)]),
    );
    if (next !== plan) build(board);
    plan = next;
    // All sizes are read before anything is drawn: reading after drawing would lay the page out for each widget.
    const sizes = board.widgets.map((widget, index) => sizeOf(drawn[index].frame, widget));
    for (const [index, widget] of board.widgets.entries()) {
      const range = settled(board, widget.periodSeconds);
      const pieces = [widgetBody(widget, range, { ...options, size: sizes[index] })].flat().filter(Boolean);
      const text = JSON.stringify(pieces);
      if (text === drawn[index].text) continue;
      drawn[index].text = text;
      replaceBody(drawn[index].frame.querySelector('.body'), pieces);
    }
  };
};
