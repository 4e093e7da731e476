/** Something failed on our side: nothing the customer wrote may be lost with it. */
import { html } from 'hono/html';
import { type HiddenFields, hiddenFields, textArea } from './form-parts.ts';
import { layout, phoneLink } from './layout.ts';
import type { Markup, PageWords } from './words.ts';

export type ProblemView = {
  words: PageWords;
  shopName: string;
  shopPhone: string;
  /** What was sent, to be sent again under the same names; absent when a GET failed. */
  sent?: {
    action: string;
    /** The free text, to be read and changed: the field's name and what was written. */
    text?: { name: string; value: string } | undefined;
    fields: HiddenFields;
  };
};

const againForm = (
  words: PageWords,
  { action, text, fields }: NonNullable<ProblemView['sent']>,
): Markup => html`
<form method="post" action="${action}">${hiddenFields(fields)}
${text ? textArea({ name: text.name, label: words.say('problem.words'), rows: 6, value: text.value }) : ''}
<button>${words.say('problem.again')}</button></form>`;

export const problem = ({ words, shopName, shopPhone, sent }: ProblemView): string => {
  const title = words.say('problem.title');
  return layout({
    words,
    shopName,
    title,
    body: html`
<h1>${title}</h1>
<p>${words.say(sent ? 'problem.kept' : 'problem.plain')}</p>
${sent ? againForm(words, sent) : html`<p><a class="button" href="">${words.say('problem.reload')}</a></p>`}
<p>${words.weave('common.rather-talk', { name: shopName, phone: phoneLink(shopPhone) })}</p>`,
  });
};
