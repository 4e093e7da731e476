/** After the answer: what happens next, who does it, and by when. */
import { html } from 'hono/html';
import { type FriendView, forAFriend, type GreatView, whatWasMissing } from './after.ts';
import { layout, phoneLink } from './layout.ts';
import type { Markup, PageWords } from './words.ts';

export type NextStep =
  | { kind: 'delighted' }
  /** `ask`: until they have told what would have made it great. */
  | { kind: 'content'; ask?: GreatView | undefined }
  /** `by` is a local date and time in the customer's words, as `Thursday, 26 November, 2 pm`. */
  | { kind: 'call' | 'answer' | 'late'; ownerName: string; by: string }
  /** `isByPhone`: a mail is not enough for what happened, somebody telephones. */
  | { kind: 'unhappy'; ownerName: string; by: string; isByPhone: boolean };

export type ThanksView = {
  words: PageWords;
  shopName: string;
  signerFirstName: string;
  signerPhone: string;
  next: NextStep;
  /** Back to the form, where the answer can be changed. */
  correctUrl: string;
  /** The customer's page of what is owed, if anything is. */
  owedUrl?: string | undefined;
  /** For the happy alone. */
  friend?: FriendView | undefined;
};

const bodyOf = (words: PageWords, next: NextStep, signer: string): Markup => {
  switch (next.kind) {
    case 'delighted':
      return html`<p>${words.say('thanks.delighted.body')}</p>`;
    case 'content':
      return next.ask === undefined
        ? html`<p>${words.say('after.great.told')}</p>`
        : whatWasMissing(words, signer, next.ask);
    case 'call':
    case 'answer':
    case 'late':
    case 'unhappy':
      return html`<p>${words.weave(
        next.kind === 'unhappy' && next.isByPhone ? 'thanks.unhappy.rings' : `thanks.${next.kind}.body`,
        {
          owner: html`<strong>${next.ownerName}</strong>`,
          by: html`<strong>${next.by}</strong>`,
        },
      )}</p>
${next.kind === 'unhappy' || next.kind === 'answer' ? html`<p>${words.say('thanks.unhappy.then')}</p>` : ''}`;
  }
};

export const thanks = (view: ThanksView): string => {
  const { words, shopName, signerFirstName, signerPhone, next, owedUrl } = view;
  const title = words.say(`thanks.${next.kind}.title`);
  return layout({
    words,
    shopName,
    title,
    body: html`
<h1>${title}</h1>
${bodyOf(words, next, signerFirstName)}
${owedUrl ? html`<p>${words.say('thanks.owed')} <a href="${owedUrl}">${words.say('thanks.owed-link')}</a></p>` : ''}${forAFriend(words, view.friend)}
<p class="sign"><b>${signerFirstName}</b>${words.weave('common.rather-talk', { name: signerFirstName, phone: phoneLink(signerPhone) })}</p>`,
    footer: html`${words.say('thanks.change')} <a href="${view.correctUrl}">${words.say('thanks.change-link')}</a>`,
  });
};
