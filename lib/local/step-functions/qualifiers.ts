/** By which version or alias an execution was started, told as AWS tells it. */
import type { Arns } from './arn.ts';
import type { Execution } from './execution.ts';
import type { ExecutionFilter } from './execution-table.ts';
import type { MachineRefs } from './machine-refs.ts';
import type { MachineTable } from './machine-table.ts';

const NUMBER = /^\d+$/;

type Parts = { arns: Arns; machines: MachineTable; refs: MachineRefs };

export const createQualifiers = ({ arns, machines, refs }: Parts) => ({
  /** Through an alias: that and the version it led to; without a qualifier: neither, whatever was published. */
  startedThrough: ({ machine, qualifier, definition }: Execution) => {
    if (qualifier === null) return {};
    const arn = arns.machine(machine, qualifier);
    if (NUMBER.test(qualifier)) return { stateMachineVersionArn: arn };
    const version = machines.versionOf(machine, definition);
    return {
      stateMachineAliasArn: arn,
      ...(version === undefined ? {} : { stateMachineVersionArn: arns.machine(machine, version) }),
    };
  },
  /** Those of a machine, or of one version or alias of it. */
  startedBy: (arn: string): ExecutionFilter => {
    const { machine, qualifier, definition } = refs.resolve(arn);
    if (qualifier === undefined) return { machine };
    return NUMBER.test(qualifier) ? { machine, published: definition } : { machine, alias: qualifier };
  },
});
