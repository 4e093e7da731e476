/** Reads resources of a template: intrinsic functions resolved, properties checked by a schema. */
import * as z from 'zod';
import { createResolver } from './intrinsics.ts';
import { type Place, pseudoParameters } from './place.ts';
import { createReferences, type Names } from './references.ts';
import { StackError } from './stack-error.ts';
import type { Template } from './template.ts';

export type ResourceReader = {
  readonly place: Place;
  readonly names: Names;
  /** Logical ids of a type, in template order, leaving out those whose condition does not hold. */
  idsOf(...types: readonly string[]): string[];
  /**
   * The properties that the schema names, and no others, resolved and checked.
   * @throws StackError naming the resource and the property.
   */
  read<S extends z.ZodObject>(logicalId: string, schema: S): z.output<S>;
  /** The same, refusing by name whatever else the resource has: a property left out would be played wrongly. */
  readWhole<S extends z.ZodObject>(logicalId: string, schema: S): z.output<S>;
  refuse(logicalId: string, reason: string): never;
};

export const createResourceReader = (template: Template, place: Place): ResourceReader => {
  const names: Names = createReferences(template, place, (logicalId, property) =>
    resolveProperty(logicalId, property, z.string().optional()),
  );

  /** CDK spells an HTTP API's URL out from its id; here the API answers elsewhere. */
  const atHome = (text: string) =>
    idsOf('AWS::ApiGatewayV2::Api').reduce(
      (url, id) =>
        url.replaceAll(
          `https://${names.name(id)}.execute-api.${place.region}.amazonaws.com`,
          place.publicUrl,
        ),
      text,
    );

  const resolver = createResolver(template, pseudoParameters(place), {
    ref: (logicalId) => names.ref(logicalId),
    attribute: (logicalId, name) => names.attribute(logicalId, name),
    rewrite: (text) => (text.includes('.execute-api.') ? atHome(text) : text),
  });

  const idsOf = (...types: readonly string[]) =>
    Object.entries(template.Resources)
      .filter(([, { Type, Condition }]) => types.includes(Type) && resolver.holds(Condition))
      .map(([logicalId]) => logicalId);

  const resolveProperty = <S extends z.ZodType>(logicalId: string, property: string, schema: S) => {
    const value = template.Resources[logicalId]?.Properties[property];
    const path = [logicalId, 'Properties', property];
    const parsed = schema.safeParse(value === undefined ? undefined : resolver.resolve(value, path));
    if (parsed.success) return parsed.data;
    throw new StackError(`${path.join('.')}: ${z.prettifyError(parsed.error)}`);
  };

  const propertiesOf = (logicalId: string) => template.Resources[logicalId]?.Properties ?? {};

  const refuse = (logicalId: string, reason: string): never => {
    throw new StackError(`${logicalId} (${template.Resources[logicalId]?.Type}) cannot be played: ${reason}`);
  };

  const read = <S extends z.ZodObject>(logicalId: string, schema: S): z.output<S> => {
    const properties = propertiesOf(logicalId);
    const resolved = Object.keys(schema.shape)
      .filter((property) => property in properties)
      .map((property) => [
        property,
        resolver.resolve(properties[property], [logicalId, 'Properties', property]),
      ]);
    const parsed = schema.safeParse(Object.fromEntries(resolved));
    if (parsed.success) return parsed.data;
    const type = template.Resources[logicalId]?.Type;
    throw new StackError(`${logicalId} (${type}) cannot be played:\n${z.prettifyError(parsed.error)}`);
  };

  return {
    place,
    names,
    idsOf,
    read,
    readWhole: (logicalId, schema) => {
      const unknown = Object.keys(propertiesOf(logicalId)).filter((property) => !(property in schema.shape));
      if (unknown.length > 0) refuse(logicalId, `one machine does not know its ${unknown.join(', ')}.`);
      return read(logicalId, schema);
    },
    refuse,
  };
};
