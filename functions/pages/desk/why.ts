/** "Why did they get this, or not?": of each question one line, with the rule that decided. */
import { html } from 'hono/html';
import type { Rule } from '../../core/when/why.ts';
import type { Markup, PageWords } from '../words.ts';

export type WhyLine = {
  ask: 'check-in' | 'reminder' | 'review-ask';
  state: 'sent' | 'unclear' | 'dropped' | 'put-off' | 'planned';
  at: string;
  /** Undefined when no rule is known that decided. */
  rule: Rule | undefined;
  /** What the rule saw, in the reader's words. */
  values: Readonly<Record<string, string>>;
  /** For what no rule decided. */
  because: string | undefined;
};

const reasonOf = (words: PageWords, { rule, values, because }: WhyLine): string =>
  rule === undefined ? (because ?? '') : words.say(`desk.why.rule.${rule}`, values);

const lineOf = (words: PageWords, line: WhyLine): Markup => {
  const ask = words.say(`desk.why.${line.ask}`);
  const reason = reasonOf(words, line);
  return html`<li><b>${words.say(`desk.why.${line.state}`, { ask, at: line.at })}</b>${reason === '' ? '' : html` ${reason}`}</li>`;
};

export const whySection = (words: PageWords, lines: readonly WhyLine[]): Markup | '' =>
  lines.length === 0
    ? ''
    : html`<h2>${words.say('desk.why')}</h2><ul class="cases">${lines.map((line) => lineOf(words, line))}</ul>`;
