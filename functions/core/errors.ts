/** Names shared with the state machines' Catch and Retry: a test checks that no other name is used there. */

/** Signals: why a waiting state is left early. They are sent with SendTaskFailure, so a catcher can name them. */
export const SIGNALS = [
  /** The customer is unhappy or asks for something. */
  'CustomerNeedsHelp',
  /** The conversation is over; only the day of the review ask is still to come. */
  'ReviewLater',
  /** There is no way to write to this customer; a person must ring. */
  'CannotWrite',
  /** The instant waited for has moved. */
  'Rescheduled',
  /** Refunded, cancelled or told to stop: nothing more is asked. */
  'SaleClosed',
  /** The customer said "not yet". */
  'NotYet',
  /** The customer closed the promise in another way. */
  'PromiseClosed',
  /** To be waited for by the newest version of the machine: the cause is a `Move`, not a plan. */
  'MoveOn',
] as const;
export type SignalName = (typeof SIGNALS)[number];

/** Another run may be sending this very mail right now: try again when it must have ended. */
export class SendInFlight extends Error {
  override name = 'SendInFlight' as const;
}

/** The mail service took nothing and asks us to slow down. */
export class MailThrottled extends Error {
  override name = 'MailThrottled' as const;
}

/** The customer said "not yet" in the very second the wait for them ended. */
export class NotYet extends Error {
  override name = 'NotYet' as const;
}

/** The review ask must wait; the message is the new plan as JSON. */
export class ReviewLater extends Error {
  override name = 'ReviewLater' as const;
}

/** Errors a state may retry. */
export const RETRYABLE = ['SendInFlight', 'MailThrottled'] as const;

/** The input of a handler is not what any released version sends. */
export class BadInput extends Error {
  override name = 'BadInput' as const;
}

/** Too many writers at once; trying again helps. */
export class Busy extends Error {
  override name = 'Busy' as const;
}

/** A stored item is not what we write; the message names keys, never values. */
export class BrokenItem extends Error {
  override name = 'BrokenItem' as const;
}
