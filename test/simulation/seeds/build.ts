/** Builds the world of one seed: the product on its tables and queues, and everybody who has to do with it. */
import type { MailArchive } from '../../../functions/adapters/mail-ports.ts';
import type { MachineDefinitions } from '../../../lib/simulation/machines.ts';
import type { SeenMail } from '../checker/seen.ts';
import { createAgenda } from './agenda.ts';
import type { Case } from './case.ts';
import { castOf } from './cast.ts';
import { createChance, shortOf } from './chance.ts';
import { createClock } from './clock.ts';
import { createCustomers } from './customers.ts';
import { createDoors, type Queues } from './doors.ts';
import { createFaults } from './faults.ts';
import { createFunctions } from './functions.ts';
import { createPorts } from './ports.ts';
import { openPost } from './post.ts';
import { createQueue } from './queue.ts';
import { createRuns, type Ended, type Runs } from './runs.ts';
import { isWithin, SECRET, sceneOf, settings } from './scene.ts';
import { createStaff } from './staff.ts';
import type { Stage } from './stage.ts';
import { createTable } from './tables.ts';
import { createWitness } from './witness.ts';
import { createStepFunctionsWorld } from './workflows.ts';

const createArchive = (runs: Runs, kept: Map<string, Uint8Array>): MailArchive => {
  const at = (what: string) => ({ kind: 'archive', at: what, errors: ['TimeoutError'] }) as const;
  return {
    read: (key) => runs.call({ ...at(`read ${key}`), act: () => kept.get(key) }),
    drop: (key) => runs.call({ ...at(`drop ${key}`), act: () => void kept.delete(key) }),
  };
};

/** Time, chance, and who watches. */
const createBasis = (given: Case) => {
  const chance = createChance(given.seed);
  const scene = sceneOf(chance);
  const clock = createClock(scene.start);
  const [inside, outside] = [createAgenda(), createAgenda()];
  const now = () => clock.now();
  const faults = createFaults({ chance, only: given.faults, now });
  const later = { settled: async (): Promise<void> => undefined };
  const runs = createRuns({ chance, faults, agenda: inside, now, settled: () => later.settled() });
  return { chance, scene, clock, inside, outside, now, faults, runs, later, witness: createWitness(now) };
};

type Basis = ReturnType<typeof createBasis>;
type Call = (name: string, event: unknown) => Promise<unknown>;

const createQueues = ({ chance, inside, now, runs, faults }: Basis, call: Call): Queues => {
  const queue = (name: string, consumer: string) =>
    createQueue({
      ...{ name, chance, agenda: inside, now, behind: faults.behind },
      take: (record) =>
        runs.begin(`${consumer} ${record.messageId}`, () => call(consumer, { Records: [record] })),
    });
  return {
    intake: queue('intake', 'start-follow-up'),
    forget: queue('forget', 'forget-person'),
    mail: queue('mail', 'receive-mail'),
    events: queue('events', 'hear-of-mail'),
  };
};

/** What was left out of a run that was cut down does not take place, and in the end nothing new does. */
const createHappenings = ({ outside }: Basis, { happenings: kept }: Case) => {
  const names: string[] = [];
  let isOver = false;
  const happen: Stage['happen'] = (name, at, act) => {
    if (isOver || (kept !== undefined && !kept.has(shortOf(name)))) return;
    names.push(name);
    outside.add(at, () => {
      if (!isOver) act();
    });
  };
  const end = () => {
    isOver = true;
  };
  return { names, happen, isOver: () => isOver, end };
};

const shelvesOf = (runs: Runs) => ({
  sales: createTable(runs, 'sales'),
  links: createTable(runs, 'links'),
  parked: createTable(runs, 'parked'),
});

export const build = async (given: Case, machines: MachineDefinitions) => {
  const basis = createBasis(given);
  const { chance, scene, clock, now, runs, witness, outside } = basis;
  const product: { call: Call } = { call: async () => undefined };
  const call: Call = (name, event) => product.call(name, event);
  const invoke = (name: string, event: unknown, purpose: string): Promise<Ended> =>
    runs.begin(`${name} ${purpose}`, () => call(name, event));

  const cast = castOf(chance, given.sales);
  const shelves = shelvesOf(runs);
  const archive = new Map<string, Uint8Array>();
  const queues = createQueues(basis, call);
  const isDown = () => isWithin(scene.down, now());
  const doors = createDoors({ runs, queues, archive, now, isDown, call, behind: basis.faults.behind });
  const happenings = createHappenings(basis, given);
  const stage: Stage = {
    ...{ chance, witness, now, outside, secret: SECRET, start: scene.start },
    ...{ http: doors.http, arrive: doors.arrive, report: doors.report },
    ...{ happen: happenings.happen, isOver: happenings.isOver },
    partition: (sale) => shelves.sales.partition(sale),
    orderOf: (sale) => cast.find(({ id }) => id === sale),
  };

  const flow = await createStepFunctionsWorld({ clock, chance, runs, machines, invoke });
  basis.later.settled = flow.settled;
  const [customers, staff] = [createCustomers(stage), createStaff(stage)];
  const mailer = openPost({
    ...{ stage, runs, sales: cast.map(({ id }) => id), outages: scene.outages },
    staff: new Set(settings.config.staff.map(({ email }) => email)),
    read: (mail: SeenMail) => (mail.to === 'customer' ? customers(mail) : staff(mail)),
  });
  const outfit = {
    ...{ chance, runs, mailer, workflows: flow.workflows, secret: SECRET, send: doors.send },
    tables: {
      sales: shelves.sales.table(witness.seq),
      links: shelves.links.table(witness.seq),
      parked: shelves.parked.table(witness.seq),
    },
    mails: createArchive(runs, archive),
    sales: () => [],
  };
  /** Functions made anew, as after a deployment; what runs already ends as it began. */
  const deploy = (config: typeof settings.config) => {
    const ports = createPorts({ ...outfit, settings: { ...settings, config } });
    product.call = createFunctions(ports);
    return ports;
  };
  const ports = deploy(settings.config);
  return { ...basis, cast, shelves, archive, queues, stage, flow, ports, deploy, happenings, invoke };
};

export type Built = Awaited<ReturnType<typeof build>>;
