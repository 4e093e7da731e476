/** What was written to and fro, oldest first, and the form in which staff write to the customer. */
import { html } from 'hono/html';
import type { EntryOf } from '../../core/journal.ts';
import type { PromiseKind } from '../../core/promises/entries.ts';
import { hiddenFields, textArea } from '../form-parts.ts';
import type { Markup, PageWords } from '../words.ts';
import type { DeskError } from './desk-error.ts';
import { type AttachmentView, attachmentList } from './mail-attachments.ts';

type WroteAs = EntryOf<'wrote'>['as'];
type Machine = 'away' | 'report' | 'automatic' | 'list' | 'loop';

export type ThreadLine =
  | { kind: 'ours'; at: string; name: string; words: string | undefined }
  | {
      kind: 'theirs';
      at: string;
      as: WroteAs;
      isFromOther: boolean;
      subject: string | undefined;
      words: string | undefined;
      /** Where the whole of it is shown; undefined when it is kept no more. */
      whole: string | undefined;
      attachments: readonly AttachmentView[];
    };

export type ThreadView = {
  lines: readonly ThreadLine[];
  /** How many older ones are not shown. */
  earlier: number;
};

type Theirs = Extract<ThreadLine, { kind: 'theirs' }>;

/** What a machine wrote is no word of theirs. */
const isMachine = (as: WroteAs): as is Machine =>
  as !== 'answer' && as !== 'more' && as !== 'thanks' && as !== 'stop';

const wholeLink = (words: PageWords, { whole, at }: Theirs): Markup | '' => {
  if (whole === undefined) return '';
  const text = words.say('desk.mail.whole');
  return html`<p><a href="${whole}" aria-label="${text}, ${at}">${text}</a></p>`;
};

const theirsOf = (words: PageWords, customer: string, mail: Theirs): Markup => {
  const { at, as, isFromOther, subject, words: said } = mail;
  const who = isMachine(as)
    ? words.say(`desk.mail.as.${as}`, { at })
    : words.say('desk.mail.theirs', { at, name: customer });
  return html`<p>${who}${isFromOther ? html` <span class="mark hot">${words.say('desk.mail.from-other')}</span>` : ''}${subject === undefined ? '' : html`<br><b>${subject}</b>`}</p>
${said === undefined || said === '' ? '' : html`<blockquote>${said}</blockquote>`}${attachmentList(words, mail.attachments)}${wholeLink(words, mail)}`;
};

const lineOf = (words: PageWords, customer: string, line: ThreadLine): Markup => {
  if (line.kind === 'theirs') return theirsOf(words, customer, line);
  const said = line.words === undefined ? '' : html`<blockquote>${line.words}</blockquote>`;
  return html`<p>${words.say('desk.mail.ours', { at: line.at, name: line.name })}</p>${said}`;
};

export const threadOf = (words: PageWords, customer: string, { lines, earlier }: ThreadView): Markup | '' =>
  lines.length === 0
    ? ''
    : html`<h2>${words.say('desk.mail.thread')}</h2>${earlier === 0 ? '' : html`<p class="hint">${words.say('desk.mail.earlier', { n: lines.length })}</p>`}
${lines.map((line) => lineOf(words, customer, line))}`;

type TellForm = {
  words: PageWords;
  action: string;
  /** Session, stamp and, where there is one, the promise. */
  hidden: Readonly<Record<string, string>>;
  customer: string;
  /** Of the promise it is about; what is written when nothing is owed answers a question by itself. */
  kind: PromiseKind;
  /** The field's name. */
  name: string;
  error: DeskError | undefined;
  value: string | undefined;
};

/** Folded away until it is wanted, and open where it went wrong. */
export const tellForm = ({ words, action, hidden, customer, kind, name, error, value }: TellForm): Markup => {
  const isWrong = error?.field === name;
  const area = textArea({
    name,
    label: words.say('staff.tell.what'),
    hint: words.say(kind === 'answer' ? 'staff.tell.asked' : 'staff.tell.hint', { customer }),
    rows: 6,
    value,
    error: isWrong ? words.say(error.message, { customer }) : undefined,
    isRequired: true,
  });
  return html`<details${isWrong ? html` open` : ''}><summary>${words.say('staff.tell.title', { customer })}</summary><div class="more">
<form method="post" action="${action}">${hiddenFields({ ...hidden, act: 'tell' })}${area}<button class="plain">${words.say('staff.tell.send', { customer })}</button></form></div></details>`;
};
