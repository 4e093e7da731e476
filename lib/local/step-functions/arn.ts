import { AwsError } from './errors.ts';

/** Builds and reads the ARNs of one account and region. */
export type Arns = ReturnType<typeof createArns>;

/** A state machine, or one version or alias of it. */
export type MachineRef = { machine: string; qualifier: string | undefined };
export type ExecutionRef = { machine: string; name: string };

const MACHINE = /^arn:[^:]+:states:[^:]*:[^:]*:stateMachine:([^:]+)(?::([^:]+))?$/;
const EXECUTION = /^arn:[^:]+:states:[^:]*:[^:]*:execution:([^:]+):([^:]+)$/;

const invalid = (arn: string) => new AwsError('InvalidArn', `Invalid Arn: '${arn}'`);

export const createArns = (region: string, accountId: string) => {
  const prefix = `arn:aws:states:${region}:${accountId}`;
  return {
    machine: (machine: string, qualifier?: string | number) =>
      `${prefix}:stateMachine:${machine}${qualifier === undefined ? '' : `:${qualifier}`}`,
    execution: (machine: string, name: string) => `${prefix}:execution:${machine}:${name}`,
    /** Tasks may name a function by its bare name, as on AWS. */
    lambda: (name: string, qualifier?: string) => {
      const arn = name.startsWith('arn:') ? name : `arn:aws:lambda:${region}:${accountId}:function:${name}`;
      return qualifier === undefined ? arn : `${arn}:${qualifier}`;
    },
    readMachine: (arn: string): MachineRef => {
      const [, machine, qualifier] = MACHINE.exec(arn) ?? [];
      if (machine === undefined) throw invalid(arn);
      return { machine, qualifier };
    },
    readExecution: (arn: string): ExecutionRef => {
      const [, machine, name] = EXECUTION.exec(arn) ?? [];
      if (machine === undefined || name === undefined) throw invalid(arn);
      return { machine, name };
    },
  };
};
