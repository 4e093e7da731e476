import { Logger } from '@aws-lambda-powertools/logger';
import type { MiddlewareObj } from '@middy/core';

const logger = new Logger({ serviceName: 'aftercare' });

/** Ids and results of one run; never names, addresses, words or tokens. */
export type Noted = Record<string, string | number | boolean | undefined>;

/** One line per run: what `note` picks of the event and the result, or the error's name and message. */
export const logLine = <Event, Result>(
  note: (event: Event, result: Result | undefined) => Noted,
): MiddlewareObj<Event, Result> => ({
  after: ({ event, response }) => {
    logger.info('done', note(event, response ?? undefined));
  },
  onError: ({ event, error }) => {
    logger.error('failed', {
      ...note(event, undefined),
      error: error?.name ?? 'Error',
      because: error?.message ?? '',
    });
  },
});

/** For handlers that do several things in one run. */
export const noteEvent = (what: string, noted: Noted): void => {
  logger.info(what, noted);
};

/** Trouble that was survived: an alarm counts these lines. */
export const logTrouble = (what: string, sale: string, error: unknown): void => {
  logger.error(what, { sale, error: error instanceof Error ? error.name : 'unknown' });
};
