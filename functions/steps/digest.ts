/** Many notes as one mail, and the list of the morning. Claimed before the send, so each goes out at most once. */
import type { HeldNote, SweeperPorts } from '../adapters/ports.ts';
import type { Member } from '../core/configuration.ts';
import { dailyLists, isFirstRunOfDay } from '../core/daily-list.ts';
import { shopDay } from '../core/desk/day.ts';
import { byCost, isOurTurn, isOverdue } from '../core/desk/ranking.ts';
import { pauseOfAll } from '../core/operations/pause.ts';
import { dueSince, type PromiseRow } from '../core/promises/row.ts';
import { memberOf } from '../core/staff.ts';
import { formatInstant } from '../messages/format.ts';
import { buildMime } from '../messages/mime.ts';
import { renderMessage } from '../messages/render.ts';
import { logTrouble } from '../middleware/log-line.ts';
import { pageWords } from '../pages/words.ts';
import { personOf, shopOf, wordsLocale } from './compose.ts';
import type { Letter } from './deliver.ts';
import { saleReference } from './digests.ts';
import { findSale } from './load.ts';

/** A mail is read on a phone; the rest is on the desk. */
const MOST_LINES = 20;

type List = { member: Member; rows: readonly PromiseRow[]; isDaily: boolean };

const STRIKES = { 0: 'digest.line', 1: 'digest.line.broken-once' } as const;

/** Order number, what, due, and how often it was broken. Undefined for a sale that is gone. */
const lineOf = async (ports: SweeperPorts, row: PromiseRow, now: string): Promise<string | undefined> => {
  const found = await findSale(ports, row.saleId);
  if (found === undefined) return undefined;
  const { settings } = ports;
  const { shop } = settings.config;
  const { customer, facts, record } = found.sale;
  const order = facts.order?.number ?? record.orderId;
  const words = pageWords(shop.locale, settings.contentDir);
  const name = customer.name ?? customer.firstName ?? customer.email;
  const what =
    name === undefined ? words.say('digest.nameless') : words.say(`promise.${row.kind}`, { customer: name });
  const at = formatInstant(wordsLocale(settings, shop.locale), shop.zone)(dueSince(row));
  const due = words.say(isOverdue(row, now) ? 'digest.was-due' : 'digest.due', { at });
  const key = row.strikes === 0 || row.strikes === 1 ? STRIKES[row.strikes] : 'digest.line.broken-often';
  return words.say(key, { order, what, due, n: row.strikes });
};

/** Each sale once, as its mails name it. */
const refsOf = ({ ids }: Pick<SweeperPorts, 'ids'>, rows: readonly PromiseRow[]): string[] => [
  ...new Set(rows.slice(0, MOST_LINES).map(({ saleId }) => saleReference(ids, saleId))),
];

const letterFor = (
  ports: SweeperPorts,
  { member, rows, isDaily }: List,
  lines: string[],
  now: string,
): Letter => {
  const { settings, ids } = ports;
  const { shop } = settings.config;
  const { subject, text, html } = renderMessage({
    name: 'staff-digest',
    locale: shop.locale,
    contentDir: settings.contentDir,
    data: {
      shop: shopOf(settings),
      owner: personOf(member),
      isDaily,
      lines,
      more: rows.length - lines.length,
      links: { desk: `${settings.publicUrl}/desk` },
    },
  });
  const reference = ids.digest(`staff-digest/${member.id}/${isDaily}/${now}`).slice(0, 32);
  const raw = buildMime({
    from: { name: shop.name, email: shop.mailFrom },
    to: { name: member.name, email: member.email },
    replyTo: { name: shop.name, email: shop.mailFrom },
    subject,
    text,
    html,
    date: now,
    messageId: `<${reference}@${shop.mailFrom.slice(shop.mailFrom.indexOf('@') + 1)}>`,
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'OOF, AutoReply',
      /* Whoever keeps copies finds them by these when one of the people named is to be forgotten. */
      'X-Aftercare-Sale': refsOf(ports, rows).join(' '),
    },
  });
  return { raw, from: shop.mailFrom, to: member.email };
};

/** Written before anything is claimed: what cannot be written loses nothing. Undefined when there is nothing to say. */
const compose = async (ports: SweeperPorts, list: List, now: string): Promise<Letter | undefined> => {
  const lines: string[] = [];
  for (const row of list.rows.slice(0, MOST_LINES)) {
    const line = await lineOf(ports, row, now);
    if (line !== undefined) lines.push(line);
  }
  return lines.length === 0 ? undefined : letterFor(ports, list, lines, now);
};

/** False when the mail service took nothing. */
const send = async (ports: SweeperPorts, list: List, letter: Letter): Promise<boolean> => {
  const tags = { message: list.isDaily ? 'staff-daily' : 'staff-digest', attempt: '1' };
  const result = await ports.mailer.send({ ...letter, tags, isToStaff: true });
  if (result.kind !== 'sent') logTrouble('digest not sent', list.member.id, new Error(result.kind));
  return result.kind !== 'refused';
};

/** Then notes go on waiting; the list of a morning is left out, because the next one says the same and more. */
const isEverythingPaused = async ({ pauses }: SweeperPorts, now: string): Promise<boolean> =>
  pauseOfAll((await pauses.read()).pauses, now) !== undefined;

/** One digest to each member for whom notes wait. What was closed meanwhile is left out. */
export const sendDigest = async (
  ports: SweeperPorts,
  { staff, notes }: { staff: string; notes: readonly HeldNote[] },
  open: readonly PromiseRow[],
  now: string,
): Promise<void> => {
  if (notes.length === 0 || (await isEverythingPaused(ports, now))) return;
  const member = memberOf(ports.settings.config, staff);
  const held = new Set(notes.map(({ saleId, promise }) => `${saleId}#${promise}`));
  const rows = open
    .filter((row) => held.has(`${row.saleId}#${row.promise}`) && isOurTurn(row))
    .sort(byCost(now));
  const list = member === undefined || rows.length === 0 ? undefined : { member, rows, isDaily: false };
  const letter = list === undefined ? undefined : await compose(ports, list, now);
  if (!(await ports.notes.release(staff, notes)) || list === undefined || letter === undefined) return;
  if (await send(ports, list, letter)) return;
  for (const note of notes) await ports.notes.hold(staff, note);
};

/** In the first run after opening: to each member who is here, what is due today or overdue, once a day. */
export const sendDailyLists = async (
  ports: SweeperPorts,
  open: readonly PromiseRow[],
  listedOn: ReadonlyMap<string, string | undefined>,
  now: string,
): Promise<void> => {
  const { config } = ports.settings;
  if (!isFirstRunOfDay(config, now) || (await isEverythingPaused(ports, now))) return;
  const day = shopDay(now, config.shop.zone).from;
  for (const { member, rows } of dailyLists(config, open, now)) {
    if ((listedOn.get(member.id) ?? '') >= day) continue;
    const list = { member, rows, isDaily: true };
    const letter = await compose(ports, list, now);
    if (letter !== undefined && (await ports.notes.claimDay(member.id, day))) await send(ports, list, letter);
  }
};
