/** Every resource by the id that Ref gives, which is the physical id that CloudFormation lists on AWS. */
import type { ResourceReader } from './properties.ts';
import { StackError } from './stack-error.ts';
import type { Template } from './template.ts';

export type Part = { readonly logicalId: string; readonly type: string; readonly id: string };

/** A version of a state machine has no number before it is published, and nothing here goes by it. */
const idOf = ({ names }: ResourceReader, logicalId: string): string | undefined => {
  try {
    return names.ref(logicalId);
  } catch (error) {
    if (error instanceof StackError) return undefined;
    throw error;
  }
};

export const readParts = (reader: ResourceReader, resources: Template['Resources']): Part[] => {
  const types = [...new Set(Object.values(resources).map(({ Type }) => Type))];
  return reader.idsOf(...types).flatMap((logicalId) => {
    const type = resources[logicalId]?.Type;
    const id = idOf(reader, logicalId);
    return type === undefined || id === undefined ? [] : [{ logicalId, type, id }];
  });
};
