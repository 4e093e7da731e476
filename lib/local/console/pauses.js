/** Pauses in force: what does not leave now, until when, and why. */
import { byId, element, fill, shortTime } from './dom.js';

/** `all` of them, or those about the sales of one shop connection or of one journey. */
const mailsOf = ({ of, name }) => (of === 'all' ? 'No mails' : `No mails about sales of the ${of} ${name}`);

const noteOf = ({ what, until, by, reason }) =>
  element(
    'p',
    { class: 'strip paused' },
    element('strong', {}, `${mailsOf(what)} leave until ${shortTime(until)}.`),
    element('span', {}, `${by}: ${reason}`),
  );

const HOW_TO_END = 'What is held is said afterwards. “npx aftercare resume” ends a pause at once.';

export const showPauses = (pauses) => {
  byId('pauses').hidden = pauses.length === 0;
  fill(byId('pauses'), ...pauses.map(noteOf), element('p', { class: 'small' }, HOW_TO_END));
};
