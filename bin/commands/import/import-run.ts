/** First the whole file is judged, then, if asked to, sent. */
import type { Configuration } from '../../../functions/core/configuration.ts';
import { CommandMistake } from '../command-mistake.ts';
import type { Screen } from '../screen.ts';
import { formatDuration } from './import-duration.ts';
import type { FileOrders } from './import-file.ts';
import { judge, type Sendable, type Verdict } from './import-judge.ts';
import type { ImportPorts } from './import-ports.ts';
import { openProgress, type Progress, readProgress } from './import-progress.ts';
import { openReport, type Report, type ReportRow } from './import-report.ts';
import { openBar, writePlan } from './import-screen.ts';
import { createSender, type Delivery } from './import-send.ts';
import { count, emptyTally, REPEATED, type Tally } from './import-tally.ts';
import type { Target } from './import-target.ts';

export type Import = {
  config: Configuration;
  file: string;
  report: string;
  target: Target;
  now: string;
  maxAgeDays: number;
  before: string | undefined;
  rate: number;
  limit: number | undefined;
  orders: FileOrders;
};
export type Plan = { tally: Tally; progress: Progress };

const progressFile = ({ file }: Import) => `${file}.progress`;
const addressOf = ({ target }: Import) => target.address.href;

async function* verdicts(given: Import, progress: Progress): AsyncGenerator<Verdict> {
  const { config, target, now, maxAgeDays, before } = given;
  const settings = { config, source: target.source, now, maxAgeDays, before, isImported: progress.has };
  for await (const order of given.orders.each()) yield judge(order, settings);
}

/** What has been said twice has its own row: nobody should wonder where a line went. */
const reportOn = async (report: Report, verdict: Verdict, result: Partial<ReportRow>): Promise<void> => {
  const { order } = verdict;
  for (const line of order.repeats)
    await report.add({ lines: [line], orderId: order.id, result: 'skipped', reason: REPEATED });
  const about = { lines: order.lines, orderId: order.id };
  if (verdict.kind === 'skip') {
    const { reason, detail } = verdict;
    await report.add({ ...about, result: 'skipped', reason, detail });
    return;
  }
  const { journey, checkInAt, isByPhone } = verdict;
  const detail = isByPhone ? 'no address: somebody is asked to call' : '';
  await report.add({ ...about, result: 'would be sent', journey, checkInAt, detail, ...result });
};

const leftToSend = ({ limit }: Import, { sendable }: Tally) => Math.min(sendable, limit ?? sendable);

const closing = (given: Import, tally: Tally): string => {
  const orders = leftToSend(given, tally);
  const webhooks = Math.ceil((tally.webhooks * orders) / Math.max(1, tally.sendable));
  if (orders === 0) return 'There is nothing to send.';
  const which =
    orders < tally.sendable
      ? `the first ${orders} would be`
      : orders === 1
        ? 'it would be'
        : `all ${orders} would be`;
  return `Nothing was sent. With --send, ${which}, which takes about ${formatDuration((webhooks * 1000) / given.rate)}.`;
};

/** Prints what would happen, and writes it down for each order. */
export const planImport = async (
  given: Import,
  screen: Screen,
  { willSend }: { willSend: boolean },
): Promise<Plan> => {
  const progress = await readProgress(progressFile(given), addressOf(given));
  const { zone } = given.config.shop;
  const tally = emptyTally();
  const report = openReport(given.report);
  for await (const verdict of verdicts(given, progress)) {
    count(tally, verdict, { zone, now: given.now });
    await reportOn(report, verdict, {});
  }
  await report.close();
  const where = `${given.target.source} at ${given.target.address.origin}`;
  writePlan(screen, { tally, where, zone, notes: given.orders.notes });
  screen.print('');
  if (!willSend) screen.print(`${closing(given, tally)} Each order stands in ${given.report}.`);
  return { tally, progress };
};

type Sent = { sent: number; failed: number; stopped: string | undefined };

const resultOf = (delivery: Delivery | undefined): Partial<ReportRow> => {
  if (delivery?.kind === 'sent') return { result: 'sent' };
  if (delivery?.kind === 'refused') return { result: 'failed', reason: 'refused', detail: delivery.detail };
  return { result: 'not sent yet' };
};

/** Goes on to the end of the file when it has stopped, so that the report is whole. */
const sendAll = async (
  given: Import,
  { tally, progress }: Plan,
  report: Report,
  { screen, ports, signal }: { screen: Screen; ports: ImportPorts; signal: AbortSignal },
): Promise<Sent> => {
  const most = leftToSend(given, tally);
  const so: Sent = { sent: 0, failed: 0, stopped: undefined };
  const acknowledged = openProgress(progressFile(given), addressOf(given));
  const sender = await createSender({ target: given.target, ports, rate: given.rate, signal });
  const bar = openBar(screen, ports, most);

  const deliver = async ({ order }: Sendable): Promise<Delivery | undefined> => {
    if (so.stopped !== undefined || so.sent + so.failed >= most) return undefined;
    const delivery = await sender.send(order);
    if (delivery.kind === 'sent') {
      acknowledged.note(order.id);
      so.sent += 1;
    } else if (delivery.kind === 'refused') so.failed += 1;
    else so.stopped = delivery.detail;
    if (delivery.kind !== 'stopped') bar.moved(so.sent + so.failed);
    return delivery;
  };

  try {
    for await (const verdict of verdicts(given, progress)) {
      const delivery = verdict.kind === 'send' ? await deliver(verdict) : undefined;
      await reportOn(report, verdict, resultOf(delivery));
    }
  } finally {
    bar.clear();
    acknowledged.close();
  }
  return so;
};

/** @throws CommandMistake when something is left that should have been sent, after everything that can be has been. */
export const sendImport = async (
  given: Import,
  plan: Plan,
  screen: Screen,
  ports: ImportPorts,
): Promise<void> => {
  const most = leftToSend(given, plan.tally);
  if (most === 0) {
    screen.print('There is nothing to send.');
    return;
  }
  const stop = new AbortController();
  const quiet = ports.onInterrupt(() => stop.abort());
  const report = openReport(given.report);
  try {
    const { sent, failed, stopped } = await sendAll(given, plan, report, {
      screen,
      ports,
      signal: stop.signal,
    });
    await report.close();
    const soFar = `${sent} of ${most} sent.`;
    if (stopped !== undefined)
      throw new CommandMistake(
        `${stopped}\n${soFar} Run the same command again and it goes on with the next.`,
        1,
      );
    if (failed > 0) throw new CommandMistake(`${soFar} ${failed} could not be: ${given.report} says why.`, 1);
    const left = plan.tally.sendable - sent;
    screen.print(left === 0 ? `${soFar}` : `${soFar} ${left} are left: the same command sends the next.`);
  } finally {
    quiet();
  }
};
