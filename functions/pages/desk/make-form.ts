/** Promising something to a customer: what, in which words, by when, who. */
import { html } from 'hono/html';
import { hiddenFields, type Option, selectField, textArea } from '../form-parts.ts';
import type { Markup } from '../words.ts';
import type { DeskError } from './desk-error.ts';
import { lineField } from './fields.ts';
import type { DeskSeat } from './sheet.ts';

const MAKE_FIELDS = ['kind', 'words', 'due', 'owner', 'from', 'to'] as const;
export type MakeField = (typeof MAKE_FIELDS)[number];
export type MakeValues = Readonly<Partial<Record<MakeField, string>>>;

const KINDS = ['call', 'resolve', 'answer', 'visit'] as const;

type MakeForm = {
  seat: DeskSeat;
  action: string;
  customer: { name: string };
  staff: readonly Option[];
  stamp: string;
  error: DeskError | undefined;
  values: MakeValues;
};

export const makeForm = (view: MakeForm): Markup => {
  const { seat, action, staff, stamp, error, values, customer } = view;
  const { words } = seat;
  const own = (name: MakeField) => ({
    name,
    value: values[name],
    error: error?.field === name ? words.say(error.message, { customer: customer.name }) : undefined,
  });
  const choose = { value: '', label: words.say('staff.hand-over.choose') };
  const hasVisit = Boolean(values.from ?? values.to) || error?.field === 'from' || error?.field === 'to';
  const isOpen = MAKE_FIELDS.some((name) => name === error?.field);
  const kind = selectField({
    ...own('kind'),
    label: words.say('desk.make.kind'),
    options: [choose, ...KINDS.map((value) => ({ value, label: words.say(`desk.make.kind.${value}`) }))],
    isRequired: true,
  });
  const what = textArea({
    ...own('words'),
    label: words.say('desk.make.words'),
    hint: words.say('desk.make.hint'),
    rows: 3,
    isRequired: true,
  });
  const owner = selectField({ ...own('owner'), label: words.say('desk.make.owner'), options: staff });
  const time = (name: 'due' | 'from' | 'to', hint?: string) =>
    lineField({ ...own(name), type: 'datetime-local', label: words.say(`desk.make.${name}`), hint });
  return html`<details${isOpen ? html` open` : ''}><summary>${words.say('desk.make.title')}</summary><div class="more">
<form method="post" action="${action}">${hiddenFields({ csrf: seat.csrf, act: 'promise', stamp })}<div class="make">${kind}${owner}<div class="wide">${what}</div><div class="wide">${time('due', words.say('desk.make.due.hint'))}</div></div>
<details${hasVisit ? html` open` : ''}><summary>${words.say('desk.make.visit')}</summary><div class="more"><p class="hint">${words.say('desk.make.visit.hint')}</p><div class="make">${time('from')}${time('to')}</div></div></details>
<button>${words.say('desk.make.send')}</button></form></div></details>`;
};
