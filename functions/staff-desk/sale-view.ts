/** Everything known about a sale, as the desk shows it. */
import { isBefore } from '../core/calendar.ts';
import { answerClocks } from '../core/promises/answer-clock.ts';
import { nextClock } from '../core/promises/notices.ts';
import { isClosed, type OwedPromise } from '../core/promises/promise.ts';
import type { Sale } from '../core/sale.ts';
import { isPresent, memberOf } from '../core/staff.ts';
import { tellStory } from '../core/story.ts';
import type { PromiseView, SaleView } from '../pages/desk/sale.ts';
import { itemName } from '../steps/item-name.ts';
import { type AtDesk, personHref, saleHref } from './at-desk.ts';
import { customerName, phoneOf, worthOf } from './cards.ts';
import { threadView } from './mail-thread.ts';
import { whyView } from './why-view.ts';

type Shown = Pick<SaleView, 'notice' | 'error' | 'values' | 'standing'>;

const promiseView = (at: AtDesk, promise: OwedPromise): PromiseView => {
  const { ports, when, now } = at;
  const { config } = ports.settings;
  const nameOf = (id: string) => memberOf(config, id)?.name ?? id;
  const { booking, offer } = promise;
  const isOver = isClosed(promise);
  const next = isOver ? undefined : nextClock(config, promise, now);
  return {
    id: promise.id,
    kind: promise.kind,
    status: promise.status,
    isClosed: isOver,
    words: promise.words,
    did: promise.what,
    due: when(promise.dueAt),
    isLate: isBefore(promise.dueAt, now),
    next: next !== undefined && isBefore(now, next) ? when(next) : undefined,
    owner: nameOf(promise.owner),
    level: promise.level,
    strikes: promise.strikes,
    offer:
      offer === undefined
        ? undefined
        : [offer.from, offer.to].flatMap((one) => (one === undefined ? [] : when(one))).join(' – '),
    visit:
      booking === undefined
        ? undefined
        : {
            from: when(booking.from),
            to: when(booking.to),
            name: nameOf(booking.provider),
            isPending: booking.isPending,
          },
  };
};

const waitsOf = ({ ports, words, when, now }: AtDesk, sale: Sale): SaleView['waits'] => {
  const { config } = ports.settings;
  const hours = new Intl.NumberFormat(words.locale, { maximumFractionDigits: 1 });
  return answerClocks(sale.journal, config, now).map((clock) => ({
    at: when(clock.startedAt),
    state: clock.state,
    hours: hours.format(clock.hours),
    limit: hours.format(clock.limitHours),
    name: memberOf(config, clock.answeredBy ?? '')?.name ?? clock.answeredBy ?? '',
    isMiss: clock.isMiss,
  }));
};

/** The reader first: whoever promises something usually does it. */
const staffOptions = ({ ports, seat, now }: AtDesk) => {
  const { config } = ports.settings;
  const here = config.staff.filter((member) => isPresent(config, member, now));
  const sorted = [
    ...here.filter(({ id }) => id === seat.member.id),
    ...here.filter(({ id }) => id !== seat.member.id),
  ];
  return sorted.map(({ id, name }) => ({ value: id, label: name }));
};

/** Changes with everything that is written about the sale: a form of an older page is an older press. */
const stampOf = ({ ports, seat }: AtDesk, sale: Sale): string =>
  ports.ids.digest(`desk#${seat.member.id}#${sale.id}#${sale.journal.length}`).slice(0, 32);

export const saleView = (at: AtDesk, sale: Sale, shown: Shown): SaleView => {
  const { ports, words, when, day } = at;
  const { config } = ports.settings;
  const { record, facts, customer } = sale;
  return {
    seat: at.sheet,
    action: saleHref(sale.id),
    personHref: personHref(sale.id),
    number: facts.order?.number ?? record.orderId,
    customer: { name: customerName(words, sale), phone: phoneOf(sale), mail: customer.email },
    item: itemName(ports.settings, sale, words.locale),
    bought: day(facts.order?.placedAt ?? record.createdAt),
    worth: worthOf(words, sale),
    owner: memberOf(config, record.owner)?.name ?? record.owner,
    promises: sale.promises.map((promise) => promiseView(at, promise)),
    answers: sale.replies.map((entry) => ({
      at: when(entry.at),
      rating: entry.reply.rating === undefined ? undefined : `${entry.reply.rating}`,
      words: entry.private?.words,
    })),
    thread: threadView(at, sale),
    waits: waitsOf(at, sale),
    why: whyView(at, sale),
    story: tellStory(sale.journal, config, when).map((line) => ({ at: when(line.at), what: line.what })),
    staff: staffOptions(at),
    stamp: stampOf(at, sale),
    ...shown,
  };
};
