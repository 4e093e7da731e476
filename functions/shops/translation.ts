import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { PrivacyRequest } from '../core/privacy/request.ts';
import { ShopEvent, type Translation } from '../core/shop-event.ts';

export type EventDraft = z.input<typeof ShopEvent>;

const ShopEvents = z.array(ShopEvent);
const MAX_ISSUES = 3;

export const ignored = (reason: string): Translation => ({ kind: 'ignored', reason });

/** A topic that is none of ours; the name is told only if it looks like one, since it may hold anything. */
export const unconcerned = (what: 'topic' | 'type', name: string): Translation =>
  ignored(/^[\w./-]{1,100}$/.test(name) ? `the ${what} ${name} concerns no sale` : `an unknown ${what}`);

/** Not about an order; whoever wants orders only reads the reason. */
export const privacy = (request: PrivacyRequest): Translation => ({
  kind: 'privacy',
  reason: 'a request about privacy',
  request,
});

export const parked = (reason: string): Translation => ({ kind: 'parked', reason });

/** Names the path and what was expected there, never the value: the reason is shown to staff and logged. */
export const misunderstood = (what: string, error: z.ZodError): Translation => {
  const issues = error.issues
    .slice(0, MAX_ISSUES)
    .map(({ path, message }) => `${path.length === 0 ? 'the body' : path.join('.')}: ${message}`);
  return parked(`${what}: ${issues.join('; ')}`);
};

/** The last check: whatever a shop says, only well-formed events leave this folder. */
export const told = (what: string, drafts: readonly EventDraft[]): Translation => {
  // Through JSON, as they travel: what is undefined is left out.
  const parsed = ShopEvents.safeParse(JSON.parse(JSON.stringify(drafts)));
  return parsed.success ? { kind: 'events', events: parsed.data } : misunderstood(what, parsed.error);
};

/** A dedupe key of at most 300 characters; long parts are hashed. */
export const eventIdOf = (...parts: readonly string[]): string => {
  const key = parts.join(':');
  return key.length <= 300 ? key : createHash('sha256').update(key).digest('hex');
};

/** Tells one content from another, for shops that number nothing. */
export const fingerprint = (content: unknown): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 16);
