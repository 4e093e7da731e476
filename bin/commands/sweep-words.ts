/** What a sweep or a watch found, in the words of the person who reads it. */
import * as z from 'zod';
import { columns } from './columns.ts';

const Found = z.record(z.string(), z.unknown()).catch({});

/** Of one, and of any other number; what is not here goes by its own name. */
const SAYS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  open: ['promise is open', 'promises are open'],
  late: ['of them should have been told something by now', 'of them should have been told something by now'],
  looked: ['was looked after', 'were looked after'],
  overdue: ['wait is more than ten minutes past its time', 'waits are more than ten minutes past their time'],
  silent: [
    'shop is silent for three times its usual gap',
    'shops are silent for three times their usual gap',
  ],
};

/** For the clock of one machine, and for no person. */
const NOT_FOR_PEOPLE: readonly string[] = ['restsUntil', 'notBefore'];

const rowOf = (name: string, value: unknown): string[] => {
  if (typeof value !== 'number') return [typeof value === 'string' ? value : JSON.stringify(value), name];
  return [String(value), SAYS[name]?.[value === 1 ? 0 : 1] ?? name];
};

export const sweepWords = (found: unknown): string => {
  const rows = Object.entries(Found.parse(found))
    .filter(([name, value]) => !NOT_FOR_PEOPLE.includes(name) && value !== null)
    .map(([name, value]) => rowOf(name, value));
  return rows.length === 0 ? 'It found nothing.' : columns(rows).join('\n');
};
