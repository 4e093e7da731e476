/** What decided about each question of a sale, in the reader's words and at the reader's clock. */
import type { Decision } from '../core/conversation/entries.ts';
import type { Sale } from '../core/sale.ts';
import { memberOf } from '../core/staff.ts';
import { type TouchLine, touchesOf } from '../core/when/touches.ts';
import { isRule } from '../core/when/why.ts';
import type { WhyLine } from '../pages/desk/why.ts';
import type { AtDesk } from './at-desk.ts';

const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;
const SOURCES = ['address', 'phone', 'shop'] as const;
const ASKS = ['check-in', 'reminder', 'review-ask'] as const;

/** Everything a sentence may name; what a journal of an older version lacks is a dash. */
const NAMES = ['zone', 'zoneFrom', 'window', 'signer', 'returns', 'message', 'sale', 'last', 'daysBetween'];
const MORE = ['asked', 'first', 'most', 'until', 'reviewedAt'];

const inWords = ({ words, when, ports }: AtDesk, name: string, value: unknown): string => {
  if (value === undefined) return '–';
  const text = String(value);
  if (INSTANT.test(text)) return when(text);
  if (name === 'signer') return memberOf(ports.settings.config, text)?.name ?? text;
  if (name === 'zoneFrom')
    return words.say(`desk.why.source.${SOURCES.find((source) => source === text) ?? 'shop'}`);
  const ask = name === 'message' ? ASKS.find((one) => one === text) : undefined;
  return ask === undefined ? text : words.say(`desk.why.${ask}`);
};

const valuesOf = (at: AtDesk, inputs: Decision['inputs']): Record<string, string> =>
  Object.fromEntries([...NAMES, ...MORE].map((name) => [name, inWords(at, name, inputs[name])]));

const lineOf = (at: AtDesk, { message, state, at: when, why, because }: TouchLine): WhyLine => ({
  ask: message,
  state,
  at: at.when(when),
  rule: why !== undefined && isRule(why.rule) ? why.rule : undefined,
  values: valuesOf(at, why?.inputs ?? {}),
  because: state === 'dropped' ? because : undefined,
});

export const whyView = (at: AtDesk, sale: Sale): WhyLine[] =>
  sale.isErased ? [] : touchesOf(at.ports.settings.config, sale, at.now).map((line) => lineOf(at, line));
