/** Reads the form in which a member of staff promises something, and says where a mistake in it lies. */
import { fromLocal } from '../core/calendar.ts';
import { PromiseKind } from '../core/promises/entries.ts';
import type { PromiseDraft } from '../core/promises/new-promise.ts';
import type { Sale } from '../core/sale.ts';
import type { DeskError } from '../pages/desk/desk-error.ts';
import type { MakeField } from '../pages/desk/make-form.ts';
import type { WordKey } from '../pages/words.ts';
import { makeOwed } from '../steps/make-owed.ts';
import { tellOrLeave } from '../steps/tell-workflow.ts';
import type { AtDesk } from './at-desk.ts';

type Times = { due?: string | undefined; visit?: { from: string; to: string } | undefined };

const wrong = (field: MakeField, message: WordKey): { error: DeskError } => ({ error: { field, message } });

const timeIn = (form: URLSearchParams, name: MakeField, zone: string): string | undefined | 'wrong' => {
  const text = form.get(name)?.trim() ?? '';
  return text === '' ? undefined : (fromLocal(text.slice(0, 16), zone) ?? 'wrong');
};

/** A due time is meant in the shop's zone, a visit happens in the customer's. */
const timesIn = (at: AtDesk, sale: Sale, form: URLSearchParams): Times | { error: DeskError } => {
  const due = timeIn(form, 'due', at.ports.settings.config.shop.zone);
  const [from, to] = [timeIn(form, 'from', sale.record.zone), timeIn(form, 'to', sale.record.zone)];
  if (due === 'wrong') return wrong('due', 'desk.error.time-wrong');
  if (from === undefined && to === undefined) return { due };
  if (from === undefined || from === 'wrong') return wrong('from', 'desk.error.time-wrong');
  if (to === undefined || to === 'wrong') return wrong('to', 'desk.error.time-wrong');
  return { due, visit: { from, to } };
};

/** In which field a refusal is put right. */
const mistakeIn = (refusal: string, { visit }: PromiseDraft): DeskError => {
  const time: MakeField = visit === undefined ? 'due' : 'from';
  switch (refusal) {
    case 'words-too-long':
      return { field: 'words', message: 'common.words-too-long' };
    case 'owner-unknown':
    case 'owner-absent':
    case 'provider-unknown':
      return { field: 'owner', message: 'desk.error.owner-unknown' };
    case 'provider-busy':
      return { field: time, message: 'desk.error.provider-busy' };
    case 'time-past':
      return { field: time, message: 'desk.error.time-past' };
    case 'time-too-far':
      return { field: time, message: 'desk.error.time-too-far' };
    case 'time-order':
      return { field: 'to', message: 'desk.error.time-order' };
    case 'window-too-long':
      return { field: 'to', message: 'desk.error.window-too-long' };
    case 'not-a-visit':
      return { field: 'kind', message: 'desk.error.other' };
    default:
      return { field: 'kind', message: 'desk.error.changed' };
  }
};

const draftIn = (at: AtDesk, sale: Sale, form: URLSearchParams): PromiseDraft | { error: DeskError } => {
  const kind = PromiseKind.safeParse(form.get('kind'));
  if (!kind.success) return wrong('kind', 'desk.error.kind-missing');
  const words = form.get('words')?.trim() ?? '';
  if (words === '') return wrong('words', 'desk.error.words-missing');
  const times = timesIn(at, sale, form);
  if ('error' in times) return times;
  const by = at.seat.member.id;
  const owner = form.get('owner')?.trim() || by;
  /* Pressed twice it is one promise; other words, or another page, are another. */
  const request = at.ports.ids.digest(
    ['desk', by, form.get('stamp') ?? '', kind.data, words, owner, form.get('due'), form.get('from')].join(
      '\n',
    ),
  );
  return { kind: kind.data, because: 'staff', by, owner, words, request, ...times };
};

/** Undefined when it is promised. */
export const makePromise = async (
  at: AtDesk,
  sale: Sale,
  form: URLSearchParams,
): Promise<DeskError | undefined> => {
  const draft = draftIn(at, sale, form);
  if ('error' in draft) return draft.error;
  const made = await makeOwed(at.ports, sale, draft, at.now);
  if ('refusal' in made) return mistakeIn(made.refusal, draft);
  await tellOrLeave(at.ports, sale.id, at.now);
  return undefined;
};
