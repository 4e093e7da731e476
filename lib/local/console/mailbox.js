/** The mailbox: every mail the shop sent, as it would have arrived; and an answer to it, as if the customer wrote. */
import { api } from './api.js';
import { announce, byId, element, fill, linked, longTime, shortTime } from './dom.js';

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

const headerOf = ({ headers }, wanted) => {
  const pairs = Array.isArray(headers)
    ? headers.map((header) => (Array.isArray(header) ? header : [header.name ?? header.key, header.value]))
    : Object.entries(headers ?? {});
  return pairs.find(([name]) => String(name).toLowerCase() === wanted)?.[1];
};

const base64 = (text) => btoa(String.fromCodePoint(...new TextEncoder().encode(text)));
const oneLine = (text) => text.replace(/[\r\n]+/g, ' ');

const mimeOf = (mail, words, now) => {
  const messageId = headerOf(mail, 'message-id');
  return [
    `From: ${oneLine(addressOf(mail.to))}`,
    `To: ${oneLine(addressOf(mail.replyTo ?? mail.from))}`,
    `Subject: =?utf-8?B?${base64(`Re: ${oneLine(mail.subject ?? '')}`)}?=`,
    `Date: ${new Date(now).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${crypto.randomUUID()}@console.localhost>`,
    ...(messageId
      ? [`In-Reply-To: ${oneLine(String(messageId))}`, `References: ${oneLine(String(messageId))}`]
      : []),
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    ...(base64(words).match(/.{1,76}/g) ?? []),
    '',
  ].join('\r\n');
};

const replyForm = (mail, console) => {
  const words = element('textarea', { id: 'reply', rows: 4, required: true });
  const send = async (event) => {
    event.preventDefault();
    await console.run(async () => {
      await api.receiveMail(mimeOf(mail, words.value, console.now()));
      words.value = '';
      announce('Your answer has arrived as a mail. See under “Sales” what came of it.');
    });
  };
  return element(
    'form',
    { class: 'reply', onsubmit: send },
    element('label', { for: 'reply' }, `Answer as ${addressOf(mail.to)}`),
    element('p', { class: 'hint', id: 'reply-hint' }, 'A plain reply counts as the answer. No form needed.'),
    words,
    element('button', {}, 'Send this reply'),
  );
};

export const showMail = (mail, console) => {
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
    replyForm(mail, console),
  );
};
