/** Looks into what came out of a bundle. Not by a schema: a thread that begins would wait for zod more than for all of this. */
export const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
