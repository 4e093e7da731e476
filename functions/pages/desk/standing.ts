/** Mails to this person: what may go to them, since when not, why, what shows it; released or stopped with a reason. */
import { html } from 'hono/html';
import type { MessageClass } from '../../core/person/standing.ts';
import { hiddenFields, selectField, textArea } from '../form-parts.ts';
import type { Markup } from '../words.ts';
import type { DeskError } from './desk-error.ts';
import type { DeskSeat } from './sheet.ts';

export type ClassView = {
  of: MessageClass;
  /** Undefined when mails of this class go out. */
  stopped:
    | {
        since: string;
        because: 'asked' | 'complaint' | 'bounce';
        method: string;
        evidence: string | undefined;
      }
    | undefined;
};

export type StandingView = {
  classes: readonly ClassView[];
  /** Newest last. */
  releases: readonly { at: string; name: string; reason: string | undefined }[];
  /** An answer that may not be a person's, and waits for somebody to say that it is. */
  held:
    | { n: number; at: string; rating: '1' | '2' | '3' | '4' | '5' | undefined; words: string | undefined }
    | undefined;
};

type Given = {
  seat: DeskSeat;
  action: string;
  stamp: string;
  customer: { name: string };
  standing: StandingView | undefined;
  error: DeskError | undefined;
  values: Readonly<Record<string, string>>;
};

/** The forms' fields; each is also the id that its error leads to. */
export const STANDING_FIELDS = {
  releaseClass: 'release-class',
  releaseReason: 'release-reason',
  asked: 'release-asked',
  stopWhat: 'stop-what',
  stopReason: 'stop-reason',
} as const;
const F = STANDING_FIELDS;

const classItem = ({ seat: { words } }: Given, { of, stopped }: ClassView): Markup => {
  const name = words.say(`standing.class.${of}`);
  if (stopped === undefined) return html`<li>${words.say('standing.allowed', { name })}</li>`;
  const { since, because, method, evidence } = stopped;
  const how = words.say(`standing.because.${because}`, { method });
  return html`<li>${words.say('standing.stopped', { name, since, how })}${evidence === undefined ? '' : html`<blockquote>${evidence}</blockquote>`}</li>`;
};

const errorAt = ({ seat: { words }, customer, error }: Given, field: string): string | undefined =>
  error?.field === field ? words.say(error.message, { customer: customer.name }) : undefined;

const formOf = ({ action, seat, stamp }: Given, act: string, body: Markup): Markup =>
  html`<form method="post" action="${action}">${hiddenFields({ csrf: seat.csrf, act, stamp })}${body}</form>`;

const isOpen = ({ error }: Given, fields: readonly string[]): boolean =>
  fields.some((field) => field === error?.field);

const askedTick = (given: Given): Markup => {
  const { words } = given.seat;
  const wrong = errorAt(given, F.asked);
  return html`<fieldset><legend>${words.say('standing.release.complaint')}</legend>${wrong === undefined ? '' : html`<p class="wrong" id="${F.asked}-wrong">${wrong}</p>`}
<label class="choice"><input type="checkbox" id="${F.asked}" name="${F.asked}" value="yes"${wrong === undefined ? '' : html` aria-describedby="${F.asked}-wrong"`}> ${words.say('standing.release.asked')}</label></fieldset>`;
};

const releaseForm = (given: Given, stopped: readonly ClassView[]): Markup | '' => {
  if (stopped.length === 0) return '';
  const { seat, values } = given;
  const { words } = seat;
  const which = selectField({
    name: F.releaseClass,
    label: words.say('standing.release.which'),
    options: stopped.map(({ of }) => ({ value: of, label: words.say(`standing.class.${of}`) })),
    value: values[F.releaseClass],
    error: errorAt(given, F.releaseClass),
  });
  const why = textArea({
    name: F.releaseReason,
    label: words.say('standing.release.why'),
    hint: words.say('standing.release.hint'),
    rows: 2,
    value: values[F.releaseReason],
    error: errorAt(given, F.releaseReason),
    isRequired: true,
  });
  const isComplaint = stopped.some((one) => one.stopped?.because === 'complaint');
  const open = isOpen(given, [F.releaseClass, F.releaseReason, F.asked]);
  return html`<details${open ? html` open` : ''}><summary>${words.say('standing.release.title')}</summary><div class="more">
${formOf(given, 'release', html`${which}${why}${isComplaint ? askedTick(given) : ''}<button class="plain">${words.say('standing.release.send')}</button>`)}</div></details>`;
};

const stopForm = (given: Given): Markup => {
  const { seat, values } = given;
  const { words } = seat;
  const what = selectField({
    name: F.stopWhat,
    label: words.say('standing.stop.what'),
    options: (['asking', 'review'] as const).map((value) => ({
      value,
      label: words.say(`standing.stop.${value}`),
    })),
    value: values[F.stopWhat],
  });
  const how = textArea({
    name: F.stopReason,
    label: words.say('standing.stop.why'),
    rows: 2,
    value: values[F.stopReason],
    error: errorAt(given, F.stopReason),
    isRequired: true,
  });
  return html`<details${isOpen(given, [F.stopWhat, F.stopReason]) ? html` open` : ''}><summary>${words.say('standing.stop.title')}</summary><div class="more"><p class="hint">${words.say('standing.stop.hint')}</p>
${formOf(given, 'stop-mails', html`${what}${how}<button class="plain">${words.say('standing.stop.send')}</button>`)}</div></details>`;
};

const heldOf = (given: Given): Markup | '' => {
  const { words } = given.seat;
  const held = given.standing?.held;
  if (held === undefined) return '';
  const rating = words.say(held.rating === undefined ? 'rating.unread' : `rating.${held.rating}`);
  return html`<h2>${words.say('standing.held.title')}</h2><p>${words.say('standing.held.body', { at: held.at, rating })}</p>${held.words === undefined ? '' : html`<blockquote>${held.words}</blockquote>`}
${formOf(given, 'confirm-answer', html`<input type="hidden" name="n" value="${held.n}"><button class="plain">${words.say('standing.held.send')}</button>`)}`;
};

export const standingOf = (given: Given): Markup | '' => {
  const { seat, customer, standing } = given;
  const { words } = seat;
  if (standing === undefined) return '';
  const { classes, releases } = standing;
  const stopped = classes.filter((one) => one.stopped !== undefined);
  return html`${heldOf(given)}<h2 id="standing">${words.say('standing.title', { customer: customer.name })}</h2>
<ul class="cases">${classes.map((one) => classItem(given, one))}</ul>
${releases.length === 0 ? '' : html`<ul class="cases">${releases.map(({ at, name, reason }) => html`<li>${words.say('standing.released', { at, name })}${reason === undefined ? '' : html`<blockquote>${reason}</blockquote>`}</li>`)}</ul>`}
${releaseForm(given, stopped)}${stopForm(given)}`;
};
