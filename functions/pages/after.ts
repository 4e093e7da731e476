/** What stands on a customer's pages once they have answered: the one question to the content, the code for a friend. */
import { html } from 'hono/html';
import { type HiddenFields, hiddenFields, textArea } from './form-parts.ts';
import type { Markup, PageWords } from './words.ts';

/** What the friend gets stands in the shop's own words. */
export type FriendView = { code: string; gives: string };

/** Private words, tied to nothing: not to a review, not to an answer. */
export const forAFriend = (words: PageWords, friend: FriendView | undefined): Markup | '' =>
  friend === undefined
    ? ''
    : html`
<section class="card"><h2>${words.say('after.friend.title')}</h2>
<p>${words.say('after.friend.body', { gives: friend.gives })}</p>
<p>${words.say('after.friend.label')}: <strong>${friend.code}</strong></p>
<p class="hint">${words.say('after.friend.quiet')}</p></section>`;

/** A correction of the same answer: what was said before goes along. */
export type GreatView = { action: string; said: HiddenFields };

const MORE = 'more';

export const whatWasMissing = (words: PageWords, signer: string, { action, said }: GreatView): Markup => html`
<form method="post" action="${action}">${hiddenFields(said)}${textArea({
  name: MORE,
  label: words.say('after.great'),
  hint: words.say('thanks.content.body'),
  rows: 3,
})}<button class="plain">${words.say('after.great.send', { signer })}</button></form>`;

export const REVIEWED = 'reviewed';

/** Small and folded: most never need it. */
export const reviewedForm = (words: PageWords, action: string, isOpen: boolean): Markup => html`
<details${isOpen ? html` open` : ''}><summary>${words.say('after.reviewed')}<small>${words.say('after.reviewed.hint')}</small></summary><div class="more">
<form method="post" action="${action}"><button class="plain" id="${REVIEWED}" name="act" value="${REVIEWED}">${words.say('after.reviewed.send')}</button></form></div></details>`;
