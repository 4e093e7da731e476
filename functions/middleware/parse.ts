import type { MiddlewareObj } from '@middy/core';
import type * as z from 'zod';
import { BadInput } from '../core/errors.ts';

/** Checks the event against what every released version of its sender writes. Names paths, never values. */
export const parse = <S extends z.ZodType>(schema: S): MiddlewareObj<z.output<S>> => ({
  before: (request) => {
    const result = schema.safeParse(request.event);
    if (!result.success) {
      const mistakes = result.error.issues.map(
        (issue) => `${issue.path.join('.') || '(the event)'}: ${issue.message}`,
      );
      throw new BadInput(`The event is not what this function takes: ${mistakes.join('; ')}`);
    }
    request.event = result.data;
  },
});
