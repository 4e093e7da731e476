/** The story of one sale as people read it. */
import type { Configuration } from '../../functions/core/configuration.ts';
import { memberOf } from '../../functions/core/staff.ts';
import { messageWords } from '../../functions/core/story.ts';
import { whySentence } from '../../functions/core/when/why.ts';
import { localTime, withLocalTimes } from './local-time.ts';
import type { SaleReport } from './sale-report.ts';
import { hang, type Screen } from './screen.ts';

const LABEL = 10;
const TIME = 30;
const LEVELS = ['rep', 'manager', 'head of the business'];

const OUTCOME_WORDS: Record<string, string> = {
  delighted: 'delighted',
  content: 'content',
  recovered: 'was unhappy, and it was put right',
  unhappy: 'unhappy',
  silent: 'silent: nobody answered, which is not the same as happy',
  cancelled: 'ended by the shop',
  'opted-out': 'asked us to stop',
};

type Promised = SaleReport['promises'][number];

const strikesOf = ({ strikes }: Promised): string => {
  if (strikes == null || strikes === 0) return '';
  return `, ${strikes} ${strikes === 1 ? 'strike' : 'strikes'}`;
};

const promiseText = (promise: Promised, config: Configuration): string => {
  const { zone } = config.shop;
  const owner = promise.owner == null ? 'nobody' : (memberOf(config, promise.owner)?.name ?? promise.owner);
  const level = LEVELS[promise.level ?? 0] ?? `level ${promise.level}`;
  const ended = promise.closedAt == null ? undefined : `closed ${localTime(promise.closedAt, zone)}`;
  const due = promise.dueAt == null ? 'no due time' : `due ${localTime(promise.dueAt, zone)}`;
  return `${promise.status}, ${owner} (${level})${strikesOf(promise)}, ${ended ?? due}`;
};

const writeRows = ({ print, paint }: Screen, title: string, rows: readonly (readonly [string, string])[]) => {
  if (rows.length === 0) return;
  const width = Math.max(...rows.map(([label]) => label.length));
  print('');
  print(paint('bold', title));
  for (const [label, text] of rows) {
    const [first = '', ...rest] = hang(width + 4, text);
    print(`  ${label.padEnd(width)}  ${first}`);
    for (const line of rest) print(line);
  }
};

const NO_WORDS = { when: String, name: String, message: String };
const clockOf = (zone: string, zoneFrom: string | null | undefined) => ({
  rule: 'zone',
  inputs: { zone, zoneFrom: zoneFrom ?? 'shop' },
});

const writeHeader = ({ print, paint }: Screen, { sale }: SaleReport, config: Configuration) => {
  const field = (label: string, text: string) => print(`  ${paint('dim', label.padEnd(LABEL))} ${text}`);
  const { outcome, journey, item, owner, checkIn, zone, zoneFrom } = sale;
  print(paint('bold', item == null || item === '' ? sale.id : `${item} (${sale.id})`));
  print('');
  field('Status', sale.status);
  field('Customer', outcome == null ? 'not known yet' : (OUTCOME_WORDS[outcome] ?? outcome));
  if (journey != null) field('Journey', journey);
  if (owner != null) field('Owner', memberOf(config, owner)?.name ?? owner);
  if (zone != null) field('Clock', whySentence(clockOf(zone, zoneFrom), NO_WORDS));
  if (checkIn != null) field('Check-in', `${localTime(checkIn.at, config.shop.zone)}, ${checkIn.because}`);
};

type Touched = NonNullable<SaleReport['touches']>[number];

/** "sent Tue … (why)", "not sent: …", "waits until …, because …". */
const touchText = ({ state, at, why, because }: Touched, config: Configuration): string => {
  const { zone } = config.shop;
  const when = (instant: string) => localTime(instant, zone);
  const name = (id: string) => memberOf(config, id)?.name ?? id;
  const reason = why == null ? undefined : whySentence(why, { when, name, message: messageWords });
  const asWhy = reason === undefined ? '' : ` (${reason})`;
  switch (state) {
    case 'sent':
      return `sent ${when(at)}${asWhy}`;
    case 'unclear':
      return `begun ${when(at)}; nobody can know whether it went out${asWhy}`;
    case 'dropped':
      return `not sent, ${when(at)}: ${because === reason || reason === undefined ? because : `${because} (${reason})`}`;
    case 'put-off':
      return `waits until ${when(at)}, because ${reason}`;
    default:
      return `planned for ${when(at)}, ${because}`;
  }
};

/** Names of people come from the configuration; times are in the shop's zone. */
export const writeSale = (screen: Screen, report: SaleReport, config: Configuration): void => {
  const { zone } = config.shop;
  const story = report.story ?? report.journal.map(({ at, type }) => ({ at, what: type }));
  writeHeader(screen, report, config);
  writeRows(
    screen,
    `Story (times in ${zone})`,
    story.map(({ at, what }) => [localTime(at, zone).padEnd(TIME - 4), withLocalTimes(what, zone)]),
  );
  writeRows(
    screen,
    'Why they got it, or not',
    (report.touches ?? []).map((touch) => [touch.message, touchText(touch, config)]),
  );
  writeRows(
    screen,
    'Owed to the customer',
    report.promises.map((promise) => [promise.id, promiseText(promise, config)]),
  );
  writeRows(
    screen,
    'Executions',
    report.executions.map(({ machine, status, state, transitions }) => [
      machine,
      `${status.toLowerCase()}${state == null ? '' : ` in “${state}”`}${transitions == null ? '' : `, ${transitions} transitions`}`,
    ]),
  );
};
