/** What the owner of a promise can do about it; each form posts its own hidden `act`. */
import { html } from 'hono/html';
import { hiddenFields, selectField, textArea } from './form-parts.ts';
import type { StaffPromiseError, StaffPromiseState, StaffPromiseView } from './staff-view.ts';
import type { Markup } from './words.ts';

type ErrorAt = (field: StaffPromiseError['field']) => string | undefined;

const actForm = (view: StaffPromiseView, act: string, body: Markup): Markup =>
  html`<form method="post" action="${view.action}">${hiddenFields({ ...view.hidden, act })}${body}</form>`;

const takeForm = (view: StaffPromiseView): Markup =>
  actForm(
    view,
    'take',
    html`<h2>${view.words.say('staff.next')}</h2><p class="hint">${view.words.say('staff.take-hint')}</p><button id="act">${view.words.say('staff.take')}</button>`,
  );

const doneForm = (view: StaffPromiseView, errorAt: ErrorAt): Markup => {
  const { words, customer, values } = view;
  const what = textArea({
    name: 'what',
    label: words.say('staff.done.what'),
    hint: words.say('staff.done.hint', { customer: customer.name }),
    rows: 3,
    value: values?.what,
    error: errorAt('what'),
    isRequired: true,
  });
  const isTaken = view.promise.state.kind === 'taken';
  return html`<h2>${words.say('staff.done.title')}</h2>${actForm(
    view,
    'done',
    html`${what}<button${isTaken ? html` id="act"` : ''}>${words.say('staff.done.send', { customer: customer.name })}</button>`,
  )}`;
};

const handOverForm = (view: StaffPromiseView, errorAt: ErrorAt): Markup | '' => {
  const { words, staff, values } = view;
  if (staff.length === 0) return '';
  const choose = { value: '', label: words.say('staff.hand-over.choose') };
  const to = selectField({
    name: 'to',
    label: words.say('staff.hand-over.to'),
    options: [choose, ...staff.map(({ id, name }) => ({ value: id, label: name }))],
    value: values?.to,
    error: errorAt('to'),
    isRequired: true,
  });
  const note = textArea({
    name: 'note',
    label: words.say('staff.hand-over.note'),
    hint: words.say('common.optional'),
    rows: 2,
    value: values?.note,
    error: errorAt('note'),
  });
  const isOpen = Boolean(errorAt('to') ?? errorAt('note') ?? values?.to);
  return html`<details${isOpen ? html` open` : ''}><summary>${words.say('staff.hand-over.title')}</summary><div class="more">${actForm(
    view,
    'hand-over',
    html`${to}${note}<button class="plain">${words.say('staff.hand-over.send')}</button>`,
  )}</div></details>`;
};

/** Where there is nothing to press, the error summary still leads to what is said instead. */
const restOf = (
  view: StaffPromiseView,
  state: Extract<StaffPromiseState, { kind: 'proposed' | 'closed' }>,
): Markup => {
  const { words, customer } = view;
  const say = { customer: customer.name };
  if (state.kind === 'proposed') {
    return html`<h2 id="act" tabindex="-1">${words.say('staff.proposed.title', say)}</h2>
<p>${words.say('staff.proposed.body', say)}</p><blockquote>${state.what}</blockquote>`;
  }
  return html`<h2 id="act" tabindex="-1">${words.say('staff.closed.title')}</h2><p>${words.say(`staff.closed.${state.outcome}`, say)}</p>`;
};

export const staffForms = (view: StaffPromiseView, errorAt: ErrorAt): Markup => {
  const { state } = view.promise;
  if (state.kind === 'proposed' || state.kind === 'closed') return restOf(view, state);
  return html`${state.kind === 'open' ? takeForm(view) : ''}${doneForm(view, errorAt)}${handOverForm(view, errorAt)}`;
};
