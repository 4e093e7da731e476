/** What staff do with a note about a promise: take it, say it is done, hand it over, ask for time, or nothing. */
import { visit } from '../../fixtures/invocations.ts';
import type { Act, SeenMail } from '../checker/seen.ts';
import { filledIn, linksIn, promiseOf } from './letters.ts';
import { momentFor, type Stage } from './stage.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const MOST_TRIES = 4;

type Doing = { what: Act['what']; form: Record<string, string> };

const doingFor = (stage: Stage, name: string): Doing | undefined => {
  const how = stage.chance.draw(`staff do ${name}`);
  const words = `Nadelnotiz ${stage.chance.below(`words ${name}`, 1e9)}`;
  if (how < 0.4) return { what: 'done', form: { act: 'done', what: words } };
  if (how < 0.58) return { what: 'other', form: { act: 'take' } };
  if (how < 0.63) return { what: 'other', form: { act: 'hand-over', to: 'ben', note: words } };
  if (how < 0.66) return { what: 'other', form: { act: 'tell', 'tell-what': words } };
  if (how < 0.7) {
    const due = new Date(stage.now() + 3 * DAY_MS).toISOString().slice(0, 16);
    return { what: 'other', form: { act: 'more-time', 'more-due': due, 'more-reason': words } };
  }
  return how < 0.72 ? { what: 'other', form: { act: 'withdraw', 'withdraw-reason': words } } : undefined;
};

const press = async (
  stage: Stage,
  mail: SeenMail,
  promise: string,
  doing: Doing,
  tries = 1,
): Promise<void> => {
  const token = linksIn(mail.raw).get('p');
  if (token === undefined) return;
  const act: { -readonly [K in keyof Act]: Act[K] } = {
    ...stage.witness.moment(),
    ...{ by: 'staff', via: 'desk', what: doing.what, sale: mail.sale, status: 0, promise },
  };
  stage.witness.acts.push(act);
  const request = visit('p', token, { at: act.at, form: filledIn(token, act.at, doing.form) });
  const purpose = `${doing.form['act'] ?? ''} ${mail.message} ${mail.attempt} of ${mail.sale}`;
  const { status } = await stage.http('act-on-promise', request, purpose);
  act.status = status;
  act.doneAt = stage.witness.moment();
  stage.witness.story.push(`${act.doneAt.at} staff ${purpose}: ${status}`);
  if ((status === 0 || status >= 500) && tries < MOST_TRIES)
    stage.outside.add(
      stage.now() + tries * MINUTE_MS,
      () => void press(stage, mail, promise, doing, tries + 1),
    );
};

export const createStaff =
  (stage: Stage) =>
  (mail: SeenMail): void => {
    const promise = promiseOf(mail.message);
    if (stage.isOver() || mail.sale === '' || promise === undefined) return;
    const name = `${mail.message} ${mail.attempt} of ${mail.sale}`;
    const doing = doingFor(stage, name);
    if (doing === undefined) return;
    const at = momentFor(stage, `staff ${name}`, mail.sale, promise);
    stage.happen(`staff ${doing.form['act'] ?? ''} after ${name}`, at, () => {
      void press(stage, mail, promise, doing);
    });
    /* A double click, or a colleague in the same moment. */
    if (stage.chance.isLikely(`twice ${name}`, 0.1))
      stage.happen(`staff twice after ${name}`, at, () => void press(stage, mail, promise, doing));
  };
