/** What lies outside of sales: webhooks nobody understood and mails nobody has sorted. A page of one place at a time. */

import type { UnsortedMail } from '../adapters/mail-ports.ts';
import type { ForgettingPorts } from '../adapters/ports.ts';
import { isAbout, type Sought } from '../core/privacy/about.ts';
import { NOTHING } from '../core/privacy/receipt.ts';
import type { ForgetTaskOf } from '../core/privacy/request.ts';
import { parseJson } from '../shops/json.ts';
import { personDigest } from '../steps/digests.ts';

/** No source can have this name. */
const POST = '#post';
const MAILS = 50;

type Sweep = ForgetTaskOf<'sweep'>;

/** Every place where something about a person of any source may lie. */
export const placesOf = (sources: readonly string[]): string[] => [...sources, 'unknown', POST];

const soughtBy = ({ people, sales }: Sweep): Sought => ({ people: new Set(people), sales: new Set(sales) });

const isAboutThem = (ports: ForgettingPorts, task: Sweep, place: string, body: string): boolean => {
  if (task.source === place) return true;
  const json = parseJson(Buffer.from(body));
  return isAbout(
    { source: place, text: body, json: json.isJson ? json.value : undefined },
    soughtBy(task),
    (email) => personDigest(ports.ids, email),
  );
};

const sweepParked = async (
  ports: ForgettingPorts,
  task: Sweep,
  place: string,
): Promise<string | undefined> => {
  const { shelf, receipts, ids } = ports;
  const page = await shelf.look(place, task.after);
  for (const { id, body } of page.items) {
    if (!isAboutThem(ports, task, place, body)) continue;
    await receipts.note(task.receipt, ids.digest(`webhook ${place} ${id}`), { ...NOTHING, webhooks: 1 });
    await shelf.drop(place, id);
  }
  return page.next;
};

const isTheirs = ({ ids }: ForgettingPorts, task: Sweep, { from, suggestions }: UnsortedMail): boolean => {
  const { people, sales } = soughtBy(task);
  return (
    people.has(personDigest(ids, from)) ||
    suggestions.some((id) => sales.has(id) || (task.source !== undefined && id.startsWith(`${task.source}/`)))
  );
};

const sweepPost = async (ports: ForgettingPorts, task: Sweep): Promise<string | undefined> => {
  const { box, mails, receipts, ids } = ports;
  const page = await box.list({ limit: MAILS, after: task.after });
  for (const mail of page.items) {
    if (!isTheirs(ports, task, mail)) continue;
    await receipts.note(task.receipt, ids.digest(`mail ${mail.id}`), { ...NOTHING, mails: 1 });
    await mails.drop(mail.original);
    await box.drop(mail.id);
  }
  return page.next;
};

/** What is left afterwards; undefined when nothing is. */
export const sweep = async (ports: ForgettingPorts, task: Sweep): Promise<Sweep | undefined> => {
  const { after: _, ...rest } = task;
  const [place, ...places] = task.places;
  if (place === undefined) return undefined;
  const next = place === POST ? await sweepPost(ports, task) : await sweepParked(ports, task, place);
  if (next !== undefined) return { ...rest, after: next };
  return places.length === 0 ? undefined : { ...rest, places };
};
