import { LogFormatter, Logger, LogItem } from '@aws-lambda-powertools/logger';
import type { LogAttributes, UnformattedAttributes } from '@aws-lambda-powertools/logger/types';
import type { MiddlewareObj } from '@middy/core';
import type { Instant } from '../core/ids.ts';
import { tellsOfAccess } from '../core/operations/access.ts';
import { timeOf } from './event-time.ts';
import { measure } from './measure.ts';

/** What Powertools says besides is the same in every line, and each line is paid for. */
class ShortLines extends LogFormatter {
  override formatAttributes(
    { logLevel, message, timestamp }: UnformattedAttributes,
    more: LogAttributes,
  ): LogItem {
    const attributes = { level: logLevel, message, timestamp: this.formatTimestamp(timestamp) };
    return new LogItem({ attributes }).addAttributes(more);
  }
}

const logger = new Logger({ serviceName: 'aftercare', logFormatter: new ShortLines() });

/** Ids and results of one run; never names, addresses, words or tokens. */
export type Noted = Record<string, string | number | boolean | undefined>;

/** A permission or a key that is missing fails the same way everywhere, so one alarm rings for all. */
const countAccess = (error: unknown, now: Instant | undefined): void => {
  if (now === undefined || !(error instanceof Error) || !tellsOfAccess(error.name)) return;
  measure(now, { values: { AccessDenied: 1 }, details: { why: error.name } });
};

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
    countAccess(error, timeOf(event));
  },
});

/** For handlers that do several things in one run. */
export const noteEvent = (what: string, noted: Noted): void => {
  logger.info(what, noted);
};

/** Trouble that was survived; `now` is the time of the event it came with. */
export const logTrouble = (what: string, sale: string, error: unknown, now?: Instant): void => {
  logger.error(what, { sale, error: error instanceof Error ? error.name : 'unknown' });
  countAccess(error, now);
};
