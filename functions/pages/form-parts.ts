/** Parts of a form: every control has a label, every error stands beside its field and in the summary on top. */
import { html } from 'hono/html';
import type { Markup, PageWords } from './words.ts';

export type Option = { value: string; label: string };

type Labelled = { name: string; label: string; hint?: string | undefined; error?: string | undefined };

const hintOf = ({ name, hint }: Labelled): Markup | '' =>
  hint ? html`<p class="hint" id="${name}-hint">${hint}</p>` : '';

const errorOf = ({ name, error }: Labelled): Markup | '' =>
  error ? html`<p class="wrong" id="${name}-wrong">${error}</p>` : '';

const describedBy = ({ name, hint, error }: Labelled): Markup | '' => {
  const ids = [hint && `${name}-hint`, error && `${name}-wrong`].filter(Boolean).join(' ');
  return ids ? html` aria-describedby="${ids}"` : '';
};

const invalid = (error: string | undefined): Markup | '' => (error ? html` aria-invalid="true"` : '');

export type RadioGroup = Labelled & {
  options: readonly Option[];
  value?: string | undefined;
  isRequired?: boolean;
  /** Short answers stand side by side where there is room. */
  isBrief?: boolean;
};

/** The first option's id is the group's name: that is where the error summary leads. */
export const radioGroup = (group: RadioGroup): Markup => html`
<fieldset${group.isBrief ? html` class="brief"` : ''}${describedBy(group)}><legend>${group.label}</legend>${hintOf(group)}${errorOf(group)}
${group.options.map(
  ({ value, label }, index) =>
    html`<label class="choice"><input type="radio" name="${group.name}" value="${value}"${index === 0 ? html` id="${group.name}"` : ''}${value === group.value ? html` checked` : ''}${group.isRequired ? html` required` : ''}> ${label}</label>`,
)}</fieldset>`;

export type TextArea = Labelled & { value?: string | undefined; rows: number; isRequired?: boolean };

/** The line break after the opening tag is dropped by the HTML parser, so a text that begins with one keeps its own. */
export const textArea = (area: TextArea): Markup => html`
<div class="field"><label class="label" for="${area.name}">${area.label}</label>${hintOf(area)}${errorOf(area)}
<textarea id="${area.name}" name="${area.name}" rows="${area.rows}"${describedBy(area)}${invalid(area.error)}${area.isRequired ? html` required` : ''}>
${area.value ?? ''}</textarea></div>`;

export const phoneField = (field: Labelled & { value?: string | undefined }): Markup => html`
<div class="field"><label class="label" for="${field.name}">${field.label}</label>${hintOf(field)}${errorOf(field)}
<input type="tel" id="${field.name}" name="${field.name}" value="${field.value ?? ''}" autocomplete="tel" maxlength="60"${describedBy(field)}${invalid(field.error)}></div>`;

export const selectField = (
  field: Labelled & { options: readonly Option[]; value?: string | undefined; isRequired?: boolean },
): Markup => html`
<div class="field"><label class="label" for="${field.name}">${field.label}</label>${hintOf(field)}${errorOf(field)}
<select id="${field.name}" name="${field.name}"${describedBy(field)}${invalid(field.error)}${field.isRequired ? html` required` : ''}>
${field.options.map(({ value, label }) => html`<option value="${value}"${value === field.value ? html` selected` : ''}>${label}</option>`)}</select></div>`;

/** Values that travel with the form unseen, such as a render stamp. */
export type HiddenFields = Readonly<Record<string, string>>;

export const hiddenFields = (fields: HiddenFields = {}): Markup =>
  html`${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}`;

/** Takes the focus when the page opens, so a screen reader hears first what went wrong and can jump to it. */
export const errorSummary = (words: PageWords, field: string, message: string): Markup => html`
<div class="alert" role="alert" tabindex="-1" autofocus><p>${words.say('common.please-look')} <a href="#${field}">${message}</a></p></div>`;

/** As `textArea`, for a page that has several: the id tells them apart, the name is the same. */
export const noteArea = ({ id, ...area }: TextArea & { id: string }): Markup => {
  const own = { ...area, name: id };
  return html`
<div class="field"><label class="label" for="${id}">${area.label}</label>${hintOf(own)}${errorOf(own)}
<textarea id="${id}" name="${area.name}" rows="${area.rows}"${describedBy(own)}${invalid(area.error)}>
${area.value ?? ''}</textarea></div>`;
};
