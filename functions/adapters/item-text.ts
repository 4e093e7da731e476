import * as z from 'zod';

/** An attribute that holds its value as JSON text. */
export const asText = <S extends z.ZodType>(schema: S) =>
  z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(schema);
