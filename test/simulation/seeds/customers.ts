/** What customers do with a mail: read it, answer it by form or mail, twice, too late, or not at all. */
import { visit } from '../../fixtures/invocations.ts';
import { writeMail } from '../../fixtures/mails/write-mail.ts';
import type { Act, SeenMail } from '../checker/seen.ts';
import { filledIn, linksIn, promiseOf, replyToIn } from './letters.ts';
import { momentFor, type Stage } from './stage.ts';

const MINUTE_MS = 60_000;
const ASKS = ['check-in', 'reminder'];
const MOST_TRIES = 5;
const MOST_ECHOES = 30;

type Press = {
  page: 'r' | 's' | 'u';
  what: Act['what'];
  form: Record<string, string>;
  via?: Act['via'];
  rating?: number;
  words?: string;
  promise?: string;
};

const FUNCTIONS = { r: 'receive-reply', s: 'receive-verdict', u: 'stop-asking' } as const;

const nameOf = ({ message, attempt, sale }: SeenMail): string => `${message} ${attempt} of ${sale}`;

/** A mail's own token opens every page of the customer. */
const tokenIn = (mail: SeenMail): string | undefined => [...linksIn(mail.raw).values()][0];

/** Whoever gets no answer, or an error, presses again after a while. */
const press = async (stage: Stage, mail: SeenMail, given: Press, tries = 1): Promise<void> => {
  const token = tokenIn(mail);
  if (token === undefined) return;
  const { page, form, what, via = 'form', rating, words, promise } = given;
  const act: { -readonly [K in keyof Act]: Act[K] } = {
    ...stage.witness.moment(),
    ...{ by: 'customer', via, what, sale: mail.sale, status: 0 },
    ...(rating === undefined ? {} : { rating }),
    ...(words === undefined ? {} : { words }),
    ...(promise === undefined ? {} : { promise }),
  };
  stage.witness.acts.push(act);
  const request = visit(page, token, { at: act.at, form: filledIn(token, act.at, form) });
  const purpose = `${what} about ${nameOf(mail)} ${words ?? ''}`;
  const { status } = await stage.http(FUNCTIONS[page], request, purpose);
  act.status = status;
  act.doneAt = stage.witness.moment();
  stage.witness.story.push(`${act.doneAt.at} ${what} by ${via} about ${nameOf(mail)}: ${status}`);
  if ((status === 0 || status >= 500) && tries < MOST_TRIES)
    stage.outside.add(stage.now() + tries * MINUTE_MS, () => void press(stage, mail, given, tries + 1));
};

/** GET and HEAD of every link: scanners do it to each mail, and people who only look. */
const look = async (stage: Stage, mail: SeenMail): Promise<void> => {
  for (const [page, token] of linksIn(mail.raw)) {
    if (page !== 'r' && page !== 's' && page !== 'u') continue;
    const moment = stage.witness.moment();
    const request = visit(page, token, { at: moment.at, query: 'rating=4' });
    const { status, writes } = await stage.http(FUNCTIONS[page], request, `look ${page} of ${nameOf(mail)}`);
    stage.witness.looks.push({ ...moment, sale: mail.sale, status, writes });
  }
};

type Written = { text: string; what: Act['what']; headers?: readonly string[]; words?: string };

const writeBack = (stage: Stage, mail: SeenMail, written: Written, n = 1): void => {
  const to = replyToIn(mail.raw);
  if (to === undefined) return;
  const { text, what, headers = [], words } = written;
  const id = `${stage.witness.seq()}@kundschaft.example`;
  const raw = writeMail({
    ...{ from: `Somebody <${mail.address}>`, to, subject: 'Re: your mail', text },
    headers: [`Message-ID: <${id}>`, `Date: ${new Date(stage.now()).toUTCString()}`, ...headers],
  });
  const act: { -readonly [K in keyof Act]: Act[K] } = {
    ...stage.witness.moment(),
    ...{ by: 'customer', via: 'mail', what, sale: mail.sale, status: 250 },
    ...(words === undefined ? {} : { words }),
  };
  stage.witness.acts.push(act);
  stage.witness.story.push(`${act.at} ${what} by mail about ${nameOf(mail)} (${n})`);
  stage.arrive(raw, () => {
    act.doneAt = stage.witness.moment();
  });
};

const SENTENCES = {
  good: 'Everything is great, we love it.',
  bad: 'It is broken, I am really unhappy with it.',
  open: 'Could you tell me how to oil it?',
} as const;

const answerByMail = (stage: Stage, mail: SeenMail, at: number): void => {
  const name = `mail about ${nameOf(mail)}`;
  const mood = stage.chance.pick(`mood ${name}`, ['good', 'bad', 'open'] as const);
  const words = `Nadelpost ${stage.chance.below(`words ${name}`, 1e9)}`;
  stage.happen(name, at, () => {
    writeBack(stage, mail, { text: `${SENTENCES[mood]} ${words}`, what: 'reply', words });
  });
};

const answerByForm = (stage: Stage, mail: SeenMail, nth: number, at: number): void => {
  const { chance } = stage;
  const name = `form ${nth} about ${nameOf(mail)}`;
  const rating = 1 + chance.below(`rating ${name}`, 5);
  const words = `Nadelwort ${chance.below(`words ${name}`, 1e9)}`;
  const wish = chance.isLikely(`wish ${name}`, 0.15) ? { wish: 'fix' } : {};
  const form = { rating: String(rating), words, ...wish };
  stage.happen(name, at, () => void press(stage, mail, { page: 'r', what: 'reply', form, rating, words }));
};

const stop = (stage: Stage, mail: SeenMail): void => {
  const { chance } = stage;
  const name = `stop after ${nameOf(mail)}`;
  const at = momentFor(stage, name, mail.sale, 'FollowUp');
  const isOneClick = chance.isLikely(`one click ${name}`, 0.6);
  const form: Record<string, string> = isOneClick ? { 'List-Unsubscribe': 'One-Click' } : { stop: 'asking' };
  const via = isOneClick ? 'one-click' : 'form';
  stage.happen(name, at, () => void press(stage, mail, { page: 'u', what: 'stop', form, via }));
  if (!chance.isLikely(`back ${name}`, 0.35)) return;
  const later = at + Math.round(chance.draw(`when back ${name}`) * 10 * 24 * 60 * MINUTE_MS);
  stage.happen(`taken back: ${name}`, later, () => {
    void press(stage, mail, { page: 'u', what: 'resume', form: { undo: '1' } });
  });
};

const forget = (stage: Stage, mail: SeenMail): void => {
  const name = `forget after ${nameOf(mail)}`;
  const form = { act: 'forget-yes', sure: 'yes' };
  stage.happen(name, momentFor(stage, name, mail.sale, 'FollowUp'), () => {
    void press(stage, mail, { page: 's', what: 'erase', form });
  });
};

const answerAsk = (stage: Stage, mail: SeenMail): void => {
  const { chance } = stage;
  const name = nameOf(mail);
  const at = momentFor(stage, `answer ${name}`, mail.sale, 'FollowUp');
  const how = chance.draw(`what about ${name}`);
  if (how < 0.45) answerByForm(stage, mail, 1, at);
  else if (how < 0.6) answerByMail(stage, mail, at);
  else if (how < 0.66) stop(stage, mail);
  else if (how < 0.69) forget(stage, mail);
  else return;
  if (how < 0.6 && chance.isLikely(`once more ${name}`, 0.2)) {
    const isAtOnce = chance.isLikely(`at once ${name}`, 0.5);
    answerByForm(stage, mail, 2, isAtOnce ? at : momentFor(stage, `again ${name}`, mail.sale, 'FollowUp'));
  }
  if (chance.isLikely(`mail too ${name}`, 0.04)) answerByMail(stage, mail, at);
};

const answerVerdict = (stage: Stage, mail: SeenMail, promise: string): void => {
  const { chance } = stage;
  const name = `verdict on ${nameOf(mail)}`;
  const how = chance.draw(`what ${name}`);
  if (how > 0.7) return;
  const isKept = how < 0.45;
  const at = momentFor(stage, name, mail.sale, promise);
  const words = `Nadelurteil ${chance.below(`words ${name}`, 1e9)}`;
  const form = { act: isKept ? 'yes' : 'not-yet', promise, words };
  const what = isKept ? 'kept' : 'not-yet';
  stage.happen(name, at, () => void press(stage, mail, { page: 's', what, form, promise }));
  if (chance.isLikely(`twice ${name}`, 0.1))
    stage.happen(`${name} again`, at, () => void press(stage, mail, { page: 's', what, form, promise }));
};

/** Asks whether something was kept. */
const isVerdict = (message: string): boolean => /\/(was-it|answer|verdict|kept|confirm)/.test(message);

const machines = (stage: Stage, mail: SeenMail, echoes: Map<string, number>): void => {
  const manner = stage.orderOf(mail.sale)?.person.manner;
  const name = `echo of ${nameOf(mail)}`;
  const at = stage.now() + 1000;
  const headers = ['Auto-Submitted: auto-replied'];
  const text = 'I am away until further notice.';
  if (manner === 'auto-responder')
    stage.happen(name, at, () => writeBack(stage, mail, { text, what: 'other', headers }));
  const count = (echoes.get(mail.sale) ?? 0) + 1;
  echoes.set(mail.sale, count);
  if (manner === 'echo' && count < MOST_ECHOES)
    stage.happen(name, at, () =>
      writeBack(stage, mail, { text: 'We have got your mail.', what: 'other' }, count),
    );
};

export const createCustomers = (stage: Stage) => {
  const echoes = new Map<string, number>();
  return (mail: SeenMail): void => {
    const { chance } = stage;
    const name = nameOf(mail);
    if (stage.isOver() || mail.sale === '') return;
    machines(stage, mail, echoes);
    if (chance.isLikely(`scanned ${name}`, 0.1))
      stage.happen(`looks into ${name}`, stage.now() + 2000, () => void look(stage, mail));
    const promise = promiseOf(mail.message);
    if (ASKS.includes(mail.message)) answerAsk(stage, mail);
    else if (promise !== undefined && isVerdict(mail.message)) answerVerdict(stage, mail, promise);
    else if (chance.isLikely(`writes about ${name}`, 0.06))
      answerByMail(stage, mail, momentFor(stage, `writes about ${name}`, mail.sale, promise ?? 'FollowUp'));
  };
};
