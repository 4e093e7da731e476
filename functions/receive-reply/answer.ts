/** Reads the reply form. Lenient about what is left out, strict about what is there. */
import { asksSomething, isPhoneNumber, LONGEST_WORDS, Opinion, Rating, Reply, Wish } from '../core/reply.ts';
import type { ReplyError, ReplyValues } from '../pages/reply-form.ts';

export type ReadAnswer =
  | {
      isValid: true;
      reply: Reply;
      /** As the form has it. */
      rating: `${Rating}`;
      words: string | undefined;
      phone: string | undefined;
    }
  | { isValid: false; error: ReplyError };

const plainWords = (text: string | null): string =>
  text?.replace(/\r\n?/g, '\n').replaceAll('\0', '').trim() ?? '';

/** What was said before, and what the page after the answer asked for. */
const wordsIn = (form: URLSearchParams): string =>
  [form.get('words'), form.get('more')]
    .map(plainWords)
    .filter((text) => text !== '')
    .join('\n\n');

/** Whether they have told what would have made it great. */
export const hasToldMore = (form: URLSearchParams): boolean => plainWords(form.get('more')) !== '';

/** What was typed, to be put back into the form. */
export const valuesOf = (form: URLSearchParams): ReplyValues => {
  const values: ReplyValues = {
    call: isChecked(form, 'call'),
    blocked: isChecked(form, 'blocked'),
    question: isChecked(form, 'question'),
  };
  const words = wordsIn(form);
  if (words !== '') values.words = words;
  for (const name of ['rating', 'recommend', 'again', 'wish', 'phone'] as const) {
    const value = form.get(name);
    if (value !== null && value !== '') values[name] = value;
  }
  return values;
};

const FIELDS = [
  'rating',
  'words',
  'more',
  'recommend',
  'again',
  'wish',
  'call',
  'blocked',
  'question',
  'phone',
];

/** The form as it came, to be sent once more. */
export const fieldsOf = (form: URLSearchParams): Record<string, string> =>
  Object.fromEntries([...form].filter(([name, value]) => FIELDS.includes(name) && value !== ''));

const isChecked = (form: URLSearchParams, name: string): boolean => {
  const value = form.get(name)?.trim().toLowerCase();
  return value !== undefined && value !== '' && !['0', 'false', 'no', 'off'].includes(value);
};

export const readAnswer = (form: URLSearchParams, phoneOnFile: string | undefined): ReadAnswer => {
  const refuse = (error: ReplyError): ReadAnswer => ({ isValid: false, error });
  const rating = Rating.safeParse(Number(form.get('rating') ?? Number.NaN));
  if (!rating.success) return refuse({ field: 'rating', message: 'rating-missing' });
  const words = wordsIn(form);
  if (Buffer.byteLength(words) > LONGEST_WORDS) return refuse({ field: 'words', message: 'words-too-long' });
  const call = isChecked(form, 'call');
  const phone = form.get('phone')?.trim() ?? '';
  if (call && phone === '' && phoneOnFile === undefined)
    return refuse({ field: 'phone', message: 'phone-missing' });
  if (phone !== '' && !isPhoneNumber(phone)) return refuse({ field: 'phone', message: 'phone-invalid' });
  const optional = {
    recommend: Opinion.safeParse(form.get('recommend')).data,
    again: Opinion.safeParse(form.get('again')).data,
    wish: Wish.safeParse(form.get('wish')).data,
    blocked: isChecked(form, 'blocked') || undefined,
    question: isChecked(form, 'question') || asksSomething(words) || undefined,
  };
  const given = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
  return {
    isValid: true,
    reply: Reply.parse({ rating: rating.data, call, ...given }),
    rating: `${rating.data}`,
    words: words === '' ? undefined : words,
    phone: phone === '' || phone === phoneOnFile ? undefined : phone,
  };
};
