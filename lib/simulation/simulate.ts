/** Everything that would happen with one sale, without anything being sent: what `aftercare simulate` prints. */
import type { Settings } from '../../functions/adapters/ports.ts';
import { addDelay } from '../../functions/core/calendar.ts';
import { chooseJourney } from '../../functions/core/choose-journey.ts';
import type { Configuration, Member } from '../../functions/core/configuration.ts';
import type { Entry } from '../../functions/core/journal.ts';
import type { Anchor } from '../../functions/core/journey.ts';
import { customerOpening } from '../../functions/core/openings.ts';
import { type Outcome, outcomeOf } from '../../functions/core/outcome.ts';
import { checkInTime } from '../../functions/core/plan.ts';
import { itemOf, type Sale } from '../../functions/core/sale.ts';
import type { Order, ShopEvent } from '../../functions/core/shop-event.ts';
import { memberOf, nextUp } from '../../functions/core/staff.ts';
import { messageWords, tellStory } from '../../functions/core/story.ts';
import { readMail } from '../local/aws/mail-reading.ts';
import { type MachineDefinitions, readMachines } from './machines.ts';
import { SCENARIOS, type Scenario } from './scenarios.ts';
import { openWorld, type World } from './world.ts';

export type Happening = {
  at: string;
  what: string;
  mail?: { from: string; to: string; toCustomer: boolean; subject: string };
  /** When what began here is due. */
  dueAt?: string;
};

export type Played = {
  name: Scenario['name'];
  title: string;
  happenings: Happening[];
  outcome: Outcome | undefined;
  /** State transitions of both machines: what AWS bills for. */
  transitions: number;
};

export type ClockStep = {
  /** Undefined for what is known now. */
  ifTomorrow?: Anchor;
  at: string;
  because: string;
};

export type Simulation = {
  source: string;
  orderId: string;
  order: Order;
  item: string;
  more: number;
  customer: { name: string | undefined; email: string | undefined; phone: string | undefined };
  journey: string;
  because: string;
  ladder: Member[];
  zone: string;
  now: string;
  clock: ClockStep[];
  /** Empty when nothing is asked: `endedBy` says why. */
  scenarios: Played[];
  endedBy: string | undefined;
};

/** A sale that no follow-up begins for; the message says why. */
export class NotFollowedUp extends Error {
  override name = 'NotFollowedUp' as const;
}

type Asked = {
  settings: Settings;
  events: readonly ShopEvent[];
  source: string;
  orderId: string;
  /** ISO 8601 UTC. */
  now: string;
  /** A journey to use whatever the order says. */
  policy?: string | undefined;
};

const CONDITION_WORDS: Record<keyof Configuration['choose'][number]['when'], string> = {
  productType: 'the product type is',
  sku: 'the SKU is',
  title: 'the title has',
  tag: 'the tag is',
  source: 'the source is',
  amountFrom: 'the amount is at least',
};

const wordsFor = (condition: string): string =>
  Object.entries(CONDITION_WORDS).find(([name]) => name === condition)?.[1] ?? condition;

/** Tries the choices one by one with the very function that chooses. */
const whyChosen = (config: Configuration, order: Order, { source, policy }: Asked): string => {
  if (policy !== undefined) return 'because of --policy';
  const index = config.choose.findIndex(
    (choice) =>
      chooseJourney({ ...config, choose: [choice], otherwise: undefined }, order, source) !== undefined,
  );
  const choice = config.choose[index];
  if (choice === undefined) return 'because nothing in `choose` fits and `otherwise` says so';
  const reasons = Object.entries(choice.when).map(([name, value]) => `${wordsFor(name)} "${value}"`);
  return `because ${reasons.join(' and ')} (choose[${index}])`;
};

const ladderOf = (config: Configuration, sale: Sale, now: string): Member[] => {
  const rep = memberOf(config, sale.record.owner);
  if (rep === undefined) return [];
  const ladder = [rep];
  let { level } = rep;
  let owner = rep.id;
  while (level < 2) {
    const next = nextUp(config, level, owner, sale.id, now);
    if (next.level === level) break;
    level = next.level;
    owner = next.member.id;
    if (!ladder.includes(next.member)) ladder.push(next.member);
  }
  return ladder;
};

/** What the clock starts from now, and how better news tomorrow would move it. */
const clockOf = (config: Configuration, { record, facts, journal }: Sale, now: string): ClockStep[] => {
  const { at, because } = checkInTime(config, record, facts, now, journal);
  const known = { at, because };
  const tomorrow = addDelay(now, { days: 1 }, customerOpening(config, record));
  const news = record.journey.checkIn.flatMap(({ after }): ClockStep[] => {
    if (after === 'paid') return [];
    const then = { ...facts, [after === 'delivered' ? 'deliveredAt' : 'fulfilledAt']: tomorrow };
    const moved = checkInTime(config, record, then, tomorrow, journal);
    return moved.because === because ? [] : [{ ifTomorrow: after, at: moved.at, because: moved.because }];
  });
  return [known, ...news];
};

/** Bookkeeping between a claim and what came of it. */
const UNTOLD: ReadonlySet<Entry['type']> = new Set(['claimed', 'ordered', 'started']);

const happeningOf = async (entry: Entry, world: World, config: Configuration): Promise<Happening[]> => {
  const [line] = tellStory([entry], config);
  if (line === undefined || UNTOLD.has(entry.type)) return [];
  if (entry.type === 'sent') {
    const raw = Buffer.from(world.mails.get(entry.messageId) ?? '');
    const mail = await readMail({ id: entry.messageId, direction: 'out', at: 0, recipients: [] }, raw);
    const toCustomer = entry.to === 'customer';
    const from = mail.fromName.replace(`, ${config.shop.name}`, '');
    const to = toCustomer ? 'customer' : (memberOf(config, entry.to)?.name ?? entry.to);
    return [
      {
        at: entry.at,
        what: messageWords(entry.message),
        mail: { from, to, toCustomer, subject: mail.subject },
      },
    ];
  }
  return [{ ...line, ...('dueAt' in entry && entry.dueAt !== undefined ? { dueAt: entry.dueAt } : {}) }];
};

const openFor = async (
  { settings, events, source, orderId, now, policy }: Asked,
  machines: MachineDefinitions,
): Promise<World> => {
  const { config } = settings;
  const forced = policy === undefined ? config : { ...config, choose: [], otherwise: policy };
  const world = await openWorld({
    settings: { ...settings, config: forced },
    ...{ machines, start: now, source, orderId },
  });
  const parked = await world.announce(events);
  if (parked === undefined) return world;
  world.close();
  throw new NotFollowedUp(parked);
};

const playOne = async (asked: Asked, machines: MachineDefinitions, scenario: Scenario): Promise<Played> => {
  const { config } = asked.settings;
  const world = await openFor(asked, machines);
  try {
    const from = await scenario.play(world, config);
    const sale = await world.sale();
    if (sale === undefined) throw new RangeError('The sale has gone');
    const entries = (await world.written()).filter(({ at }) => at >= from);
    const happenings = await Promise.all(entries.map((entry) => happeningOf(entry, world, config)));
    return {
      name: scenario.name,
      title: scenario.title,
      happenings: happenings.flat(),
      outcome: outcomeOf(sale),
      transitions: world.transitions(),
    };
  } finally {
    world.close();
  }
};

/** Whether the check-in goes out, as far as this story tells. */
const isWritten = ({ name, happenings }: Played): boolean =>
  name !== 'nobody-answers' || happenings.some(({ mail }) => mail?.toCustomer === true);

const begin = async (asked: Asked, machines: MachineDefinitions): Promise<Sale> => {
  const world = await openFor(asked, machines);
  const sale = await world.sale();
  world.close();
  if (sale === undefined)
    throw new NotFollowedUp('The file says what became of an order, and not what was ordered.');
  return sale;
};

/**
 * Plays the sale once for each thing the customer and the staff might do, through the state machines and handlers that
 * are deployed.
 * @throws NotFollowedUp for an order that no follow-up begins for.
 */
export const simulate = async (asked: Asked): Promise<Simulation> => {
  const { config } = asked.settings;
  const machines = readMachines();
  const sale = await begin(asked, machines);
  const { order, endedBy } = sale.facts;
  if (order === undefined) throw new NotFollowedUp('The order is missing from the file.');
  const scenarios: Played[] = [];
  for (const scenario of endedBy === undefined ? SCENARIOS : []) {
    const played = await playOne(asked, machines, scenario);
    scenarios.push(played);
    /* Who cannot be written to cannot answer. */
    if (!isWritten(played)) break;
  }
  const { name, email, phone } = sale.customer;
  return {
    source: sale.record.source,
    orderId: sale.record.orderId,
    order,
    item: itemOf(sale)?.title ?? order.lines[0]?.title ?? '',
    more: itemOf(sale)?.more ?? 0,
    customer: { name, email, phone },
    journey: sale.record.journeyName,
    because: whyChosen(config, order, asked),
    ladder: ladderOf(config, sale, asked.now),
    zone: sale.record.zone,
    now: asked.now,
    clock: endedBy === undefined ? clockOf(config, sale, asked.now) : [],
    scenarios,
    endedBy,
  };
};
