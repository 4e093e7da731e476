import * as z from 'zod';

/** 0 = rep, 1 = manager, 2 = head of the business. */
export const Level = z.literal([0, 1, 2]);
export type Level = z.output<typeof Level>;
