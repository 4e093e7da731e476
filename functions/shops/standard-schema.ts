import * as z from 'zod';
import { StandardEvent } from './standard-event.ts';

/** The published JSON Schema (2020-12) of what a shop may send; a whole number too big for a double may still be an id. */
export const orderEventSchema = (): Record<string, unknown> => {
  const schema = z.toJSONSchema(StandardEvent, {
    io: 'input',
    override: ({ jsonSchema }) => {
      // The format says it; zod's pattern for it fills three lines each time.
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  return { ...schema };
};
