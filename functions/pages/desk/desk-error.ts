import type { WordKey } from '../words.ts';

/** What is wrong, and with which field: the summary on top leads there. */
export type DeskError = { field: string; message: WordKey };
