/** Finds the definition that a machine, version or alias ARN stands for. */
import * as z from 'zod';
import type { Arns, MachineRef } from './arn.ts';
import { AwsError } from './errors.ts';
import type { MachineRow, MachineTable } from './machine-table.ts';

export const Routing = z
  .array(z.object({ stateMachineVersionArn: z.string(), weight: z.int().min(0).max(100) }))
  .min(1)
  .max(2);
export type Routing = z.output<typeof Routing>;

export type Resolved = MachineRef & {
  definition: number;
  /** The version that was chosen, also when an alias led to it. */
  version: number | undefined;
  alias: string | undefined;
};

export type MachineRefs = ReturnType<typeof createMachineRefs>;

export const machineMissing = (arn: string): AwsError =>
  new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);

const NUMBER = /^\d+$/;

export const createMachineRefs = (arns: Arns, machines: MachineTable) => {
  const version = (arn: string, machine: string, number: number): Resolved => {
    const row = machines.version(machine, number);
    if (row === undefined) throw machineMissing(arn);
    return {
      machine,
      qualifier: String(number),
      definition: row.definition,
      version: number,
      alias: undefined,
    };
  };

  const chosen = (routing: Routing): string => {
    let draw = Math.random() * 100;
    for (const route of routing) {
      draw -= route.weight;
      if (draw < 0) return route.stateMachineVersionArn;
    }
    return routing[0]?.stateMachineVersionArn ?? '';
  };

  const resolve = (arn: string): Resolved => {
    const { machine, qualifier } = arns.readMachine(arn);
    const row = machines.get(machine);
    if (row === undefined) throw machineMissing(arn);
    if (qualifier === undefined) {
      return { machine, qualifier, definition: row.definition, version: undefined, alias: undefined };
    }
    if (NUMBER.test(qualifier)) return version(arn, machine, Number(qualifier));
    const alias = machines.alias(machine, qualifier);
    if (alias === undefined) throw machineMissing(arn);
    const target = arns.readMachine(chosen(Routing.parse(JSON.parse(alias.routing))));
    return { ...version(arn, machine, Number(target.qualifier)), qualifier, alias: qualifier };
  };

  return {
    resolve,
    /** The machine itself, whatever qualifier the ARN carries. */
    machine: (arn: string): MachineRow => {
      const row = machines.get(arns.readMachine(arn).machine);
      if (row === undefined) throw machineMissing(arn);
      return row;
    },
  };
};
