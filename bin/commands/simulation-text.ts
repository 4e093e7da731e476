/** A simulation as people read it: aligned, at most 100 columns, times in the shop's zone. */
import type { Happening, Played, Simulation } from '../../lib/simulation/simulate.ts';
import { localTime, withLocalTimes } from './local-time.ts';
import { hang, type Paint, type Screen } from './screen.ts';

const LABEL = 11;
const TIME = 30;

type Write = (line?: string) => void;

const field = (write: Write, paint: Screen['paint'], label: string, text: string) => {
  const [first = '', ...rest] = hang(LABEL + 2, text);
  write(`  ${paint('dim', label.padEnd(LABEL))}${first}`);
  for (const line of rest) write(line);
};

const IF_WORDS = {
  delivered: 'if delivered tomorrow:',
  fulfilled: 'if sent tomorrow:',
  paid: 'if paid tomorrow:',
};

const writeClock = (write: Write, paint: Screen['paint'], { clock, zone }: Simulation) => {
  for (const { at, because, ifTomorrow } of clock) {
    const when = `${localTime(at, zone)}, ${because}`;
    if (ifTomorrow === undefined) field(write, paint, 'Check-in', when);
    else field(write, paint, '', `${IF_WORDS[ifTomorrow].padEnd(24)}${when}`);
  }
};

const writeHeader = (write: Write, paint: Screen['paint'], simulation: Simulation) => {
  const { order, customer, ladder, zone } = simulation;
  const { source, orderId, item, more } = simulation;
  const who = [customer.name, customer.email, customer.phone].filter((part) => part !== undefined);
  write(paint('bold', `Order ${order.number} (${source}/${orderId})`));
  write();
  field(write, paint, 'Item', `${item}${more === 0 ? '' : ` and ${more} more`}`);
  field(write, paint, 'Customer', who.length === 0 ? 'unknown' : who.join(', '));
  field(write, paint, 'Journey', `${simulation.journey}, ${simulation.because}`);
  field(write, paint, 'Owner', ladder.map(({ name }) => name).join(', then '));
  field(write, paint, 'Now', `${localTime(simulation.now, zone)} (all times are in ${zone})`);
  writeClock(write, paint, simulation);
};

const textOf = ({ what, mail, dueAt }: Happening, simulation: Simulation): string => {
  const { customer, zone } = simulation;
  if (mail !== undefined) {
    return mail.toCustomer
      ? `${mail.from} → ${customer.name ?? customer.email ?? 'the customer'}, ${what}: “${mail.subject}”`
      : `Aftercare → ${mail.to}, ${what}: “${mail.subject}”`;
  }
  const due = dueAt === undefined || what.includes(dueAt) ? '' : ` Due ${localTime(dueAt, zone)}.`;
  return withLocalTimes(`${what}${due}`, zone);
};

const styleOf = ({ mail, dueAt }: Happening): Paint | undefined => {
  if (mail?.toCustomer === true) return 'green';
  if (mail !== undefined) return 'dim';
  return dueAt === undefined ? undefined : 'yellow';
};

const writePlayed = (
  write: Write,
  paint: Screen['paint'],
  simulation: Simulation,
  { title, happenings, outcome, transitions }: Played,
) => {
  write();
  write(paint('bold', title));
  for (const happening of happenings) {
    const style = styleOf(happening);
    const lines = hang(TIME, textOf(happening, simulation));
    const painted = lines.map((line) => (style === undefined ? line : paint(style, line)));
    write(`  ${localTime(happening.at, simulation.zone).padEnd(TIME - 2)}${painted[0]}`);
    for (const line of painted.slice(1)) write(line);
  }
  write(
    paint(
      'dim',
      `  ${' '.repeat(TIME - 2)}Stands as: ${outcome ?? 'not known yet'} (${transitions} state transitions)`,
    ),
  );
};

export const writeSimulation = ({ print, paint }: Screen, simulation: Simulation): void => {
  const write: Write = (line = '') => print(line);
  writeHeader(write, paint, simulation);
  if (simulation.endedBy !== undefined) {
    write();
    write(`The order was ${simulation.endedBy}: nothing is asked, and nothing is sent.`);
    return;
  }
  if (simulation.scenarios.length === 1) {
    write();
    write('This customer cannot be written to, so a person rings when the check-in would be due.');
  }
  for (const played of simulation.scenarios) writePlayed(write, paint, simulation, played);
  write();
  write(
    paint('dim', 'Nothing has been sent. Played through the state machines and functions that are deployed.'),
  );
};
