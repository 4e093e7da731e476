/** SQS in the Query protocol: the same calls as in JSON, with lists and maps flattened and named in the singular. */
import * as z from 'zod';
import { AwsError } from './aws-error.ts';
import type { XmlContent } from './xml.ts';

const Pairs = z.array(z.object({ Name: z.string(), Value: z.unknown() }));
const Fields = z.record(z.string(), z.unknown());

const LIST_INPUTS: Readonly<Record<string, string>> = {
  AttributeName: 'AttributeNames',
  MessageAttributeName: 'MessageAttributeNames',
  MessageSystemAttributeName: 'MessageSystemAttributeNames',
};

const MAP_INPUTS: Readonly<Record<string, string>> = {
  Attribute: 'Attributes',
  MessageAttribute: 'MessageAttributes',
};

const MAP_OUTPUTS: Readonly<Record<string, string>> = {
  Attributes: 'Attribute',
  MessageAttributes: 'MessageAttribute',
};

export const fromSqsForm = (form: unknown, action: string): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(readAs(Fields, form)).map(([name, value]) => fromField(name, value, action)),
  );

const readAs = <T>(schema: z.ZodType<T>, value: unknown): T => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new AwsError('MalformedQueryString', 'A list in the form is not numbered and named as SQS does it.');
};

const fromField = (name: string, value: unknown, action: string): [string, unknown] => {
  const list = LIST_INPUTS[name];
  if (list !== undefined) return [list, value];
  const map = MAP_INPUTS[name];
  if (map !== undefined) return [map, fromPairs(value)];
  if (name !== `${action}RequestEntry`) return [name, value];
  return ['Entries', readAs(z.array(z.unknown()), value).map((entry) => fromSqsForm(entry, action))];
};

const fromPairs = (value: unknown): Record<string, unknown> =>
  Object.fromEntries(readAs(Pairs, value).map(({ Name, Value }) => [Name, Value]));

export const toSqsXml = (answer: unknown, action: string): XmlContent =>
  Object.entries(Fields.parse(answer ?? {})).flatMap(([name, value]) => toElements(name, value, action));

const toElements = (name: string, value: unknown, action: string): [string, XmlContent][] => {
  const map = MAP_OUTPUTS[name];
  if (map !== undefined) {
    return Object.entries(Fields.parse(value)).map(([Name, Value]) => [
      map,
      toSqsXml({ Name, Value }, action),
    ]);
  }
  if (Array.isArray(value)) return value.map((one) => [singular(name, action), toContent(one, action)]);
  return [[name, toContent(value, action)]];
};

const singular = (name: string, action: string): string => {
  if (name === 'Successful') return `${action}ResultEntry`;
  if (name === 'Failed') return 'BatchResultErrorEntry';
  return name.replace(/s$/, '');
};

const toContent = (value: unknown, action: string): XmlContent =>
  typeof value === 'object' && value !== null ? toSqsXml(value, action) : String(value);
