/** What the world saw of a state, as the checker reads it. */
import { toInstant } from '../../../functions/core/calendar.ts';
import type { Act, Seen, SeenExecution, Told } from '../checker/seen.ts';
import { type Execution, tokenOf } from './machines.ts';
import { EMAIL, SALE_ID } from './sale.ts';
import type { Answered, EventName, State } from './state.ts';

const SHOP = {
  create: { word: 'ordered', event: 'create' },
  paid: { word: 'paid', event: 'paid' },
  delivered: { word: 'delivered', event: 'delivered' },
  refund: { word: 'refunded', event: 'refund' },
  erase: { word: 'erase', event: 'erase' },
} as const satisfies Partial<Record<EventName, Pick<Told, 'word' | 'event'>>>;

const ACTS = {
  reply: { by: 'customer', via: 'form', what: 'reply' },
  'second-reply': { by: 'customer', via: 'form', what: 'reply' },
  stop: { by: 'customer', via: 'one-click', what: 'stop' },
  'staff-act': { by: 'staff', via: 'form', what: 'other' },
} as const satisfies Partial<Record<EventName, Pick<Act, 'by' | 'via' | 'what'>>>;

const momentOf = ({ at, seq }: { at: number; seq: number }) => ({ at: toInstant(at), seq });

const toldOf = (answer: Answered): Told[] => {
  const { event, status } = answer;
  if (!(event in SHOP)) return [];
  const said =
    event === 'create' ||
    event === 'paid' ||
    event === 'delivered' ||
    event === 'refund' ||
    event === 'erase';
  if (!said) return [];
  const moment = momentOf(answer);
  const isFull = event === 'refund' ? { isFull: true } : {};
  return [{ ...moment, source: 'shop', order: 'B-204', ...SHOP[event], ...isFull, status, doneAt: moment }];
};

/** Of a sale that was not there yet nobody can ask anything. */
const actOf = (answer: Answered): Act[] => {
  const { event, status, isKnown } = answer;
  if (
    !isKnown ||
    (event !== 'reply' && event !== 'second-reply' && event !== 'stop' && event !== 'staff-act')
  )
    return [];
  const moment = momentOf(answer);
  return [{ ...moment, ...ACTS[event], sale: SALE_ID, status, doneAt: moment }];
};

const executionOf = (one: Execution): SeenExecution => {
  const { machine, name, status, began: input } = one;
  const isHeld = one.phase === 'waiting' || one.phase === 'due';
  return { machine, name, status, input, history: one.input, tokens: isHeld ? [tokenOf(one)] : [] };
};

/** `drained`: everything that is due has been done. */
export const seenOf = (state: State): Seen => {
  const { Sales, Links, Parked } = state.tables;
  const forgotten = state.answered.find(({ event }) => event === 'erase');
  return {
    told: state.answered.flatMap(toldOf),
    mails: state.mails.map(({ message, attempt, to, raw, at, seq }) => ({
      /* Lists and digests are about no sale. */
      ...{ at: toInstant(at), seq, sale: message === '' ? '' : SALE_ID, message, attempt, address: to, raw },
      ...{ to: to === EMAIL ? ('customer' as const) : ('staff' as const), decided: seq, isAnswered: true },
    })),
    fates: [],
    acts: state.answered.flatMap(actOf),
    looks: [],
    pages: [],
    tables: {
      sales: [...Sales.values()].flat(),
      links: [...Links.values()].flat(),
      parked: [...Parked.values()].flat(),
    },
    executions: [...state.executions.values()].map(executionOf),
    logs: [],
    needles: [
      { text: EMAIL, sale: SALE_ID, ...(forgotten === undefined ? {} : { forgotten: momentOf(forgotten) }) },
    ],
    people: { [SALE_ID]: 'selma' },
    unclear: [],
    isDrained: true,
    now: toInstant(state.now),
  };
};
