/** L3, I4: nothing leaves that was forbidden before it was decided. */
import type { Finding, Moment, Seen, SeenMail } from './seen.ts';

/** `ask`: wants something of the customer. `thanks`: the one answer to an answer. Everything else is owed to them. */
const ASKS = ['check-in', 'reminder', 'made-it-great', 'review-ask', 'referral'];
const THANKS = ['thank-you'];

type Ban = {
  from: Moment;
  /** Taken back from then on. */
  until?: number | undefined;
  why: string;
  forbids(mail: SeenMail): boolean;
};

const isAsk = ({ message }: SeenMail): boolean => ASKS.includes(message);
const isAskOrThanks = (mail: SeenMail): boolean => isAsk(mail) || THANKS.includes(mail.message);
const isAny = (): boolean => true;

const isGood = ({ status }: { status: number }): boolean => status >= 200 && status < 300;

/** The earliest moment at which the product had dealt with it. */
const first = (moments: readonly (Moment | undefined)[]): Moment | undefined =>
  moments
    .filter((one): one is Moment => one !== undefined)
    .reduce<Moment | undefined>(
      (best, one) => (best === undefined || one.seq < best.seq ? one : best),
      undefined,
    );

const endOfOrder = (seen: Seen, sale: string): Ban[] => {
  const ends = seen.told.filter(
    (told) =>
      `${told.source}/${told.order}` === sale &&
      (told.word === 'cancelled' || (told.word === 'refunded' && told.isFull === true)),
  );
  const from = first(ends.map(({ doneAt }) => doneAt));
  return from === undefined ? [] : [{ from, why: 'the order had ended', forbids: isAsk }];
};

const forgetting = (seen: Seen, sale: string): Ban[] => {
  const asked = seen.acts.filter((act) => act.sale === sale && act.what === 'erase' && isGood(act));
  const told = seen.told.filter((one) => `${one.source}/${one.order}` === sale && one.word === 'erase');
  const from = first([...asked, ...told].map(({ doneAt }) => doneAt));
  return from === undefined ? [] : [{ from, why: 'they had been forgotten', forbids: isAny }];
};

/** A stop reaches every sale of the person; pressing "go on" takes it back. */
const stops = (seen: Seen, person: string): Ban[] => {
  const theirs = seen.acts.filter((act) => seen.people[act.sale] === person && isGood(act));
  const resumed = theirs.filter(({ what }) => what === 'resume').map(({ seq }) => seq);
  return theirs.flatMap((act): Ban[] => {
    const from = act.doneAt;
    if (act.what !== 'stop' || from === undefined) return [];
    /* Pressed while the stop was being answered: nobody can say which came first. */
    const until = resumed.filter((seq) => seq > act.seq).sort((a, b) => a - b)[0];
    return [{ from, until, why: 'they had asked us to stop', forbids: isAskOrThanks }];
  });
};

const dead = (seen: Seen, person: string): Ban[] =>
  seen.fates.flatMap(({ kind, sale, doneAt }): Ban[] => {
    if (doneAt === undefined || seen.people[sale] !== person) return [];
    if (kind === 'complaint') return [{ from: doneAt, why: 'they had complained', forbids: isAny }];
    return kind === 'hard-bounce'
      ? [{ from: doneAt, why: 'their mailbox takes no mail', forbids: isAny }]
      : [];
  });

export const judgeSilence = (seen: Seen): Finding[] => {
  const known = new Map<string, Ban[]>();
  const bansOn = (sale: string): Ban[] => {
    const bans = known.get(sale);
    if (bans !== undefined) return bans;
    const person = seen.people[sale] ?? sale;
    const fresh = [
      ...endOfOrder(seen, sale),
      ...forgetting(seen, sale),
      ...stops(seen, person),
      ...dead(seen, person),
    ];
    known.set(sale, fresh);
    return fresh;
  };
  return seen.mails
    .filter(({ to, sale }) => to === 'customer' && sale !== '')
    .flatMap((mail) =>
      bansOn(mail.sale)
        .filter((ban) => ban.forbids(mail) && mail.decided > ban.from.seq)
        .filter(({ until }) => until === undefined || mail.decided < until)
        .map(
          ({ why }): Finding => ({ law: 'I4', sale: mail.sale, what: `${mail.message} left after ${why}` }),
        ),
    );
};
