/** A day and a time to pick, with the phone's own picker. */
import { html } from 'hono/html';
import type { Markup } from './words.ts';

export type TimeField = {
  /** `datetime-local` reads as `2026-12-24T14:30`, `time` as `14:30`. */
  type: 'datetime-local' | 'time';
  name: string;
  label: string;
  hint?: string | undefined;
  value?: string | undefined;
  min?: string | undefined;
  error?: string | undefined;
};

export const timeField = ({ type, name, label, hint, value, min, error }: TimeField): Markup => {
  const described = [hint && `${name}-hint`, error && `${name}-wrong`].filter(Boolean).join(' ');
  return html`
<div class="field"><label class="label" for="${name}">${label}</label>${hint ? html`<p class="hint" id="${name}-hint">${hint}</p>` : ''}${error ? html`<p class="wrong" id="${name}-wrong">${error}</p>` : ''}
<input type="${type}" id="${name}" name="${name}" value="${value ?? ''}"${min ? html` min="${min}"` : ''}${described ? html` aria-describedby="${described}"` : ''}${error ? html` aria-invalid="true"` : ''} required></div>`;
};
