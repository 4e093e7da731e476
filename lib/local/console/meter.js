/** Billable units in plain words. */
import { element, fill } from './dom.js';

const COUNT = new Intl.NumberFormat('en-GB');
const PRECISE = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });

const UNITS = [
  ['stateTransitions', 'steps of a workflow', (n) => COUNT.format(n)],
  ['lambdaRequests', 'function runs', (n) => COUNT.format(n)],
  ['lambdaMs', 'seconds of function time', (n) => PRECISE.format(n / 1000)],
  ['writeUnits', 'table writes', (n) => COUNT.format(n)],
  ['readUnits', 'table reads', (n) => PRECISE.format(n)],
  ['mails', 'mails sent', (n) => COUNT.format(n)],
  ['pages', 'pages to the last one responsible', (n) => COUNT.format(n)],
  ['queueCalls', 'queue calls', (n) => COUNT.format(n)],
  ['httpRequests', 'web requests', (n) => COUNT.format(n)],
  ['logBytes', 'kilobytes of logs', (n) => PRECISE.format(n / 1024)],
];

export const showMeter = (parent, meter) => {
  const known = UNITS.filter(([name]) => typeof meter[name] === 'number');
  fill(
    parent,
    ...known.map(([name, words, format]) =>
      element('div', {}, element('dt', {}, words), element('dd', {}, format(meter[name]))),
    ),
  );
};
