/** Reads the template the way a person would: `<wait-for-day:live>` instead of references to generated ids. */
import * as z from 'zod';
import type { Resource, Template } from '../fixtures/synthesized.ts';

const PSEUDO = new Map([
  ['AWS::Partition', 'aws'],
  ['AWS::Region', '<region>'],
  ['AWS::AccountId', '<account>'],
  ['AWS::URLSuffix', 'amazonaws.com'],
]);

const Ref = z.strictObject({ Ref: z.string() });
const GetAtt = z.strictObject({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) });
const Join = z.strictObject({ 'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]) });
const Cut = z.strictObject({
  'Fn::Select': z.tuple([z.number(), z.strictObject({ 'Fn::Split': z.tuple([z.string(), z.unknown()]) })]),
});

const FolderName = z.string().regex(/^Aftercare: functions\//);
const AliasOf = z.object({ FunctionName: Ref, Name: z.string() });

export type ReadTemplate = {
  /** Logical id and resource, of one type. */
  of(type: string): [id: string, resource: Resource][];
  /** What a reference stands for; generated ids lose their hash. */
  nameOf(id: string): string;
  /** The value with every reference, join and cut replaced by text. */
  plain(value: unknown): unknown;
  /** The same, parsed; throws when it is not of that shape. */
  read<S extends z.ZodType>(schema: S, value: unknown): z.output<S>;
};

export const readTemplate = ({ Resources }: Template): ReadTemplate => {
  const nameOf = (id: string): string => {
    const resource = Resources[id];
    if (resource?.Type === 'AWS::Lambda::Function')
      return FolderName.parse(resource.Properties['Description']).replace(/^.*\//, '');
    if (resource?.Type === 'AWS::Lambda::Alias') {
      const { FunctionName, Name } = AliasOf.parse(resource.Properties);
      return `${nameOf(FunctionName.Ref)}:${Name}`;
    }
    return id.replace(/[0-9A-F]{8}$/, '');
  };

  const reference = (id: string, attribute?: string): string => {
    const isItself = attribute === undefined || attribute === 'Arn' || attribute === 'Ref';
    return PSEUDO.get(id) ?? `<${nameOf(id)}${isItself ? '' : `.${attribute}`}>`;
  };

  const plain = (value: unknown): unknown => {
    const ref = Ref.safeParse(value);
    if (ref.success) return reference(ref.data.Ref);
    const got = GetAtt.safeParse(value);
    if (got.success) return reference(...got.data['Fn::GetAtt']);
    const joined = Join.safeParse(value);
    if (joined.success) return joined.data['Fn::Join'][1].map(plain).join(joined.data['Fn::Join'][0]);
    /* A part cut out of an ARN names the same thing. */
    const cut = Cut.safeParse(value);
    if (cut.success) return String(plain(cut.data['Fn::Select'][1]['Fn::Split'][1])).replace(/:live>$/, '>');
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]));
    return value;
  };

  return {
    of: (type) => Object.entries(Resources).filter(([, resource]) => resource.Type === type),
    nameOf,
    plain,
    read: (schema, value) => schema.parse(plain(value)),
  };
};
