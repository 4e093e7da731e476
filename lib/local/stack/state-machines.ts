import * as z from 'zod';
import type { ResourceReader } from './properties.ts';

const Properties = z.object({
  DefinitionString: z.string('the definition must be in the template, not in S3 (DefinitionS3Location)'),
  DefinitionSubstitutions: z.record(z.string(), z.coerce.string()).default({}),
  StateMachineType: z
    .literal('STANDARD', 'express workflows are not durable and not played here')
    .default('STANDARD'),
});
const Alias = z.object({ Name: z.string() });

export type StateMachine = {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** Amazon States Language as JSON text. */
  readonly definition: string;
  /** Whether the template publishes a version of it. */
  readonly isVersioned: boolean;
  /** Names of its aliases; each follows the newest version. */
  readonly aliases: readonly string[];
};

const substitute = (definition: string, values: Readonly<Record<string, string>>) =>
  definition.replace(/\$\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);

export const readStateMachines = (reader: ResourceReader): StateMachine[] => {
  const { names } = reader;
  const versions = reader.idsOf('AWS::StepFunctions::StateMachineVersion').map(names.machineArn);
  const aliases = reader
    .idsOf('AWS::StepFunctions::StateMachineAlias')
    .map((id) => ({ name: reader.read(id, Alias).Name, machineArn: names.machineArn(id) }));

  return reader.idsOf('AWS::StepFunctions::StateMachine').map((logicalId) => {
    const properties = reader.read(logicalId, Properties);
    const arn = names.arn(logicalId);
    return {
      logicalId,
      name: names.name(logicalId),
      arn,
      definition: substitute(properties.DefinitionString, properties.DefinitionSubstitutions),
      isVersioned: versions.includes(arn),
      aliases: aliases.filter((alias) => alias.machineArn === arn).map(({ name }) => name),
    };
  });
};
