/** One Aftercare on one machine that is stopped and started again with another template, as a deploy would leave it. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DescribeStateMachineAliasCommand,
  paginateListExecutions,
  SFNClient,
  UpdateStateMachineAliasCommand,
} from '@aws-sdk/client-sfn';
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
  /** The version of a machine that starts executions now. */
  version(machine: MachineName): Promise<string>;
  /** Executions are started by this version from now on. */
  startWith(machine: MachineName, version: string): Promise<void>;
  /** Names of executions that a version has started. */
  startedBy(version: string): Promise<string[]>;
  readonly url: string;
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

const liveOf = (machine: MachineName) =>
  `arn:aws:states:us-east-1:000000000000:stateMachine:Aftercare-${machine}:live`;

/** After each start the AWS parts are at another address. */
const versionsAt = (awsUrl: () => string): Pick<DeployedWorld, 'version' | 'startWith' | 'startedBy'> => {
  const sfn = () =>
    new SFNClient({
      endpoint: awsUrl(),
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
  return {
    version: async (machine) => {
      const alias = new DescribeStateMachineAliasCommand({ stateMachineAliasArn: liveOf(machine) });
      const { routingConfiguration: [route] = [] } = await sfn().send(alias);
      return route?.stateMachineVersionArn ?? 'none';
    },
    startWith: async (machine, version) => {
      const routingConfiguration = [{ stateMachineVersionArn: version, weight: 100 }];
      const update = { stateMachineAliasArn: liveOf(machine), routingConfiguration };
      await sfn().send(new UpdateStateMachineAliasCommand(update));
    },
    startedBy: async (stateMachineArn) => {
      const names: string[] = [];
      for await (const { executions = [] } of paginateListExecutions({ client: sfn() }, { stateMachineArn }))
        names.push(...executions.map(({ name = '' }) => name));
      return names;
    },
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
      hasSchedules: false,
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
    url,
    deploy: async (machines) => {
      await runtime.stop();
      runtime = await start(machines, Number(new URL(url).port));
    },
    staff: async ({ id }, promise) => {
      const { at } = await (await atDesk()).press(`/desk/sale/shopify/${id}`, { act: 'open', promise });
      if (!at.includes('/p/')) throw new Error(`The desk did not open ${promise} of ${id}`);
      return at.startsWith('http') ? at : `${url}${at}`;
    },
    ...versionsAt(() => runtime.awsUrl),
    close: async () => {
      await runtime.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
