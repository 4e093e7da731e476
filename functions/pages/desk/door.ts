/** The pages before one is at the desk. None of them says whether anybody by that address works here. */
import { html } from 'hono/html';
import type { PageWords } from '../words.ts';
import { lineField } from './fields.ts';
import { doorSheet } from './sheet.ts';

export type DoorView = { words: PageWords; shopName: string };

export const signInForm = ({ words, shopName }: DoorView): string => {
  const title = words.say('desk.sign-in.title');
  const address = lineField({
    type: 'email',
    name: 'address',
    label: words.say('desk.sign-in.address'),
    isRequired: true,
    autocomplete: 'email',
    longest: 320,
  });
  return doorSheet(
    words,
    shopName,
    title,
    html`
<h1>${title}</h1><p>${words.say('desk.sign-in.body', { shop: shopName })}</p>
<form method="post" action="/desk/sign-in">${address}<button>${words.say('desk.sign-in.send')}</button></form>`,
  );
};

export const lookIntoYourMail = ({ words, shopName }: DoorView): string => {
  const title = words.say('desk.sent.title');
  return doorSheet(
    words,
    shopName,
    title,
    html`
<h1>${title}</h1><p>${words.say('desk.sent.body')}</p><p class="hint">${words.say('desk.sent.again')}</p>
<p><a href="/desk/sign-in">${words.say('desk.sent.retry')}</a></p>`,
  );
};

/** A mail scanner that opens the link opens nothing: somebody has to press. */
export const enterForm = ({ words, shopName, token }: DoorView & { token: string }): string => {
  const title = words.say('desk.enter.title');
  return doorSheet(
    words,
    shopName,
    title,
    html`
<h1>${title}</h1><p>${words.say('desk.enter.body')}</p>
<form method="post" action="/desk/enter/${token}"><button>${words.say('desk.enter.button')}</button></form>`,
  );
};

export const wayInIsOver = ({ words, shopName }: DoorView): string => {
  const title = words.say('desk.enter.over.title');
  return doorSheet(
    words,
    shopName,
    title,
    html`
<h1>${title}</h1><p>${words.say('desk.enter.over.body')}</p>
<p><a class="button" href="/desk/sign-in">${words.say('desk.enter.over.button')}</a></p>`,
  );
};

/** To a press that did not come from our own page. */
export const refusedPress = ({ words, shopName }: DoorView): string => {
  const title = words.say('desk.refused.title');
  return doorSheet(
    words,
    shopName,
    title,
    html`
<h1>${title}</h1><p>${words.say('desk.refused.body')}</p>
<p><a class="button" href="/desk">${words.say('desk.lost.back')}</a></p>`,
  );
};
