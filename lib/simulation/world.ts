/** One sale in a world of its own: the deployed state machines, the deployed handlers, memory, and a clock. */
import type { Settings } from '../../functions/adapters/ports.ts';
import { toInstant } from '../../functions/core/calendar.ts';
import { SIGNALS } from '../../functions/core/errors.ts';
import { type Instant, saleIdOf } from '../../functions/core/ids.ts';
import type { Entry } from '../../functions/core/journal.ts';
import { foldSale, type Sale } from '../../functions/core/sale.ts';
import type { ShopEvent } from '../../functions/core/shop-event.ts';
import { createApply } from '../../functions/start-follow-up/apply-event.ts';
import { tellWorkflow } from '../../functions/steps/tell-workflow.ts';
import { thankForAnswer } from '../../functions/steps/thank.ts';
import { createMeter } from '../local/meter.ts';
import { createStepFunctions, type StepFunctions } from '../local/step-functions/step-functions.ts';
import { openStore } from '../local/store.ts';
import { functionArn, type MachineDefinitions, PLACE } from './machines.ts';
import { createMemoryPorts } from './memory-ports.ts';
import { stepsOf } from './steps.ts';
import { createVirtualTime } from './virtual-time.ts';

export type World = {
  now(): Instant;
  /** What the shop tells; a reason when it would be parked for a person. */
  announce(events: readonly ShopEvent[]): Promise<string | undefined>;
  /** Undefined while no follow-up exists. */
  sale(): Promise<Sale | undefined>;
  /** The journal in the order it was written: at one instant, causes before what they cause. */
  written(): Promise<readonly Entry[]>;
  /** What a customer or a member of staff does, written and told as their pages do. */
  act(entry: Entry): Promise<void>;
  advanceTo(instant: string): Promise<void>;
  /** Goes from one due thing to the next until `isEnough`, or until nothing more is due by itself. */
  advanceUntil(isEnough: (sale: Sale) => boolean): Promise<Sale>;
  mails: ReadonlyMap<string, string>;
  transitions(): number;
  close(): void;
};

/** Longer than any calendar of a sale whose journey waits two years. */
const HORIZON_DAYS = 3 * 366;

type Options = {
  settings: Settings;
  machines: MachineDefinitions;
  start: string;
  source: string;
  orderId: string;
};

const createMachines = async ({ call }: StepFunctions, { followUp, promise }: MachineDefinitions) => {
  const roleArn = `arn:aws:iam::${PLACE.accountId}:role/simulation`;
  await call('CreateStateMachine', { name: 'FollowUp', definition: followUp, roleArn });
  await call('CreateStateMachine', { name: 'Promise', definition: promise, roleArn });
};

export const openWorld = async ({ settings, machines, start, source, orderId }: Options): Promise<World> => {
  const store = openStore(':memory:');
  const begin = Date.parse(start);
  const time = createVirtualTime(store, begin);
  const mails = new Map<string, string>();
  const ports = createMemoryPorts(settings, () => stepFunctions, mails);
  const steps = new Map([...stepsOf(ports)].map(([name, step]) => [functionArn(name), step]));
  /* A step that fails is a mistake in the program: shown as such, not tried again for hours. */
  let trouble: { error: unknown } | undefined;
  const stepFunctions: StepFunctions = createStepFunctions({
    ...{ store, time, meter: createMeter(), ...PLACE },
    invokeLambda: async ({ functionArn: arn, payload }) => {
      try {
        return { ok: true, payload: (await steps.get(arn)?.(payload)) ?? null };
      } catch (error) {
        const name = error instanceof Error ? error.name : 'Error';
        if (!SIGNALS.some((signal) => signal === name)) trouble ??= { error };
        const errorMessage = error instanceof Error ? error.message : '';
        return { ok: false, error: name, cause: JSON.stringify({ errorType: name, errorMessage }) };
      }
    },
  });
  await createMachines(stepFunctions, machines);
  stepFunctions.resume();
  const id = saleIdOf(source, orderId);
  const apply = createApply(ports);
  const now = () => toInstant(time.now());

  const idle = async () => {
    await time.whenIdle();
    if (trouble !== undefined) throw trouble.error;
  };

  const sale = async () => {
    const stored = await ports.sales.load(id);
    return stored && foldSale(stored);
  };

  return {
    now,
    mails,
    sale,
    written: async () => (await ports.sales.load(id))?.entries ?? [],
    announce: async (events) => {
      for (const event of events) {
        const applied = await apply(event, now());
        if (applied.kind === 'parked') return applied.reason;
      }
      await idle();
      return undefined;
    },
    act: async (entry) => {
      await ports.sales.append(id, entry);
      const told = await tellWorkflow(ports, id, now());
      if (told !== undefined) await thankForAnswer(ports, told, now(), 0);
      await idle();
    },
    advanceTo: async (instant) => {
      await time.advanceTo(Date.parse(instant));
      await idle();
    },
    advanceUntil: async (isEnough) => {
      for (;;) {
        const current = await sale();
        if (current === undefined) throw new RangeError(`Sale ${id} has not begun`);
        if (isEnough(current) || !(await time.step(begin + HORIZON_DAYS * 86_400_000))) return current;
        await idle();
      }
    },
    transitions: () => stepFunctions.executions().reduce((sum, { transitions }) => sum + transitions, 0),
    close: store.close,
  };
};
