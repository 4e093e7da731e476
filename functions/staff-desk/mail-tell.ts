/** Staff write to the customer: about what is owed, or of their own accord when nothing is. */
import type { OwedPromise } from '../core/promises/promise.ts';
import { isSaidAlready } from '../core/promises/staff-repeat.ts';
import { LONGEST_WORDS } from '../core/reply.ts';
import { promiseOf, type Sale } from '../core/sale.ts';
import { isPresent } from '../core/staff.ts';
import type { DeskError } from '../pages/desk/desk-error.ts';
import { type Acted, actAsStaff } from '../steps/act-as-staff.ts';
import { findSale } from '../steps/load.ts';
import { makeOwed } from '../steps/make-owed.ts';
import type { AtDesk } from './at-desk.ts';

/** Of the form that stands where nothing is owed. */
const TELL_FIELD = 'tell';

const tellFieldOf = ({ id }: Pick<OwedPromise, 'id'>): string => `${TELL_FIELD}-${id}`;

const mistakeIn = (acted: Exclude<Acted, 'done'>, field: string): DeskError => {
  switch (acted) {
    case 'what-missing':
      return { field, message: 'desk.mail.error.words-missing' };
    case 'words-too-long':
      return { field, message: 'common.words-too-long' };
    case 'no-address':
      return { field, message: 'staff.error.no-address' };
    case 'already-closed':
      return { field, message: 'desk.error.already-closed' };
    case 'overtaken':
      return { field, message: 'desk.error.changed' };
    default:
      return { field, message: 'desk.error.other' };
  }
};

type About = { sale: Sale; promise: OwedPromise };

/** Pressed twice it is written once: the last thing that happened is this very act. */
const tell = async (
  { ports, seat, now }: AtDesk,
  { sale, promise }: About,
  what: string,
  field: string,
): Promise<DeskError | undefined> => {
  const act = { act: 'tell', what, via: 'desk' } as const;
  const by = seat.member.id;
  if (isSaidAlready(sale, promise, by, act)) return undefined;
  const acted = await actAsStaff(ports, { sale, promise, by, now }, act);
  return acted === 'done' ? undefined : mistakeIn(acted, field);
};

const wordsIn = (form: URLSearchParams, field: string): string => form.get(field)?.trim() ?? '';

/** Undefined when the words are on their way. */
export const tellAbout = (
  at: AtDesk,
  about: About,
  form: URLSearchParams,
): Promise<DeskError | undefined> => {
  const field = tellFieldOf(about.promise);
  return tell(at, about, wordsIn(form, field), field);
};

/** Looked at before anything is promised: what cannot be sent must not leave a promise behind. */
const whyNotFreely = ({ customer }: Sale, what: string): Exclude<Acted, 'done'> | undefined => {
  if (what === '') return 'what-missing';
  if (Buffer.byteLength(what) > LONGEST_WORDS) return 'words-too-long';
  return customer.email === undefined ? 'no-address' : undefined;
};

/** Nothing is owed: their words answer a question nobody asked, so that it is the customer who says whether they help. */
export const tellFreely = async (
  at: AtDesk,
  sale: Sale,
  form: URLSearchParams,
): Promise<DeskError | undefined> => {
  const { ports, seat, now } = at;
  const what = wordsIn(form, TELL_FIELD);
  const wrong = whyNotFreely(sale, what);
  if (wrong !== undefined) return mistakeIn(wrong, TELL_FIELD);
  const { id: by } = seat.member;
  const request = ports.ids.digest(['desk-tell', by, form.get('stamp') ?? '', what].join('\n'));
  const owner = isPresent(ports.settings.config, seat.member, now) ? by : undefined;
  const made = await makeOwed(ports, sale, { kind: 'answer', because: 'staff', by, owner, request }, now);
  if ('refusal' in made) return mistakeIn('overtaken', TELL_FIELD);
  const current = (await findSale(ports, sale.id))?.sale ?? sale;
  const promise = promiseOf(current, made.promise);
  if (promise === undefined) return mistakeIn('overtaken', TELL_FIELD);
  return tell(at, { sale: current, promise }, what, TELL_FIELD);
};
