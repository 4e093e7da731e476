/** Goes the way of the synthetic sale that is under way to its end, step by step, as its customer would. */
import type { CanaryPorts } from '../adapters/canary-ports.ts';
import { toEpochMs, toInstant } from '../core/calendar.ts';
import { CANARY_SOURCE, type Instant, saleIdOf } from '../core/ids.ts';
import type { Entry } from '../core/journal.ts';
import type { CanaryStep } from '../core/operations/canary.ts';
import { foldSale, type Sale } from '../core/sale.ts';

type Way = { orderId: string; now: Instant };

const MINUTE_MS = 60_000;
/** Of the link it makes for itself. */
const LINK_MINUTES = 10;
const CHECK_IN = 'check-in';
/** The end is told by the answer's own request; a moment more for a slow hour. */
const LOOKS = 8;
const BETWEEN_LOOKS_MS = 1000;

const saleOf = async ({ sales }: CanaryPorts, { orderId }: Way): Promise<Sale | undefined> => {
  const stored = await sales.load(saleIdOf(CANARY_SOURCE, orderId));
  return stored === undefined ? undefined : foldSale(stored);
};

const hasHappened = ({ journal }: Sale, type: Entry['type']): boolean =>
  journal.some((entry) => entry.type === type && (!('message' in entry) || entry.message === CHECK_IN));

/** A link of its own: the one in the mail is known to nobody but whoever reads the mail. */
const openLink = async ({ ids, links, settings }: CanaryPorts, sale: Sale, now: Instant): Promise<string> => {
  const token = ids.token();
  const expiresAt = toInstant(toEpochMs(now) + LINK_MINUTES * MINUTE_MS);
  await links.keep(ids.digest(token), { saleId: sale.id, audience: 'customer', expiresAt });
  return `${settings.publicUrl}/r/${token}`;
};

const hasEnded = async (ports: CanaryPorts, way: Way): Promise<boolean> => {
  for (let looks = 0; looks < LOOKS; looks += 1) {
    if ((await saleOf(ports, way))?.isRoundOver === true) return true;
    await ports.pause(BETWEEN_LOOKS_MS);
  }
  return false;
};

/** The step it came to grief at; undefined when it went through. */
export const goTheWay = async (ports: CanaryPorts, way: Way): Promise<CanaryStep | undefined> => {
  const sale = await saleOf(ports, way);
  if (sale === undefined) return 'sale';
  if (!hasHappened(sale, 'sent')) return 'check-in';
  if (!hasHappened(sale, 'arrived')) return 'arrival';
  const url = await openLink(ports, sale, way.now);
  const form = await ports.outside.get(url);
  if (form.status !== 200 || !form.text.includes('name="rating"')) return 'form';
  const answer = new URLSearchParams({ rating: '4' }).toString();
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  const thanks = await ports.outside.post(url, type, answer);
  const answered = await saleOf(ports, way);
  if (thanks.status >= 400 || answered === undefined || !hasHappened(answered, 'replied')) return 'answer';
  return (await hasEnded(ports, way)) ? undefined : 'end';
};
