/** Unsubscribing: the link shows this page, only the button acts. The same POST is RFC 8058's one-click. */
import { html } from 'hono/html';
import { type HiddenFields, hiddenFields } from './form-parts.ts';
import { layout } from './layout.ts';
import type { PageWords } from './words.ts';

export type StopView = {
  words: PageWords;
  shopName: string;
  /** Takes the POST `List-Unsubscribe=One-Click`, and `undo=1` afterwards. */
  action: string;
  hidden?: HiddenFields;
};

export const stop = ({ words, shopName, action, hidden }: StopView): string => {
  const title = words.say('stop.title');
  return layout({
    words,
    shopName,
    title,
    body: html`
<h1>${title}</h1>
<p>${words.say('stop.body', { shop: shopName })}</p>
<p>${words.say('stop.stays')}</p>
<form method="post" action="${action}">${hiddenFields({ ...hidden, 'List-Unsubscribe': 'One-Click' })}<button>${words.say('stop.button')}</button></form>`,
  });
};

export const stopDone = ({ words, shopName, action, hidden }: StopView): string => {
  const title = words.say('stop.done.title');
  return layout({
    words,
    shopName,
    title,
    body: html`
<h1>${title}</h1>
<p>${words.say('stop.done.body', { shop: shopName })}</p>
<p>${words.say('stop.stays')}</p>
<form method="post" action="${action}">${hiddenFields({ ...hidden, undo: '1' })}
<p class="hint">${words.say('stop.undo-hint')}</p><button class="plain">${words.say('stop.undo')}</button></form>`,
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
