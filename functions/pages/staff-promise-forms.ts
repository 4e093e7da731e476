/** One form per thing staff can do; each field has the name and the id that its error leads to. */
import { html } from 'hono/html';
import type { ActName } from '../core/promises/staff-acts.ts';
import { hiddenFields, selectField, textArea } from './form-parts.ts';
import { timeField } from './staff-promise-fields.ts';
import type { StaffPromiseView } from './staff-promise-view.ts';
import type { Markup } from './words.ts';

/** `isBig`: it is the next thing to do, and its button says so. */
type Form = (view: StaffPromiseView, isBig: boolean) => Markup;

const errorAt = ({ words, error, customer }: StaffPromiseView, field: string): string | undefined => {
  if (error?.field !== field) return undefined;
  return error.message === 'words-too-long'
    ? words.say('common.words-too-long')
    : words.say(`staff.error.${error.message}`, { customer: customer.name });
};

/** The id of the page's big button is where an error that has no field leads. */
const button = (label: string, isBig: boolean): Markup =>
  html`<button${isBig ? html` id="act"` : html` class="plain"`}>${label}</button>`;

const formOf = (view: StaffPromiseView, act: ActName, body: Markup): Markup =>
  html`<form method="post" action="${view.action}">${hiddenFields({ ...view.hidden, act })}${body}</form>`;

const noteOf = (
  view: StaffPromiseView,
  name: string,
  label: string,
  more: { hint?: string; rows?: number; isRequired?: boolean; value?: string } = {},
): Markup =>
  textArea({
    name,
    label,
    hint: more.hint,
    rows: more.rows ?? 2,
    value: view.values?.[name] ?? more.value,
    error: errorAt(view, name),
    isRequired: more.isRequired ?? false,
  });

const zoneHint = ({ words, choices }: StaffPromiseView, zone: 'shop' | 'venue'): string | undefined =>
  choices.zones && words.say('staff.zone', { place: choices.zones[zone] });

const dueOf = (view: StaffPromiseView, name: string): Markup =>
  timeField({
    type: 'datetime-local',
    name,
    label: view.words.say('staff.time.new'),
    hint: zoneHint(view, 'shop'),
    value: view.values?.[name],
    min: view.choices.notBefore.shop,
    error: errorAt(view, name),
  });

const windowOf = (
  view: StaffPromiseView,
  name: 'offer' | 'book',
  begin: { from: string; until: string },
): Markup =>
  html`${timeField({
    type: 'datetime-local',
    name: `${name}-from`,
    label: view.words.say('staff.time.from'),
    hint: zoneHint(view, 'venue'),
    value: view.values?.[`${name}-from`] ?? begin.from,
    min: view.choices.notBefore.venue,
    error: errorAt(view, `${name}-from`),
  })}${timeField({
    type: 'time',
    name: `${name}-until`,
    label: view.words.say('staff.time.until'),
    value: view.values?.[`${name}-until`] ?? begin.until,
    error: errorAt(view, `${name}-until`),
  })}`;

const take: Form = (view, isBig) =>
  formOf(
    view,
    'take',
    html`<p class="hint">${view.words.say('staff.take-hint')}</p>${button(view.words.say('staff.take'), isBig)}`,
  );

const done: Form = (view, isBig) => {
  const { words, customer } = view;
  const what = noteOf(view, 'what', words.say('staff.done.what'), {
    hint: words.say('staff.done.hint', { customer: customer.name }),
    rows: 3,
    isRequired: true,
  });
  return formOf(
    view,
    'done',
    html`${what}${button(words.say('staff.done.send', { customer: customer.name }), isBig)}`,
  );
};

const tell: Form = (view, isBig) => {
  const { words, customer, promise } = view;
  const say = { customer: customer.name };
  const isAnswer = promise.kind === 'answer';
  const what = noteOf(view, 'tell-what', words.say('staff.tell.what'), {
    hint: words.say(isAnswer ? 'staff.tell.asked' : 'staff.tell.hint', say),
    rows: 6,
    isRequired: true,
  });
  return formOf(view, 'tell', html`${what}${button(words.say('staff.tell.send', say), isBig)}`);
};

const handOver: Form = (view, isBig) => {
  const { words, choices, values } = view;
  const choose = { value: '', label: words.say('staff.hand-over.choose') };
  const to = selectField({
    name: 'to',
    label: words.say('staff.hand-over.to'),
    options: [choose, ...choices.staff.map(({ id, name }) => ({ value: id, label: name }))],
    value: values?.['to'],
    error: errorAt(view, 'to'),
    isRequired: true,
  });
  const note = noteOf(view, 'note', words.say('staff.hand-over.note'), {
    hint: words.say('common.optional'),
  });
  return formOf(view, 'hand-over', html`${to}${note}${button(words.say('staff.hand-over.send'), isBig)}`);
};

const moreTime: Form = (view, isBig) => {
  const { words, customer, promise } = view;
  const told = promise.isKnown
    ? words.say('staff.more-time.told', { customer: customer.name })
    : words.say('staff.more-time.untold', { customer: customer.name });
  const reason = noteOf(view, 'more-reason', words.say('staff.reason'), {
    hint: words.say('common.optional'),
  });
  return formOf(
    view,
    'more-time',
    html`<p>${told}</p>${dueOf(view, 'more-due')}${promise.isKnown ? reason : ''}${button(words.say('staff.more-time.send'), isBig)}`,
  );
};

const offer: Form = (view, isBig) => {
  const { words, customer, promise } = view;
  const when =
    promise.kind === 'visit' ? windowOf(view, 'offer', { from: '', until: '' }) : dueOf(view, 'offer-due');
  const reason = noteOf(view, 'offer-reason', words.say('staff.reason'), {
    hint: words.say('common.optional'),
  });
  return formOf(
    view,
    'offer',
    html`<p>${words.say('staff.offer.told', { customer: customer.name })}</p>${when}${reason}${button(words.say('staff.offer.send', { customer: customer.name }), isBig)}`,
  );
};

/** After two misses the button itself is the name somebody gives for it. */
const bookButtons = (view: StaffPromiseView, isBig: boolean): Markup => {
  const { words, choices, readerName } = view;
  const { naming } = choices;
  if (naming === undefined) return button(words.say('staff.book.send'), isBig);
  return naming.canAnswer
    ? html`${hiddenFields({ answers: 'yes' })}${button(words.say('staff.answer', { name: readerName }), isBig)}`
    : html`<p>${words.say('staff.book.who-answers', { names: naming.names })}</p>${button(words.say('staff.book.propose'), isBig)}`;
};

const book: Form = (view, isBig) => {
  const { words, customer, choices, values } = view;
  const proposed = choices.providers.find(({ id }) => id === choices.provider)?.name ?? '';
  const provider = selectField({
    name: 'book-provider',
    label: words.say('staff.visit.who'),
    hint:
      choices.insteadOf === undefined
        ? undefined
        : words.say('staff.book.instead', { before: choices.insteadOf, name: proposed }),
    options: choices.providers.map(({ id, name }) => ({ value: id, label: name })),
    value: values?.['book-provider'] ?? choices.provider,
    error: errorAt(view, 'book-provider'),
    isRequired: true,
  });
  const place = noteOf(view, 'book-place', words.say('staff.visit.where'), { value: choices.place });
  const bring = noteOf(view, 'book-bring', words.say('staff.visit.bring'), { value: choices.bring });
  return formOf(
    view,
    'book',
    html`<p>${words.say('staff.book.told', { customer: customer.name })}</p>${windowOf(view, 'book', choices)}${provider}${place}${bring}${bookButtons(view, isBig)}`,
  );
};

const accept: Form = (view, isBig) => {
  const { words, promise, readerName } = view;
  return formOf(
    view,
    'accept',
    html`<p>${words.say('staff.accept.why', { n: promise.strikes })}</p>${button(words.say('staff.answer', { name: readerName }), isBig)}`,
  );
};

const onMyWay: Form = (view, isBig) =>
  formOf(view, 'on-my-way', button(view.words.say('staff.on-my-way'), isBig));

const MINUTES = ['15', '30', '45', '60', '90', '120', '180', '240'];

const late: Form = (view, isBig) => {
  const { words, customer, values } = view;
  const minutes = selectField({
    name: 'late-minutes',
    label: words.say('staff.late.by'),
    options: MINUTES.map((n) => ({ value: n, label: words.say('staff.late.minutes', { n }) })),
    value: values?.['late-minutes'] ?? '30',
    error: errorAt(view, 'late-minutes'),
  });
  return formOf(
    view,
    'late',
    html`${minutes}${button(words.say('staff.late.send', { customer: customer.name }), isBig)}`,
  );
};

const plainly =
  (act: 'nobody-home' | 'nobody-went'): Form =>
  (view, isBig) => {
    const { words, customer } = view;
    return formOf(
      view,
      act,
      html`<p>${words.say(`staff.${act}.told`, { customer: customer.name })}</p>${button(words.say(`staff.${act}.send`), isBig)}`,
    );
  };

const withdraw: Form = (view, isBig) => {
  const { words, customer, promise } = view;
  const reason = noteOf(view, 'withdraw-reason', words.say('staff.withdraw.reason'), {
    hint: promise.isKnown ? words.say('staff.withdraw.told', { customer: customer.name }) : '',
    isRequired: true,
  });
  return formOf(view, 'withdraw', html`${reason}${button(words.say('staff.withdraw.send'), isBig)}`);
};

export const STAFF_FORMS: Record<ActName, Form> = {
  take,
  done,
  'hand-over': handOver,
  'more-time': moreTime,
  offer,
  book,
  accept,
  'on-my-way': onMyWay,
  late,
  'nobody-home': plainly('nobody-home'),
  'nobody-went': plainly('nobody-went'),
  withdraw,
  tell,
};
