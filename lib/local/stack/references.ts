/** Physical names and the values of Ref and Fn::GetAtt, for the resources of one template. */
import * as z from 'zod';
import type { References } from './intrinsics.ts';
import { KINDS, type Kind, OTHER_KIND } from './kinds.ts';
import { arnOf, type Place } from './place.ts';
import { StackError } from './stack-error.ts';
import type { Template } from './template.ts';

/** The version number of every Lambda version: one machine has only the code in front of it. */
export const ONLY_VERSION = '1';

/** The longest name that Lambda takes; others take more. */
const LONGEST_NAME = 64;

export type Names = References & {
  name(logicalId: string): string;
  arn(logicalId: string): string;
  /** The ARN of the machine that a StateMachineVersion or StateMachineAlias belongs to. */
  machineArn(logicalId: string): string;
};

/** A property's resolved text, undefined when the resource does not have it. */
export type PropertyText = (logicalId: string, property: string) => string | undefined;

const VersionRef = z.union([
  z.object({ Ref: z.string() }).transform(({ Ref }) => Ref),
  z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) }).transform((it) => it['Fn::GetAtt'][0]),
]);
const Versioned = z.object({ StateMachineVersionArn: VersionRef });
const MachineAlias = z.union([
  z
    .object({ RoutingConfiguration: z.tuple([Versioned]) })
    .transform((it) => it.RoutingConfiguration[0].StateMachineVersionArn),
  z
    .object({ DeploymentPreference: Versioned })
    .transform((it) => it.DeploymentPreference.StateMachineVersionArn),
]);

/** Lambda properties take a name or an ARN. */
const functionArn = (nameOrArn: string, place: Place) =>
  nameOrArn.startsWith('arn:') ? nameOrArn : arnOf('lambda', 'function:')(nameOrArn, place);

export const createReferences = (template: Template, place: Place, text: PropertyText): Names => {
  const typeOf = (logicalId: string) => template.Resources[logicalId]?.Type;
  const kindOf = (logicalId: string): Kind => KINDS[typeOf(logicalId) ?? ''] ?? OTHER_KIND;

  const need = (logicalId: string, property: string) => {
    const found = text(logicalId, property);
    if (found === undefined) throw new StackError(`${logicalId}.Properties.${property} is missing.`);
    return found;
  };

  const name = (logicalId: string) => {
    const { nameProperty } = kindOf(logicalId);
    const given = nameProperty === undefined ? undefined : text(logicalId, nameProperty);
    return given ?? `${place.stackName}-${logicalId}`.slice(-LONGEST_NAME);
  };
  const arn = (logicalId: string) => kindOf(logicalId).arn(name(logicalId), place);
  const identity = (logicalId: string) => ({ name: name(logicalId), arn: arn(logicalId), place });

  /** The version itself has no number before it is published, so an alias is followed by logical ids. */
  const machineArn = (logicalId: string): string => {
    if (typeOf(logicalId) === 'AWS::StepFunctions::StateMachineVersion')
      return need(logicalId, 'StateMachineArn');
    const version = MachineAlias.safeParse(template.Resources[logicalId]?.Properties);
    if (version.success) return need(version.data, 'StateMachineArn');
    throw new StackError(`${logicalId}: one machine plays an alias of exactly one version in this template.`);
  };

  /** Versions and aliases go by the ARN of what they belong to, with a qualifier. */
  const qualified = (logicalId: string): string | undefined => {
    switch (typeOf(logicalId)) {
      case 'AWS::Lambda::Version':
        return `${functionArn(need(logicalId, 'FunctionName'), place)}:${ONLY_VERSION}`;
      case 'AWS::Lambda::Alias':
        return `${functionArn(need(logicalId, 'FunctionName'), place)}:${need(logicalId, 'Name')}`;
      case 'AWS::StepFunctions::StateMachineAlias':
        return `${machineArn(logicalId)}:${need(logicalId, 'Name')}`;
      case 'AWS::StepFunctions::StateMachineVersion':
        throw new StackError(
          `A version of a state machine (${logicalId}) has no number before it is published: use the machine or an alias.`,
        );
      default:
        return undefined;
    }
  };

  const versionAttribute = (logicalId: string, attribute: string) => {
    const arnOfVersion = qualified(logicalId);
    if (arnOfVersion === undefined) return undefined;
    switch (attribute) {
      case 'Arn':
      case 'AliasArn':
      case 'FunctionArn':
        return arnOfVersion;
      case 'Version':
        return ONLY_VERSION;
      default:
        return undefined;
    }
  };

  return {
    name,
    arn,
    machineArn,
    ref: (logicalId) => {
      if (typeOf(logicalId) === undefined) return undefined;
      const { ref } = kindOf(logicalId);
      return qualified(logicalId) ?? (ref === undefined ? name(logicalId) : ref(identity(logicalId)));
    },
    attribute: (logicalId, attribute) => {
      if (typeOf(logicalId) === undefined) return undefined;
      if (qualified(logicalId) !== undefined) return versionAttribute(logicalId, attribute);
      const own = kindOf(logicalId).attributes?.[attribute];
      if (own !== undefined) return own(identity(logicalId));
      return attribute === 'Arn' ? arn(logicalId) : undefined;
    },
  };
};
