/** The input of a command as JSON text, and the output from it: what the SDK's serializers do, for the operations known here. */
import type { DirectService } from '../aws/question.ts';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isBytes = (value: unknown): value is Uint8Array => value instanceof Uint8Array;

const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');

/** The same with every Uint8Array as base64. */
const withText = (value: unknown): unknown => {
  if (isBytes(value)) return base64(value);
  if (Array.isArray(value)) return value.map(withText);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withText(one)]));
};

/** What bytes of an attribute become when JSON writes them as it writes any object. */
const HAS_BYTES = /"BS?":\[?\{/;

const attributesText = (input: object): string => {
  const text = JSON.stringify(input);
  return HAS_BYTES.test(text) ? JSON.stringify(withText(input)) : text;
};

const INPUTS: Readonly<Record<DirectService, (input: object) => string>> = {
  dynamodb: attributesText,
  states: JSON.stringify,
  sqs: (input) => JSON.stringify(withText(input)),
  secretsManager: JSON.stringify,
  ses: (input) => JSON.stringify(withText(input)),
};

export const inputText = (service: DirectService, input: object): string => INPUTS[service](input);

/** Bytes of an attribute, as DynamoDB's JSON has them. */
const HAS_BASE64 = /"B":"|"BS":\[/;

const bytesOf = (text: unknown): unknown =>
  typeof text === 'string' ? Uint8Array.from(Buffer.from(text, 'base64')) : text;

/** An attribute's value has one type letter and nothing beside it. */
const withBytes = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withBytes);
  if (!isRecord(value)) return value;
  const { B, BS } = value;
  const isAlone = Object.keys(value).length === 1;
  if (isAlone && typeof B === 'string') return { B: bytesOf(B) };
  if (isAlone && Array.isArray(BS)) return { BS: BS.map(bytesOf) };
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withBytes(one)]));
};

/** Instants are seconds in JSON, and dates to whoever reads them. */
const DATES = ['startDate', 'stopDate', 'redriveDate', 'CreatedDate'] as const;

const withDates = (output: Record<string, unknown>): Record<string, unknown> => {
  for (const name of DATES) {
    const seconds = output[name];
    if (typeof seconds === 'number') output[name] = new Date(Math.round(seconds * 1000));
  }
  return output;
};

const OUTPUTS: Readonly<Record<DirectService, (parsed: unknown, text: string) => unknown>> = {
  dynamodb: (parsed, text) => (HAS_BASE64.test(text) ? withBytes(parsed) : parsed),
  states: (parsed) => (isRecord(parsed) ? withDates(parsed) : parsed),
  sqs: (parsed) => parsed,
  secretsManager: (parsed) => (isRecord(parsed) ? withDates(parsed) : parsed),
  ses: (parsed) => parsed,
};

export const outputOf = (service: DirectService, text: string): object => {
  const output = OUTPUTS[service](JSON.parse(text), text);
  return isRecord(output) ? output : {};
};
