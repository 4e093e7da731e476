/** One line of a log as the fields that a query sees. */
import type { LogLine } from './board.ts';

export type Cell = string | number | null;

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The line as JSON, or the JSON that it ends with, as Logs Insights discovers it in what Lambda writes. */
const jsonOf = (text: string): unknown => {
  const start = text.indexOf('{');
  return start === -1 ? undefined : parsed(start === 0 ? text : text.slice(start));
};

const child = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null
    ? Object.getOwnPropertyDescriptor(value, key)?.value
    : undefined;

/** A dot leads into an object or a list, unless the name itself has it. */
const lookUp = (json: unknown, field: string): unknown =>
  child(json, field) ?? field.split('.').reduce(child, json);

export const eventOf = ({ group, at, text }: LogLine) => {
  const json = jsonOf(text);
  return (field: string): unknown => {
    if (field === '@timestamp') return at;
    if (field === '@message') return text;
    return field === '@log' ? group : lookUp(json, field);
  };
};

export const cellOf = (value: unknown): Cell => {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number' || typeof value === 'string') return value;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

/** A number, or a text that is one; null for anything else. */
export const numberOf = (value: unknown): number | null => {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.trim() === '') return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
};
