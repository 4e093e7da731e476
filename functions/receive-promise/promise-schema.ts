import * as z from 'zod';
import { PromiseRequest } from './promise-request.ts';

/** The published JSON Schema (2020-12) of what another system may ask. */
export const promiseRequestSchema = (): Record<string, unknown> => {
  const schema = z.toJSONSchema(PromiseRequest, {
    io: 'input',
    override: ({ jsonSchema }) => {
      // The format says it; zod's pattern for it fills three lines each time.
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  return { ...schema };
};
