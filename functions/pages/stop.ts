/** Unsubscribing: the link shows this page, only a button acts. RFC 8058's one-click POST goes to the same address. */
import { html } from 'hono/html';
import { layout, phoneLink } from './layout.ts';
import type { Markup, PageWords } from './words.ts';

export type StopView = {
  words: PageWords;
  shopName: string;
  /** Takes the POST `stop` = `asking` or `review`, and `undo=1` afterwards. */
  action: string;
  /** The press that was made may not have been a person's. */
  isAgain?: boolean;
};

/** What was stopped: everything that asks, or only reviews and recommendations. */
export type Stopped = 'asking' | 'review';

const againNote = (words: PageWords, isAgain: boolean | undefined): Markup | '' =>
  isAgain === true ? html`<div class="note" role="status"><p>${words.say('stop.once-more')}</p></div>` : '';

export const stop = ({ words, shopName, action, isAgain }: StopView): string => {
  const title = words.say('stop.title');
  return layout({
    words,
    shopName,
    title,
    body: html`${againNote(words, isAgain)}
<h1>${title}</h1>
<p>${words.say('stop.body', { shop: shopName })}</p>
<p>${words.say('stop.stays')}</p>
<form method="post" action="${action}"><button name="stop" value="asking">${words.say('stop.button')}</button></form>
<form method="post" action="${action}"><p class="hint">${words.say('stop.review-lead')}</p><button class="plain" name="stop" value="review">${words.say('stop.review-button')}</button></form>`,
  });
};

export const stopDone = (
  { words, shopName, action, isAgain }: StopView,
  stopped: Stopped = 'asking',
): string => {
  const keys =
    stopped === 'asking'
      ? (['stop.done.title', 'stop.done.body'] as const)
      : (['stop.review.done.title', 'stop.review.done.body'] as const);
  const title = words.say(keys[0]);
  return layout({
    words,
    shopName,
    title,
    body: html`${againNote(words, isAgain)}
<h1>${title}</h1>
<p>${words.say(keys[1], { shop: shopName })}</p>
<p>${words.say('stop.stays')}</p>
<form method="post" action="${action}"><input type="hidden" name="undo" value="1">
<p class="hint">${words.say('stop.undo-hint')}</p><button class="plain">${words.say('stop.undo')}</button></form>`,
  });
};

/** The press is not enough: the address takes no mail, or a mail was marked as spam. */
export const stopStays = ({
  words,
  shopName,
  phone,
}: Pick<StopView, 'words' | 'shopName'> & { phone: string }): string => {
  const title = words.say('stop.still.title');
  return layout({
    words,
    shopName,
    title,
    body: html`<h1>${title}</h1><p>${words.weave('stop.still.body', { phone: phoneLink(phone) })}</p>`,
  });
};

export const stopUndone = ({ words, shopName }: Pick<StopView, 'words' | 'shopName'>): string => {
  const title = words.say('stop.undone.title');
  return layout({
    words,
    shopName,
    title,
    body: html`<h1>${title}</h1><p>${words.say('stop.undone.body')}</p>`,
  });
};
