/** Fields of one line; the others are in form-parts.ts. An id may differ from the name where a form stands twice on a page. */
import { html } from 'hono/html';
import type { Markup } from '../words.ts';

type LineField = {
  type: 'text' | 'search' | 'email' | 'datetime-local';
  name: string;
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  value?: string | undefined;
  isRequired?: boolean;
  autocomplete?: string;
  longest?: number;
};

export const lineField = (field: LineField): Markup => {
  const { type, name, label, hint, error, value, isRequired, autocomplete, longest } = field;
  const described = [hint && `${name}-hint`, error && `${name}-wrong`].filter(Boolean).join(' ');
  return html`
<div class="field"><label class="label" for="${name}">${label}</label>${hint ? html`<p class="hint" id="${name}-hint">${hint}</p>` : ''}${error ? html`<p class="wrong" id="${name}-wrong">${error}</p>` : ''}
<input type="${type}" id="${name}" name="${name}" value="${value ?? ''}"${longest ? html` maxlength="${longest}"` : ''}${autocomplete ? html` autocomplete="${autocomplete}"` : ''}${described ? html` aria-describedby="${described}"` : ''}${error ? html` aria-invalid="true"` : ''}${isRequired ? html` required` : ''}></div>`;
};
