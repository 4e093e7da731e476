import * as z from 'zod';

export const Json = z.json();
export type Json = z.output<typeof Json>;

/** Largest input, output or result, in UTF-8 bytes. */
const PAYLOAD_LIMIT = 262_144;

export const parseJson = (text: string): Json => JSON.parse(text);

export const isJsonText = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** False for what no JSON text can carry: functions, NaN, infinity, undefined inside a list. */
export const isJson = (value: unknown): value is Json => {
  if (value === null) return true;
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value);
    case 'object':
      if (Array.isArray(value)) return value.every(isJson);
      if ('_jsonata_lambda' in value || '_jsonata_function' in value) return false;
      return Object.values(value).every(isJson);
    default:
      return false;
  }
};

export const jsonType = (value: Json): string => {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
};

export const isTooLarge = (text: string): boolean =>
  text.length > PAYLOAD_LIMIT / 3 && Buffer.byteLength(text) > PAYLOAD_LIMIT;
