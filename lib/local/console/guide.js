/** The first-run hint: three presses, ticked off as they are done, gone when all are. */
import { element, fill } from './dom.js';

const ANSWERED = ['delighted', 'content', 'recovered', 'unhappy'];

const hasReply = (sales) => sales.some(({ outcome }) => ANSWERED.includes(outcome));

const stepsOf = ({ sales, emails, hasAnswered }) => [
  {
    isDone: sales.length > 0,
    words: 'Place a sample order.',
    why: 'Press the name of a shop system. A signed webhook arrives, just as a real shop would send it.',
  },
  {
    isDone: emails.length > 0,
    words: 'Move the clock by 4 days.',
    why: 'The thing has arrived and been used. Now somebody asks how it is going.',
  },
  {
    isDone: hasAnswered || hasReply(sales),
    words: 'Open the mail and answer it, as the customer would.',
    why: 'Press the link in it and answer. Try an unhappy one: then a promise is made, and only the customer closes it.',
  },
];

const stepItem = ({ isDone, words, why }, isNext) =>
  element(
    'li',
    { class: isDone ? 'done' : isNext ? 'next' : undefined },
    element('strong', {}, words, isDone ? element('span', { class: 'tick' }, ' Done ✓') : ''),
    isNext ? element('span', { class: 'why' }, why) : undefined,
  );

export const showGuide = (parent, state) => {
  const steps = stepsOf(state);
  const next = steps.findIndex(({ isDone }) => !isDone);
  parent.hidden = next === -1;
  if (next === -1) return;
  fill(
    parent,
    element('h2', { id: 'guide-title' }, 'Three presses to see it work'),
    element('ol', {}, ...steps.map((step, index) => stepItem(step, index === next))),
  );
};
