/** Draws how cost grows with open sales: a chart for each cost, both axes logarithmic, as an SVG that needs nothing else. */

export type Series = { title: string; unit: string; points: readonly (readonly [number, number])[] };

const WIDTH = 380;
const HEIGHT = 260;
const MARGIN = { left: 62, right: 16, top: 40, bottom: 42 };

const powers = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, at) => 10 ** (from + at));

const shortNumber = (value: number): string => {
  const exponent = Math.round(Math.log10(value));
  return exponent >= -2 && exponent <= 3 ? String(value) : `1e${exponent}`;
};

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Whole powers of ten around the values. */
const rangeOf = (values: readonly number[]): [number, number] => {
  const logs = values.map((value) => Math.log10(value));
  const low = Math.floor(Math.min(...logs) + 1e-9);
  return [low, Math.max(low + 1, Math.ceil(Math.max(...logs) - 1e-9))];
};

const chartOf = ({ title, unit, points }: Series): string => {
  const shown = points.filter(([x, y]) => x > 0 && y > 0);
  if (shown.length === 0) return '';
  const [x0, x1] = rangeOf(shown.map(([x]) => x));
  const [y0, y1] = rangeOf(shown.map(([, y]) => y));
  const inner = { width: WIDTH - MARGIN.left - MARGIN.right, height: HEIGHT - MARGIN.top - MARGIN.bottom };
  const left = (x: number) => MARGIN.left + ((Math.log10(x) - x0) / (x1 - x0)) * inner.width;
  const top = (y: number) => MARGIN.top + inner.height - ((Math.log10(y) - y0) / (y1 - y0)) * inner.height;
  const fixed = (value: number) => value.toFixed(1);
  const columns = powers(x0, x1).map(
    (x) =>
      `<line class="grid" x1="${fixed(left(x))}" x2="${fixed(left(x))}" y1="${MARGIN.top}" y2="${MARGIN.top + inner.height}"/>` +
      `<text x="${fixed(left(x))}" y="${MARGIN.top + inner.height + 16}" text-anchor="middle">${shortNumber(x)}</text>`,
  );
  const rows = powers(y0, y1).map(
    (y) =>
      `<line class="grid" x1="${MARGIN.left}" x2="${MARGIN.left + inner.width}" y1="${fixed(top(y))}" y2="${fixed(top(y))}"/>` +
      `<text x="${MARGIN.left - 8}" y="${fixed(top(y) + 4)}" text-anchor="end">${shortNumber(y)}</text>`,
  );
  const path = shown
    .map(([x, y], at) => `${at === 0 ? 'M' : 'L'}${fixed(left(x))} ${fixed(top(y))}`)
    .join('');
  const dots = shown.map(([x, y]) => `<circle cx="${fixed(left(x))}" cy="${fixed(top(y))}" r="3.5"/>`);
  return [
    `<text class="title" x="${MARGIN.left}" y="22">${escaped(title)} (${escaped(unit)})</text>`,
    ...columns,
    ...rows,
    `<path d="${path}"/>`,
    ...dots,
    `<text x="${MARGIN.left + inner.width / 2}" y="${HEIGHT - 8}" text-anchor="middle">open sales</text>`,
  ].join('\n');
};

const STYLE = `
  text { font: 12px system-ui, sans-serif; fill: #333 } .title { font-weight: 600 }
  .grid { stroke: #ddd } path { fill: none; stroke: #1f5f8b; stroke-width: 2 } circle { fill: #1f5f8b }
`;

export const plotOf = (series: readonly Series[]): string => {
  const columns = 2;
  const rows = Math.ceil(series.length / columns);
  const [width, height] = [columns * WIDTH, rows * HEIGHT];
  const charts = series.map((one, at) => {
    const place = `${(at % columns) * WIDTH} ${Math.floor(at / columns) * HEIGHT}`;
    return `<g transform="translate(${place})">\n${chartOf(one)}\n</g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="How cost grows with open sales">
<style>${STYLE}</style>
<rect width="${width}" height="${height}" fill="#fff"/>
${charts.join('\n')}
</svg>
`;
};
