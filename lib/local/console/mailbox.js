/** The mailbox: every mail the shop sent, as it would have arrived. */

import { answerMail } from './answer-mail.js';
import { byId, element, fill, linked, longTime, shortTime } from './dom.js';

const addressOf = (to) => (Array.isArray(to) ? to.join(', ') : String(to ?? ''));

const emptyMailbox = () =>
  element(
    'div',
    { class: 'empty' },
    element('h2', {}, 'No mail yet'),
    element(
      'p',
      {},
      'The first one goes out once the product has been used: place a sample order, then move the clock. Nothing here leaves this machine unless an SMTP server is set.',
    ),
  );

const mailLink = (mail, openId) =>
  element(
    'li',
    {},
    element(
      'a',
      {
        href: `#mail/${encodeURIComponent(mail.id)}`,
        id: `mail-${mail.id}`,
        'aria-current': mail.id === openId ? 'true' : undefined,
      },
      element('span', { class: 'line' }, element('strong', {}, mail.subject || '(no subject)')),
      element('span', { class: 'line small' }, `to ${addressOf(mail.to)}`),
      element('time', { class: 'line small', datetime: mail.at }, shortTime(mail.at)),
    ),
  );

export const showMails = (emails, openId) => {
  byId('mail-count').textContent = String(emails.length);
  if (emails.length === 0) {
    fill(byId('mails'), emptyMailbox());
    return;
  }
  fill(
    byId('mails'),
    element('ul', { class: 'list' }, ...emails.toReversed().map((mail) => mailLink(mail, openId))),
  );
};

/** Scripts stay off and pictures unloaded; a link opens in a tab of its own. */
const htmlFrame = (html) =>
  element('iframe', {
    title: 'The mail as HTML',
    sandbox: 'allow-popups allow-popups-to-escape-sandbox',
    srcdoc: `<base target="_blank">${html}`,
  });

const bodyTabs = (mail) => {
  const body = element('div', { class: 'mail-body' });
  const show = (kind) => {
    for (const [name, button] of Object.entries(buttons))
      button.setAttribute('aria-pressed', String(name === kind));
    if (kind === 'html') fill(body, htmlFrame(mail.html));
    else fill(body, element('div', { class: 'text' }, ...linked(mail.text ?? '')));
  };
  const buttons = {
    text: element('button', { type: 'button', onclick: () => show('text') }, 'As text'),
    html: element('button', { type: 'button', onclick: () => show('html') }, 'As HTML'),
  };
  show(mail.text ? 'text' : 'html');
  return [
    mail.text && mail.html
      ? element(
          'div',
          { class: 'buttons tabs', role: 'group', 'aria-label': 'How to show it' },
          buttons.text,
          buttons.html,
        )
      : undefined,
    body,
  ];
};

export const showMail = (mail, actions) => {
  if (!mail) {
    fill(byId('mail'), element('p', { class: 'hint' }, 'Choose a mail to read it.'));
    byId('mail').hidden = byId('mails').querySelector('.empty') !== null;
    return;
  }
  byId('mail').hidden = false;
  fill(
    byId('mail'),
    element('h2', {}, mail.subject || '(no subject)'),
    element(
      'p',
      { class: 'hint' },
      `From ${addressOf(mail.from)}`,
      element('br'),
      `to ${addressOf(mail.to)}, ${longTime(mail.at)}`,
    ),
    ...bodyTabs(mail),
    answerMail(mail, actions),
  );
};
