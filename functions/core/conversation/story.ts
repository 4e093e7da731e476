/** The conversation in sentences. Nobody's own words: they stay where erasure can reach them. */
import type { Entry } from '../journal.ts';
import { RESUMED } from '../operations/pause.ts';
import { whySentence } from '../when/why.ts';
import { type ConversationEntry, isConversationEntry } from './entries.ts';

type Words = (text: string) => string;

type Wrote = Extract<ConversationEntry, { type: 'wrote' }>;

const WROTE_WORDS: Record<Wrote['as'], string> = {
  answer: 'The customer answered by mail.',
  more: 'The customer wrote again.',
  thanks: 'The customer wrote to say thanks.',
  stop: 'The customer wrote that we should stop asking.',
  away: 'An out-of-office note came; it is no answer.',
  report: 'A delivery report came; it is no answer.',
  automatic: 'An automatic mail came; it is no answer.',
  list: 'A mail from a mailing list came; it is no answer.',
  loop: 'A mail of our own came back; nothing was done with it.',
};

const wroteSentence = (entry: Wrote, when: Words): string => {
  const who = entry.isFromOther ? ' It came from another address than theirs.' : '';
  const returns = entry.returns === undefined ? '' : ` They are back on ${when(entry.returns)}.`;
  return `${WROTE_WORDS[entry.as]}${returns}${who}`;
};

/** `when` writes the instants for who reads them. */
const sentenceOf = (entry: ConversationEntry, messageWords: Words, when: Words): string | undefined => {
  switch (entry.type) {
    case 'wrote':
      return wroteSentence(entry, when);
    case 'confirmed':
      return 'A person has confirmed the answer.';
    case 'unconfirmed':
      return 'A form was sent by something that may not be a person; nothing was done.';
    case 'arrived':
      return undefined;
    case 'bounced':
      return entry.kind === 'hard'
        ? `The mailbox does not exist: ${messageWords(entry.message)} came back.`
        : `The mailbox took no mail just then: ${messageWords(entry.message)} came back.`;
    case 'complained':
      return `The customer marked ${messageWords(entry.message)} as spam.`;
    case 'deferred':
      if (entry.why.rule === RESUMED.rule)
        return `The pause of mails was ended early: ${messageWords(entry.message)} waits for its end no longer.`;
      return `We put off ${messageWords(entry.message)} to ${when(entry.until)}: ${whySentence(entry.why, { when, message: messageWords, name: (id) => id })}.`;
    case 'joined':
      return `We ask about this order together with ${entry.to}.`;
    case 'joins':
      return `We ask about ${entry.sale} together with this order.`;
    case 'reviewed':
      return 'The customer wrote a review.';
    case 'referred':
      return `The customer came because of somebody who had bought before (${entry.by}).`;
    case 'recommended':
      return `Somebody bought with the code this customer passed on (${entry.sale}).`;
    case 'bought-again':
      return `The customer bought again (${entry.sale}).`;
    case 'exported':
      return entry.by === 'customer'
        ? 'The customer took a copy of everything we keep.'
        : 'Somebody here took a copy of everything we keep of the customer.';
  }
};

export const conversationSentence = (entry: Entry, messageWords: Words, when: Words): string | undefined =>
  isConversationEntry(entry) ? sentenceOf(entry, messageWords, when) : undefined;
