/** What the customer hears of a promise: that it was made, that it may break, that it broke, that it changed. */
import type { OwedPromise } from '../core/promises/promise.ts';
import { promiseEntries } from '../core/promises/tidings.ts';
import type { Sale } from '../core/sale.ts';
import { writeLetter } from './compose.ts';
import type { Letter } from './deliver.ts';
import {
  aboutPromise,
  managerOf,
  nameOf,
  type PromiseGiven,
  promiseEnvelope,
  whenFor,
} from './promise-letter.ts';
import { cancellation } from './visit-calendar.ts';

type Write = (token: string, attempt: number) => Letter;
type Name = 'receipt' | 'in-hand' | 'at-risk' | 'sorry' | 'new-time' | 'offer' | 'new-person' | 'withdrawn';

/** What was said before: the due time this one replaced. */
const wasDue = (sale: Sale, promise: OwedPromise): string => {
  const told = sale.journal.filter(
    (entry): entry is typeof entry & { dueAt: string } =>
      'promise' in entry && entry.promise === promise.id && 'dueAt' in entry && entry.dueAt !== undefined,
  );
  return told.at(-2)?.dueAt ?? promise.dueAt;
};

const WITHDRAWN_BY: Record<string, 'customer' | 'order' | 'shop'> = { customer: 'customer', shop: 'order' };

export const promiseLetter = (given: PromiseGiven, name: Name, message: string): Write => {
  const { ports, sale, promise } = given;
  const when = whenFor(given);
  const wasDueText = when(wasDue(sale, promise));
  const dueText = when(promise.dueAt);
  /* Of a visit they were told when it begins; that it counts as missed a while after its end is our own affair. */
  const gaveText = promise.booking === undefined ? wasDueText : when(promise.booking.from);
  const last = <T extends Parameters<typeof promiseEntries>[2]>(type: T) =>
    promiseEntries(sale, promise, type).at(-1);
  const common = (token: string, attempt: number) => ({
    ...promiseEnvelope(given, token, message, attempt),
    variant: promise.kind,
  });
  const write: Record<Name, Write> = {
    receipt: (token, attempt) =>
      writeLetter(ports, {
        ...common(token, attempt),
        name: 'we-owe-you',
        data: {
          ...aboutPromise(given, token),
          manager: managerOf(given),
          promise: { words: promise.words ?? null, dueText },
        },
      }),
    'in-hand': (token, attempt) =>
      writeLetter(ports, {
        ...promiseEnvelope(given, token, message, attempt),
        name: 'in-hand',
        data: { ...aboutPromise(given, token), manager: managerOf(given), promise: { dueText } },
      }),
    'at-risk': (token, attempt) =>
      writeLetter(ports, {
        ...common(token, attempt),
        name: 'at-risk',
        data: { ...aboutPromise(given, token), manager: managerOf(given), promise: { dueText } },
      }),
    sorry: (token, attempt) =>
      writeLetter(ports, {
        ...common(token, attempt),
        name: 'we-are-sorry',
        data: {
          ...aboutPromise(given, token),
          before: { name: nameOf(given, last('escalated')?.from ?? promise.owner) },
          promise: { wasDueText, dueText, strikes: Math.max(1, promise.strikes) },
        },
      }),
    'new-time': (token, attempt) =>
      writeLetter(ports, {
        ...common(token, attempt),
        name: 'new-time',
        data: {
          ...aboutPromise(given, token),
          promise: { wasDueText, dueText },
          reason: last('moved')?.private?.reason ?? null,
        },
      }),
    offer: (token, attempt) =>
      writeLetter(ports, {
        ...promiseEnvelope(given, token, message, attempt),
        name: 'offer-new-time',
        data: {
          ...aboutPromise(given, token),
          promise: {
            wasDueText: gaveText,
            newText: when(promise.offer?.from ?? promise.offer?.to ?? promise.dueAt),
          },
          reason: last('offered')?.private?.reason ?? null,
        },
      }),
    'new-person': (token, attempt) =>
      writeLetter(ports, {
        ...promiseEnvelope(given, token, message, attempt),
        name: 'new-person',
        data: {
          ...aboutPromise(given, token),
          before: { name: nameOf(given, last('handed-over')?.from ?? promise.owner) },
          promise: { dueText },
        },
      }),
    withdrawn: (token, attempt) => {
      const withdrawn = last('withdrawn');
      const calendar = cancellation(given, 'customer');
      return writeLetter(ports, {
        ...common(token, attempt),
        name: 'withdrawn',
        data: {
          ...aboutPromise(given, token),
          promise: { dueText: promise.booking === undefined ? dueText : when(promise.booking.from) },
          by: WITHDRAWN_BY[withdrawn?.by ?? ''] ?? 'shop',
          reason: withdrawn?.private?.reason ?? null,
        },
        ...(calendar === undefined ? {} : { calendar }),
      });
    },
  };
  return write[name];
};
