/** What a form about a promise says. Every act has fields of its own, so that all forms can stand on one page. */
import { fromLocal } from '../core/calendar.ts';
import type { Instant } from '../core/ids.ts';
import type { ActName, StaffAct } from '../core/promises/staff-acts.ts';
import type { Acted } from '../steps/act-as-staff.ts';

export type StaffField =
  | 'act'
  | 'what'
  | 'to'
  | 'note'
  | 'more-due'
  | 'more-reason'
  | 'offer-due'
  | 'offer-from'
  | 'offer-until'
  | 'offer-reason'
  | 'book-from'
  | 'book-until'
  | 'book-provider'
  | 'book-place'
  | 'late-minutes'
  | 'withdraw-reason'
  | 'tell-what';

export type StaffMistake = Exclude<Acted, 'done'> | 'act-missing' | 'press-again' | 'time-missing';
export type FieldMistake = { field: StaffField; message: StaffMistake };

/** Due times are meant in the shop's zone, windows in that of the venue. */
export type Zones = { shop: string; venue: string };

type Read = StaffAct | { error: FieldMistake };

const missing = (field: StaffField): { error: FieldMistake } => ({
  error: { field, message: 'time-missing' },
});

const optional = <K extends string>(
  key: K,
  form: URLSearchParams,
  field: string,
): Partial<Record<K, string>> => {
  const value = form.get(field)?.trim() ?? '';
  const given: Partial<Record<K, string>> = {};
  if (value !== '') given[key] = value;
  return given;
};

/** A window begins on a day and ends on the same. */
const windowIn = (
  form: URLSearchParams,
  name: 'offer' | 'book',
  zone: string,
): { from: Instant; to: Instant } | { error: FieldMistake } => {
  const begin = form.get(`${name}-from`) ?? '';
  const from = fromLocal(begin, zone);
  if (from === undefined) return missing(`${name}-from`);
  const to = fromLocal(`${begin.slice(0, 10)}T${form.get(`${name}-until`) ?? ''}`, zone);
  return to === undefined ? missing(`${name}-until`) : { from, to };
};

const readOffer = (form: URLSearchParams, zones: Zones): Read => {
  const reason = optional('reason', form, 'offer-reason');
  if (form.has('offer-from')) {
    const window = windowIn(form, 'offer', zones.venue);
    return 'error' in window ? window : { act: 'offer', ...window, ...reason };
  }
  const to = fromLocal(form.get('offer-due') ?? '', zones.shop);
  return to === undefined ? missing('offer-due') : { act: 'offer', to, ...reason };
};

const readBook = (form: URLSearchParams, zones: Zones): Read => {
  const window = windowIn(form, 'book', zones.venue);
  if ('error' in window) return window;
  const [place, bring] = [form.get('book-place'), form.get('book-bring')];
  return {
    act: 'book',
    ...window,
    provider: form.get('book-provider') ?? '',
    ...(place === null ? {} : { place: place.trim() }),
    ...(bring === null ? {} : { bring: bring.trim() }),
    answersForIt: form.get('answers') === 'yes',
  };
};

const readMoreTime = (form: URLSearchParams, zones: Zones): Read => {
  const dueAt = fromLocal(form.get('more-due') ?? '', zones.shop);
  if (dueAt === undefined) return missing('more-due');
  return { act: 'more-time', dueAt, ...optional('reason', form, 'more-reason') };
};

export const readStaffAct = (form: URLSearchParams, zones: Zones): Read => {
  const act = form.get('act');
  switch (act) {
    case 'take':
    case 'accept':
    case 'on-my-way':
    case 'nobody-home':
    case 'nobody-went':
      return { act };
    case 'done':
      return { act, what: form.get('what') ?? '' };
    case 'hand-over':
      return { act, to: form.get('to')?.trim() ?? '', ...optional('note', form, 'note') };
    case 'more-time':
      return readMoreTime(form, zones);
    case 'offer':
      return readOffer(form, zones);
    case 'book':
      return readBook(form, zones);
    case 'late':
      return { act, minutes: Number(form.get('late-minutes') ?? '') };
    case 'tell':
      return { act, what: form.get('tell-what') ?? '', via: 'desk' };
    case 'withdraw':
      return { act, reason: form.get('withdraw-reason') ?? '' };
    default:
      return { error: { field: 'act', message: 'act-missing' } };
  }
};

/** In which field of which act a refusal is put right; all others stand at the top of the page. */
const FIELDS: Partial<Record<ActName, Partial<Record<StaffMistake, StaffField>>>> = {
  done: { 'what-missing': 'what', 'words-too-long': 'what' },
  'hand-over': {
    'to-missing': 'to',
    'to-unknown': 'to',
    'provider-busy': 'to',
    'words-too-long': 'note',
  },
  'more-time': {
    'time-past': 'more-due',
    'time-too-far': 'more-due',
    'words-too-long': 'more-reason',
  },
  late: { 'minutes-wrong': 'late-minutes' },
  tell: { 'what-missing': 'tell-what', 'words-too-long': 'tell-what' },
  withdraw: { 'reason-missing': 'withdraw-reason', 'words-too-long': 'withdraw-reason' },
  book: {
    'time-past': 'book-from',
    'time-too-far': 'book-from',
    'time-order': 'book-until',
    'window-too-long': 'book-until',
    'provider-unknown': 'book-provider',
    'provider-busy': 'book-provider',
    'words-too-long': 'book-place',
  },
};

const OFFERED_WINDOW: Partial<Record<StaffMistake, StaffField>> = {
  'time-past': 'offer-from',
  'time-too-far': 'offer-from',
  'time-order': 'offer-until',
  'window-too-long': 'offer-until',
  'words-too-long': 'offer-reason',
};
const OFFERED_DUE: Partial<Record<StaffMistake, StaffField>> = {
  'time-past': 'offer-due',
  'time-too-far': 'offer-due',
  'time-order': 'offer-due',
  'words-too-long': 'offer-reason',
};

export const mistakeIn = (act: StaffAct, message: StaffMistake): FieldMistake => {
  const fields =
    act.act === 'offer' ? (act.from === undefined ? OFFERED_DUE : OFFERED_WINDOW) : FIELDS[act.act];
  return { field: fields?.[message] ?? 'act', message };
};
