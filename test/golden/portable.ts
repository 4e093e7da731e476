/**
 * Machines as text that no stack owns: `${wait-for-day}` stands for the alias of that function, `${AWS::Region}` for what
 * every stack has. Released ones are kept like this, and put into today's template again.
 */
import * as z from 'zod';

const Resource = z.looseObject({ Type: z.string(), Properties: z.looseObject({}).default({}) });
export const Template = z.looseObject({ Resources: z.record(z.string(), Resource) });
export type Template = z.output<typeof Template>;

export const MACHINES = ['FollowUp', 'Promise'] as const;
export type MachineName = (typeof MACHINES)[number];

const Ref = z.strictObject({ Ref: z.string() });
const Join = z.strictObject({ 'Fn::Join': z.tuple([z.literal(''), z.array(z.union([z.string(), Ref]))]) });
const Described = z.looseObject({ Description: z.string() });
const AliasOf = z.looseObject({ FunctionName: Ref });
const Named = z.looseObject({ StateMachineName: z.string(), DefinitionString: Join });

const FOLDER = /^Aftercare: functions\/([a-z-]+)$/;
const PSEUDO = /^AWS::/;

/** Logical id of each function's alias by the function's folder. */
const aliases = ({ Resources }: Template): Map<string, string> =>
  new Map(
    Object.entries(Resources)
      .filter(([, { Type }]) => Type === 'AWS::Lambda::Alias')
      .map(([id, { Properties }]) => {
        const fn = Resources[AliasOf.parse(Properties).FunctionName.Ref];
        const [, folder] = FOLDER.exec(Described.parse(fn?.Properties).Description) ?? [];
        if (folder === undefined)
          throw new Error(`The function of the alias ${id} does not say where it comes from`);
        return [folder, id] as const;
      }),
  );

const machineOf = ({ Resources }: Template, name: MachineName): z.output<typeof Resource> => {
  const found = Object.values(Resources).find(
    ({ Type, Properties }) =>
      Type === 'AWS::StepFunctions::StateMachine' &&
      String(Properties['StateMachineName']).endsWith(`-${name}`),
  );
  if (found === undefined) throw new Error(`The template has no machine ${name}`);
  return found;
};

/** The machine of a template, readable and without ids of the stack. */
export const portable = (template: Template, name: MachineName): unknown => {
  const folders = new Map([...aliases(template)].map(([folder, id]) => [id, folder]));
  const { DefinitionString } = Named.parse(machineOf(template, name).Properties);
  const text = DefinitionString['Fn::Join'][1].map((part) => {
    if (typeof part === 'string') return part;
    const stands = PSEUDO.test(part.Ref) ? part.Ref : folders.get(part.Ref);
    if (stands === undefined)
      throw new Error(`The machine ${name} refers to ${part.Ref}, which is no function`);
    return `\${${stands}}`;
  });
  return JSON.parse(text.join(''));
};

const HOLE = /\$\{([A-Za-z:-]+)\}/;

/** Today's template with this definition of the machine. @throws when today has no such function */
export const withDefinition = (template: Template, name: MachineName, definition: unknown): Template => {
  const ids = aliases(template);
  const parts = JSON.stringify(definition)
    .split(HOLE)
    .map((text, at) => {
      if (at % 2 === 0) return text;
      const id = PSEUDO.test(text) ? text : ids.get(text);
      if (id === undefined) throw new Error(`A released ${name} calls functions/${text}, which is gone`);
      return { Ref: id };
    });
  const copy = structuredClone(template);
  const machine = machineOf(copy, name);
  machine.Properties = { ...machine.Properties, DefinitionString: { 'Fn::Join': ['', parts] } };
  return copy;
};
