/** Which button was pressed. Old mails and pages said `verdict`, and named no promise. */
import type { CustomerAct } from '../core/promises/customer-acts.ts';

const wordsOf = (form: URLSearchParams): string =>
  form.get('words')?.replace(/\r\n?/g, '\n').replaceAll('\0', '').trim() ?? '';

export type Pressed =
  | { kind: 'promise'; promise: string | undefined; act: CustomerAct; words: string }
  | { kind: 'question'; words: string }
  | { kind: 'phone'; phone: string }
  | { kind: 'nothing'; promise: string | undefined; words: string };

const actOf = (name: string | null, words: string): CustomerAct | undefined => {
  switch (name) {
    case 'yes':
    case 'not-yet':
    case 'nobody-came':
    case 'another-time':
    case 'decline-offer':
    case 'no-longer-needed':
      return { act: name, words };
    case 'suits':
    case 'accept-offer':
      return { act: name };
    default:
      return undefined;
  }
};

const verdictOf = (form: URLSearchParams): string | null => {
  const verdict = form.get('verdict');
  return verdict === 'yes' || verdict === 'not-yet' ? verdict : null;
};

export const readAct = (form: URLSearchParams): Pressed => {
  const words = wordsOf(form);
  const name = form.get('act') ?? verdictOf(form);
  if (name === 'question') return { kind: 'question', words };
  if (name === 'phone') return { kind: 'phone', phone: form.get('phone')?.trim() ?? '' };
  const promise = form.get('promise') ?? undefined;
  const act = actOf(name, words);
  return act === undefined ? { kind: 'nothing', promise, words } : { kind: 'promise', promise, act, words };
};
