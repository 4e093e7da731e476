/**
 * Why somebody got a message, or not, or later: each rule that decides has a name in the journal and a sentence here.
 * The inputs are what the rule saw; a journal may hold rules of an older version, so whatever is missing is left out.
 */
import type { Decision } from '../conversation/entries.ts';
import type { SaleRecord } from '../sale.ts';

export const RULES = [
  'in-hours',
  'customer-hours',
  'outside-hours',
  'away',
  'days-between',
  'most-in-30-days',
  'asked-together',
  'too-late',
  'gift',
  'reviewed',
  'zone',
  'paused',
  'resumed',
] as const;
export type Rule = (typeof RULES)[number];

export const isRule = (text: string): text is Rule => RULES.some((rule) => rule === text);

const SOURCE_WORDS: Record<string, string> = {
  address: 'from the address',
  phone: 'from the phone number',
  shop: "the shop's, nothing tells theirs",
};

/** Who reads it decides how an instant, a message and a member of staff are written. */
export type Wording = {
  when: (at: string) => string;
  message: (key: string) => string;
  name: (staff: string) => string;
};

type Inputs = Decision['inputs'];
const textIn = (inputs: Inputs, key: string): string => String(inputs[key] ?? '…');

const zoneWords = (inputs: Inputs): string => {
  const source = SOURCE_WORDS[textIn(inputs, 'zoneFrom')] ?? SOURCE_WORDS['shop'];
  return `their zone ${textIn(inputs, 'zone')} (${source})`;
};

const hoursWords = (inputs: Inputs): string => `${zoneWords(inputs)}, window ${textIn(inputs, 'window')}`;

const SENTENCES: Record<Rule, (inputs: Inputs, words: Wording) => string> = {
  'in-hours': (inputs, { name }) => `${hoursWords(inputs)}, ${name(textIn(inputs, 'signer'))} at work`,
  'customer-hours': (inputs, { name }) =>
    `${hoursWords(inputs)}; within ${textIn(inputs, 'days')} days it never meets the hours of ${name(textIn(inputs, 'signer'))}, so theirs alone count`,
  'outside-hours': (inputs) => `it was outside the hours one may ask in: ${hoursWords(inputs)}`,
  away: (inputs, { when }) => `they are away and back ${when(textIn(inputs, 'returns'))}`,
  'days-between': (inputs, { when, message }) =>
    `they got ${message(textIn(inputs, 'message'))} about ${textIn(inputs, 'sale')} on ${when(textIn(inputs, 'last'))}, and ${textIn(inputs, 'daysBetween')} days lie between two questions`,
  'most-in-30-days': (inputs, { when }) =>
    `they were asked ${textIn(inputs, 'asked')} times since ${when(textIn(inputs, 'first'))}, and within 30 days it is at most ${textIn(inputs, 'most')}`,
  'asked-together': (inputs) => `it is asked about together with ${textIn(inputs, 'sale')}`,
  'too-late': (inputs, { when }) => `it was worth sending until ${when(textIn(inputs, 'until'))}`,
  gift: () => 'it was a gift, and whoever bought it cannot judge it',
  reviewed: (inputs, { when }) => `they wrote a review on ${when(textIn(inputs, 'reviewedAt'))}`,
  zone: zoneWords,
  paused: (inputs, { when }) =>
    `mails are paused until ${when(textIn(inputs, 'until'))} (${textIn(inputs, 'what')})`,
  resumed: () => 'the pause that held it was ended early',
};

export const whySentence = ({ rule, inputs }: Decision, words: Wording): string =>
  isRule(rule) ? SENTENCES[rule](inputs, words) : rule;

const PUT_OFF: Partial<Record<Rule, string>> = {
  away: 'not while they are away',
  'asked-together': 'not beside the one it is asked about with',
  paused: 'not while mails are paused',
  resumed: 'not before the pause of mails was ended',
};

/** In a sentence that goes on: "4 days after it was delivered, and …". */
export const putOffWords = ({ rule }: Decision): string =>
  (isRule(rule) ? PUT_OFF[rule] : undefined) ?? 'not too soon after another question';

export const zoneDecision = ({ zone, zoneFrom }: SaleRecord): Decision => ({
  rule: 'zone',
  inputs: { zone, zoneFrom: zoneFrom ?? 'shop' },
});
