/** A file with one order event in each line: docs/schemas/order-event.schema.json. */
import * as z from 'zod';
import { parseJson } from '../../../functions/shops/json.ts';
import type { FileOrder, Group, Piece } from './import-gather.ts';
import { type Encoding, linesOf, textOf } from './import-text.ts';

/** As much as must be known to put the events of an order together; the intake's own rules judge the rest. */
const Event = z.looseObject({
  type: z.string(),
  timestamp: z.string().nullish(),
  data: z.looseObject({ orderId: z.union([z.string(), z.int()]).transform(String) }),
});
type Event = z.output<typeof Event>;
export type EventLine = { body: object; event: Event | undefined; problem: string };

const eventOf = (text: string): EventLine => {
  const parsed = parseJson(Buffer.from(text, 'utf8'));
  if (!parsed.isJson) return { body: {}, event: undefined, problem: parsed.reason };
  const event = Event.safeParse(parsed.value);
  /* What is sent is what stands in the file: only what was read of it is changed here. */
  const body = z.looseObject({}).safeParse(parsed.value).data ?? {};
  return event.success
    ? { body, event: event.data, problem: '' }
    : { body, event: undefined, problem: 'no order event: it needs a type and a data.orderId' };
};

export async function* eventLines(file: string, encoding: Encoding): AsyncGenerator<Piece<EventLine>> {
  for await (const { line, text } of linesOf(textOf(file, encoding))) {
    if (text.trim() === '') continue;
    const said = eventOf(text);
    yield { line, id: said.event?.data.orderId ?? '', text, said };
  }
}

const IS_ORDER = /^order\.(?:created|paid)$/;

const isWholeRefund = ({ type, data }: Event): boolean =>
  type === 'order.refunded' && (data['full'] ?? !Array.isArray(data['lines'])) === true;

const problemOf = (id: string, pieces: Group<EventLine>['pieces']): FileOrder['problem'] => {
  const events = pieces.flatMap(({ said }) => said.event ?? []);
  const ended = events.find((event) => event.type === 'order.cancelled' || isWholeRefund(event));
  if (id === '') return { reason: 'no order id', detail: pieces.map(({ said }) => said.problem).join(', ') };
  if (events.some(({ type }) => type === 'customer.erased'))
    return { reason: 'forgotten', detail: 'the customer asked to be forgotten' };
  if (ended !== undefined) return { reason: 'cancelled or refunded', detail: ended.type };
  const orders = events.filter(({ type }) => IS_ORDER.test(type));
  if (orders.length === 0)
    return { reason: 'not understood', detail: 'the file has events of this order, but not the order' };
  const isDated = orders.every(
    ({ timestamp, data }) => (timestamp ?? data['placedAt'] ?? data['paidAt'] ?? null) !== null,
  );
  return isDated ? undefined : { reason: 'bad date', detail: 'the order says nowhere when it was placed' };
};

export const orderOfEvents = ({ id, pieces, repeats }: Group<EventLine>): FileOrder => {
  const lines = pieces.map(({ line }) => line);
  const problem = problemOf(id, pieces);
  if (problem !== undefined) return { id, lines, repeats, bodies: [], problem };
  const isOrder = ({ said }: Piece<EventLine>) => IS_ORDER.test(said.event?.type ?? '');
  const inTurn = [...pieces.filter((piece) => !isOrder(piece)), ...pieces.filter(isOrder)];
  const bodies = inTurn.flatMap(({ said }) => (said.event === undefined ? [] : [said.body]));
  return { id, lines, repeats, bodies };
};
