/** Calls the console's drawing functions, which are plain JavaScript for the browser, and reads the shapes they make. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';

export type Shape = {
  tag: string;
  attributes: Record<string, unknown>;
  children: (Shape | string | number)[];
};

const Shape: z.ZodType<Shape> = z.lazy(() =>
  z.strictObject({
    tag: z.string(),
    attributes: z.record(z.string(), z.unknown()),
    children: z.array(z.union([z.string(), z.number(), Shape])),
  }),
);

const Exports = z.record(z.string(), z.unknown());
const FOLDER = join(import.meta.dirname, '../../../lib/local/console');

/** A function of one of the console's files. */
export const fromConsole = async (file: string, name: string): Promise<(...given: unknown[]) => unknown> => {
  const exported = Exports.parse(await import(/* @vite-ignore */ pathToFileURL(join(FOLDER, file)).href))[
    name
  ];
  if (typeof exported !== 'function') throw new Error(`${file} exports no function ${name}`);
  return (...given) => Reflect.apply(exported, undefined, given);
};

export const shapeOf = (drawn: unknown): Shape => Shape.parse(drawn);

/** Every shape that fits, in the order of the page. */
export const shapesIn = (drawn: Shape | string | number, tag: string, className?: string): Shape[] => {
  if (typeof drawn !== 'object') return [];
  const classes = String(drawn.attributes['class'] ?? '').split(' ');
  const isIt = drawn.tag === tag && (className === undefined || classes.includes(className));
  return [...(isIt ? [drawn] : []), ...drawn.children.flatMap((child) => shapesIn(child, tag, className))];
};

export const textOf = (drawn: Shape | string | number): string =>
  typeof drawn === 'object' ? drawn.children.map(textOf).join('') : String(drawn);
