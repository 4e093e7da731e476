/** Somebody wants to know what is kept about them: the head of the business owes them the answer. */
import { addDelay } from '../calendar.ts';
import type { Configuration } from '../configuration.ts';
import type { Instant } from '../ids.ts';
import { staffOpening } from '../openings.ts';
import type { PromiseDraft } from '../promises/new-promise.ts';
import type { Sale } from '../sale.ts';
import { nextUp } from '../staff.ts';

/** The law gives 30 days, and Shopify says so; a promise that is kept in a week needs no reminder of the law. */
const WORKING_DAYS = 5;

export const dataRequestDraft = (
  config: Configuration,
  sale: Sale,
  words: string,
  request: string,
  now: Instant,
): PromiseDraft => ({
  kind: 'answer',
  because: 'data-request',
  by: 'shop',
  owner: nextUp(config, 1, sale.record.owner, sale.id, now).member.id,
  due: addDelay(now, { businessDays: WORKING_DAYS }, staffOpening(config)),
  words,
  request,
});
