/** Puts together what the world saw, for the checker. Read at the very end, outside of everything that goes wrong. */
import type { Act, Needle, Seen } from '../checker/seen.ts';
import type { Built } from './build.ts';
import { SOURCE } from './cast.ts';
import { settings } from './scene.ts';

/** Names and addresses belong to the person, a number and what they say to one sale. */
export const needlesOf = ({ witness, cast }: Pick<Built, 'witness' | 'cast'>): Needle[] => {
  const forgotten = (sale: string) => {
    const asked = witness.acts.find((act) => act.sale === sale && act.what === 'erase' && act.status === 200);
    const told = witness.told.find(
      (one) => `${SOURCE}/${one.order}` === sale && one.word === 'erase' && one.doneAt !== undefined,
    );
    return asked?.doneAt ?? told?.doneAt;
  };
  const ofSale = (text: string, sale: string): Needle => {
    const at = forgotten(sale);
    return at === undefined ? { text, sale } : { text, sale, forgotten: at };
  };
  /** What somebody writes who has been forgotten is new, and a person reads it. */
  const saidBefore = ({ sale, doneAt }: Act, words: string): Needle => {
    const needle = ofSale(words, sale);
    const isOld = (doneAt?.seq ?? Number.POSITIVE_INFINITY) < (needle.forgotten?.seq ?? 0);
    return isOld ? needle : { text: words, sale };
  };
  return [
    ...cast.flatMap(({ id, person, phone }) => [
      { text: person.name, sale: id },
      ...(person.email === undefined ? [] : [{ text: person.email, sale: id }]),
      ...(phone === undefined ? [] : [ofSale(phone, id)]),
    ]),
    ...witness.acts.flatMap((act) => (act.words === undefined ? [] : [saidBefore(act, act.words)])),
  ];
};

const ownersNotes = ({ witness }: Built): Seen['unclear'] =>
  witness.mails
    .filter(({ to, message }) => to === 'staff' && message.includes('unclear'))
    .map(({ sale, message, attempt }) => ({ sale, message, attempt }));

const staffOf = (): NonNullable<Seen['staff']> =>
  settings.config.staff.map(({ id, name, isActive }) => ({ id, name, isActive }));

const troublesOf = ({ faults, scene: { down, outages } }: Built): NonNullable<Seen['troubles']> =>
  [...faults.instants().map((at) => ({ from: at, until: at })), ...down, ...outages].map(
    ({ from, until }) => ({
      from: new Date(from).toISOString(),
      until: new Date(until).toISOString(),
    }),
  );

export const seenOf = async (world: Built, logs: readonly string[]): Promise<Seen> => {
  const { witness, cast, flow, shelves, now } = world;
  return {
    told: witness.told,
    mails: witness.mails,
    fates: witness.fates,
    acts: witness.acts,
    looks: witness.looks,
    pages: [],
    tables: {
      sales: shelves.sales.items(),
      links: shelves.links.items(),
      parked: shelves.parked.items(),
    },
    executions: await flow.seen(),
    logs,
    needles: needlesOf(world),
    people: Object.fromEntries(cast.map(({ id, person }) => [id, person.key])),
    ...{
      staff: staffOf(),
      pinned: shelves.sales.opened(),
      reviewHeldDays: settings.config.asking.reviewHeldDays,
    },
    unclear: ownersNotes(world),
    troubles: troublesOf(world),
    isDrained: true,
    now: new Date(now()).toISOString(),
  };
};
