/** Answering a mail as whoever got it: the words arrive by mail, as from a mail program. */
import { api } from './api.js';
import { announce, element } from './dom.js';

const addressOf = (to) => (Array.isArray(to) ? to.join(', ') : String(to ?? ''));

/** In an encoded word, so that any script travels in a header. */
const encoded = (text) => {
  const bytes = new TextEncoder().encode(text);
  return `=?utf-8?B?${btoa(String.fromCharCode(...bytes))}?=`;
};

const quoted = (text) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');

/** As mail programs write it: the words first, what they answer quoted below. */
const answerTo = (mail, words) => {
  const to = mail.replyTo ?? mail.from;
  const id = mail.headers?.['message-id'];
  const head = [
    `From: ${addressOf(mail.to)}`,
    `To: ${addressOf(to)}`,
    `Subject: ${encoded(`Re: ${(mail.subject ?? '').replace(/^re: /i, '')}`)}`,
    `Message-ID: <${crypto.randomUUID()}@console.localhost>`,
    ...(id ? [`In-Reply-To: ${id}`, `References: ${id}`] : []),
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
  ];
  const body = `${words.trim()}\n\nOn ${mail.at.slice(0, 10)}, ${addressOf(mail.from)} wrote:\n\n${quoted(mail.text ?? '')}\n`;
  return `${head.join('\r\n')}\r\n\r\n${body.replaceAll('\n', '\r\n')}`;
};

/** Mail to a person's own mailbox is not on this machine. */
const canArrive = (mail) => /^[ru]\+[a-z2-7]{32}@/i.test(addressOf(mail.replyTo));

/** A field for the answer, or where an answer goes instead. `actions.run` shows what came of it. */
export const answerMail = (mail, actions) => {
  const to = addressOf(mail.replyTo ?? mail.from);
  if (!canArrive(mail))
    return element('p', { class: 'hint' }, `A plain reply goes to ${to}, where a person reads it.`);
  const field = element('textarea', { id: 'answer-words', rows: '3', required: true });
  const send = async (event) => {
    event.preventDefault();
    const words = field.value;
    if (words.trim() === '') return;
    await actions.run(async () => {
      await api.receiveMail(answerTo(mail, words));
      field.value = '';
      announce('Your answer has arrived. The sale tells what it led to.');
    });
  };
  return element(
    'form',
    { class: 'answer', onsubmit: (event) => void send(event) },
    element('label', { for: 'answer-words' }, `Answer it as ${addressOf(mail.to)}`),
    field,
    element('button', { type: 'submit' }, 'Send the answer'),
  );
};
