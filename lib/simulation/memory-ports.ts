/** The ports of the handlers, in memory: nothing is written to disk and nothing leaves. */

import { createHash } from 'node:crypto';
import type {
  Ids,
  KeeperPorts,
  LinkStore,
  LoadedSale,
  PeopleStore,
  SaleStore,
  Settings,
  Workflows,
} from '../../functions/adapters/ports.ts';
import type { SaleId } from '../../functions/core/ids.ts';
import { keyOf } from '../../functions/core/journal.ts';
import {
  forgotten,
  release,
  type Standing,
  suppress,
  UNKNOWN,
  withTouch,
} from '../../functions/core/person/standing.ts';
import { AwsError } from '../local/step-functions/errors.ts';
import type { StepFunctions } from '../local/step-functions/step-functions.ts';
import { PLACE } from './machines.ts';
import { createMemoryOutcomes, createMemoryReferrals } from './memory-after.ts';
import { createMemoryBookings, createMemoryLists, type MemoryLists } from './memory-lists.ts';
import { createMemoryNotes } from './memory-notes.ts';
import { createMemoryHeldSales, createMemoryPauses } from './memory-pauses.ts';
import { createMemorySearch } from './memory-search.ts';

const createSales = (lists: MemoryLists): SaleStore => {
  const sales = new Map<SaleId, LoadedSale>();
  const aliases = new Map<SaleId, SaleId>();

  const saleOf = (id: SaleId): LoadedSale => {
    const known = sales.get(id);
    if (known !== undefined) return known;
    const fresh: LoadedSale = {
      id,
      record: undefined,
      customer: undefined,
      entries: [],
      waiters: [],
      listed: [],
    };
    sales.set(id, fresh);
    return fresh;
  };

  const loaded = (id: SaleId): LoadedSale => {
    const sale = saleOf(id);
    const { entries, waiters } = sale;
    return { ...sale, entries: [...entries], waiters: [...waiters], listed: lists.listedOf(id) };
  };

  const append: SaleStore['append'] = async (id, entry) => {
    const sale = saleOf(id);
    const key = keyOf(entry);
    if (sale.entries.some((one) => keyOf(one) === key)) return false;
    sale.entries.push(entry);
    return true;
  };

  return {
    load: async (id) => (sales.has(id) ? loaded(id) : undefined),
    open: async (record) => {
      const sale = saleOf(record.id);
      if (sale.record !== undefined) return false;
      sale.record = record;
      return true;
    },
    append,
    appendThenLoad: async (id, entry) => ({ isNew: await append(id, entry), stored: loaded(id) }),
    keepOrder: async (id, entry, customer) => {
      await append(id, entry);
      saleOf(id).customer = customer;
    },
    saveCustomer: async (id, customer) => {
      saleOf(id).customer = customer;
    },
    correctPhone: async (id, phone) => {
      const sale = saleOf(id);
      sale.customer = { ...sale.customer, phone };
    },
    /* Nobody is forgotten in a simulation: it has no people. */
    erase: async () => undefined,
    wait: async (id, waiter) => {
      const sale = saleOf(id);
      sale.waiters = [...sale.waiters.filter(({ key }) => key !== waiter.key), waiter];
      return true;
    },
    /* Nothing is overlooked in a simulation. */
    endWait: async () => undefined,
    hastenWait: async () => undefined,
    alias: async (alias, id) => {
      aliases.set(alias, id);
    },
    resolve: async (id) => aliases.get(id) ?? id,
  };
};

const createPeople = (): PeopleStore => {
  const standings = new Map<string, Standing>();
  const change = (person: string, make: (standing: Standing) => Standing) => {
    const seen = standings.get(person) ?? UNKNOWN;
    standings.set(person, { ...make(seen), version: seen.version + 1 });
  };
  return {
    of: async (person) => standings.get(person) ?? UNKNOWN,
    suppress: async (person, classes, suppression) =>
      change(person, (one) => suppress(one, classes, suppression)),
    release: async (person, given) => change(person, (one) => release(one, given)),
    touch: async (person, touch, seen) => {
      if ((standings.get(person) ?? UNKNOWN).version !== seen.version) return false;
      change(person, (one) => withTouch(one, touch));
      return true;
    },
    reviewed: async (person, at) => change(person, (one) => ({ ...one, reviewedAt: at })),
    forget: async (person) => change(person, forgotten),
  };
};

/** Nobody follows the links of a simulated mail. */
const links: LinkStore = {
  keep: async () => undefined,
  find: async () => undefined,
  drop: async () => undefined,
};

/** Counted, not random: a simulation says the same each time. */
const createIds = (): Ids => {
  let count = 0;
  return {
    token: () => {
      count += 1;
      return String(count).padStart(32, 'a');
    },
    digest: (text) => createHash('sha256').update(text).digest('hex'),
  };
};

const createWorkflows = (stepFunctions: () => StepFunctions): Workflows => {
  const did = async (action: string, input: unknown): Promise<boolean> => {
    try {
      await stepFunctions().call(action, input);
      return true;
    } catch (error) {
      /* As the adapter for AWS: a name that is taken, a token that nobody waits with. */
      if (error instanceof AwsError) return false;
      throw error;
    }
  };
  const start = (machine: string, name: string, input: unknown) =>
    did('StartExecution', {
      stateMachineArn: `arn:aws:states:${PLACE.region}:${PLACE.accountId}:stateMachine:${machine}`,
      name,
      input: JSON.stringify(input),
    });
  return {
    startFollowUp: (name, input) => start('FollowUp', name, input),
    startPromise: (name, input) => start('Promise', name, input),
    succeed: (taskToken, output) => did('SendTaskSuccess', { taskToken, output: JSON.stringify(output) }),
    fail: (taskToken, error, cause) => did('SendTaskFailure', { taskToken, error, cause }),
    /* No simulated execution is ever lost. */
    isPromiseRunning: async () => true,
  };
};

/** `outbox`: the bytes of each mail by the id it was "sent" under. */
export const createMemoryPorts = (
  settings: Settings,
  stepFunctions: () => StepFunctions,
  outbox: Map<string, string>,
): KeeperPorts => {
  const lists = createMemoryLists();
  return {
    settings,
    ids: createIds(),
    sales: createSales(lists),
    lists,
    bookings: createMemoryBookings(),
    search: createMemorySearch(),
    referrals: createMemoryReferrals(),
    outcomes: createMemoryOutcomes(),
    /* A simulated phone rings for nobody. */
    pager: { page: async () => undefined },
    notes: createMemoryNotes(),
    pauses: createMemoryPauses(),
    held: createMemoryHeldSales(),
    people: createPeople(),
    links,
    workflows: createWorkflows(stepFunctions),
    mailer: {
      send: async ({ raw }) => {
        const messageId = `mail-${outbox.size + 1}`;
        outbox.set(messageId, raw);
        return { kind: 'sent', messageId };
      },
    },
  };
};
