/** What an import says: the plan before it, a bar or lines while it runs. */

import { localTime } from '../local-time.ts';
import type { Screen } from '../screen.ts';
import { formatDuration } from './import-duration.ts';
import type { ImportPorts } from './import-ports.ts';
import type { Tally } from './import-tally.ts';

const DAYS_SHOWN = 21;
/** As many answers as one person can read with care on a day. */
const MANY_A_DAY = 50;

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;
const orders = (count: number) => plural(count, 'order', 'orders');

const table = (rows: readonly (readonly [number, string])[]): string[] => {
  const width = Math.max(...rows.map(([count]) => String(count).length));
  return rows.map(([count, what]) => `  ${String(count).padStart(width)}  ${what}`);
};

const sendableLines = ({ sendable, journeys, byPhone, owing }: Tally, where: string): string[] => [
  `To be sent: ${orders(sendable)} to ${where}`,
  ...table([...journeys].sort(([, a], [, b]) => b - a).map(([name, count]) => [count, name] as const)),
  ...(byPhone > 0
    ? [`  ${byPhone} without an address we can write to: nobody is mailed, somebody is asked to call.`]
    : []),
  ...(owing > 0
    ? [`  ${owing} begin with something owed at once: what their journey has published, or a booked visit.`]
    : []),
];

const dayLines = ({ days }: Tally, zone: string): string[] => {
  const sorted = [...days].sort(([a], [b]) => a.localeCompare(b));
  const shown = sorted.slice(0, DAYS_SHOWN).map(([, { count, first, last }]) => {
    const [from, to] = [localTime(first, zone), localTime(last, zone)];
    return [count, `${from.slice(0, 21)}${first === last ? '' : ` to ${to.slice(16, 21)}`}`] as const;
  });
  const more = sorted.slice(DAYS_SHOWN);
  const rest = more.reduce((sum, [, { count }]) => sum + count, 0);
  const last = more.at(-1)?.[1].last;
  return [
    `Check-ins that would go out, on the clock of ${zone}, if all were sent now:`,
    ...table(shown),
    ...(last === undefined ? [] : [`  and ${rest} more until ${localTime(last, zone).slice(0, 15)}`]),
  ];
};

const warning = ({ days, overdue }: Tally): string[] => {
  const most = Math.max(0, ...[...days.values()].map(({ count }) => count));
  if (most <= MANY_A_DAY) return [];
  return [
    `${most} on one day bring many answers on one day${overdue > 0 ? `, and ${overdue} are due already` : ''}. --limit 50 sends fifty; the same command`,
    'sends the next fifty tomorrow.',
  ];
};

const skippedLines = ({ skipped }: Tally): string[] => {
  const sorted = [...skipped].sort(([, a], [, b]) => b.count - a.count);
  const total = sorted.reduce((sum, [, { count }]) => sum + count, 0);
  if (total === 0) return [];
  const rows = sorted.map(([reason, { count, lines }]) => {
    const more = count > lines.length ? ', ...' : '';
    return [count, `${reason} (line ${lines.join(', ')}${more})`] as const;
  });
  return [`Skipped: ${total}`, ...table(rows)];
};

type Plan = { tally: Tally; where: string; zone: string; notes: readonly string[] };

export const writePlan = ({ print }: Screen, { tally, where, zone, notes }: Plan): void => {
  const blocks = [
    notes,
    sendableLines(tally, where),
    tally.days.size > 0 ? dayLines(tally, zone) : [],
    warning(tally),
    skippedLines(tally),
  ].filter((block) => block.length > 0);
  print(blocks.map((block) => block.join('\n')).join('\n\n'));
};

const BAR = 30;

export type Bar = { moved(done: number): void; clear(): void };

/** A bar that moves on a terminal, a line every tenth of the way elsewhere. */
export const openBar = ({ print }: Screen, ports: ImportPorts, total: number): Bar => {
  const start = ports.now();
  let tenth = 0;
  const left = (done: number) => formatDuration(((ports.now() - start) / done) * (total - done));
  return {
    moved: (done) => {
      if (ports.isTerminal) {
        const full = Math.round((BAR * done) / total);
        ports.draw(`${'█'.repeat(full)}${'░'.repeat(BAR - full)} ${done} of ${total}, ${left(done)} left`);
      } else if (Math.floor((10 * done) / total) > tenth) {
        tenth = Math.floor((10 * done) / total);
        print(`${done} of ${total} sent`);
      }
    },
    clear: () => {
      if (ports.isTerminal) ports.draw('');
    },
  };
};
