/** One Aftercare on one machine that is stopped and started again with another template, as a deploy would leave it. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { paginateListExecutions, SFNClient } from '@aws-sdk/client-sfn';
import config from '../../aftercare.config.ts';
import { checkConfiguration } from '../../functions/core/configuration.ts';
import { startAftercare } from '../../lib/local/aftercare.ts';
import { MACHINES, type MachineName, Template, withDefinition } from '../golden/portable.ts';
import type { Staff } from './change-under-load-cases.ts';
import { comeToDesk, type DeskVisitor } from './desk-visitor.ts';
import { MONDAY, type World, worldAt } from './world.ts';

const TEMPLATE = 'Aftercare.template.json';
const SIGNED_IN_MS = 6 * 3_600_000;

export const templateOf = (assembly: string): Template =>
  Template.parse(JSON.parse(readFileSync(join(assembly, TEMPLATE), 'utf8')));

export type Machines = Partial<Record<MachineName, unknown>>;

export type DeployedWorld = {
  readonly world: World;
  /** Opens the page of a promise for staff, at the desk: notes may come as one mail with many. */
  readonly staff: Staff;
  /** Stops, and starts at the same address with today's functions and these machines; today's where none is given. */
  deploy(machines: Machines): Promise<void>;
  /** Names of executions that were started by a version of the machine. */
  startedBy(machine: MachineName, version: number): Promise<string[]>;
  close(): Promise<void>;
};

/** Today's assembly with other machines in it. */
const withMachines = (assembly: string, machines: Machines, into: string): string => {
  const changed = mkdtempSync(into);
  let template = templateOf(assembly);
  for (const name of MACHINES)
    if (machines[name] !== undefined) template = withDefinition(template, name, machines[name]);
  for (const name of readdirSync(assembly))
    if (name !== TEMPLATE) symlinkSync(join(assembly, name), join(changed, name));
  writeFileSync(join(changed, TEMPLATE), JSON.stringify(template));
  return changed;
};

/** Sign-ins last twelve hours. */
const deskOf = (world: World) => {
  let visitor: { at: number; desk: DeskVisitor } | undefined;
  return async (): Promise<DeskVisitor> => {
    const now = await world.now();
    if (visitor === undefined || now - visitor.at > SIGNED_IN_MS)
      visitor = { at: now, desk: await comeToDesk(world, 'mara@shop.example') };
    return visitor.desk;
  };
};

/** Begins on a Monday with the first deploy. */
export const openDeployable = async (assembly: string, first: Machines): Promise<DeployedWorld> => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-deploy-'));
  const checked = checkConfiguration(config);
  const start = (machines: Machines, port: number) =>
    startAftercare({
      config: checked,
      assembly: withMachines(assembly, machines, join(folder, 'assembly-')),
      dataDir: join(folder, 'data'),
      port,
      awsPort: 0,
      environment: {},
      log: () => undefined,
    });
  let runtime = await start(first, 0);
  const { url } = runtime;
  const world = worldAt(url);
  const atDesk = deskOf(world);
  await world.goTo(MONDAY);

  return {
    world,
    deploy: async (machines) => {
      await runtime.stop();
      runtime = await start(machines, Number(new URL(url).port));
    },
    staff: async ({ id }, promise) => {
      const { at } = await (await atDesk()).press(`/desk/sale/shopify/${id}`, { act: 'open', promise });
      if (!at.includes('/p/')) throw new Error(`The desk did not open ${promise} of ${id}`);
      return at.startsWith('http') ? at : `${url}${at}`;
    },
    startedBy: async (machine, version) => {
      const client = new SFNClient({
        endpoint: runtime.awsUrl,
        region: 'us-east-1',
        credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      });
      const names: string[] = [];
      const stateMachineArn = `arn:aws:states:us-east-1:000000000000:stateMachine:Aftercare-${machine}:${version}`;
      for await (const { executions = [] } of paginateListExecutions({ client }, { stateMachineArn }))
        names.push(...executions.map(({ name = '' }) => name));
      return names;
    },
    close: async () => {
      await runtime.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
