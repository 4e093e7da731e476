import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { ForgettingPorts } from '../adapters/ports.ts';
import { toInstant } from '../core/calendar.ts';
import { BadInput } from '../core/errors.ts';
import type { Instant, SaleId } from '../core/ids.ts';
import { ForgetTask, type ForgetTaskOf } from '../core/privacy/request.ts';
import { logTrouble, noteEvent } from '../middleware/log-line.ts';
import { parseJson } from '../shops/json.ts';
import { erasedEntry, peopleOfSale, salesOfPeople } from '../steps/erase-person.ts';
import { forgetSale } from '../steps/erase-sale.ts';
import { placesOf, sweep } from './sweep.ts';

/** SQS says when the message was sent: that is the time that arrives with the event. */
const sentAt = (record: SQSRecord): Instant => toInstant(Number(record.attributes.SentTimestamp));

const readTask = ({ body }: SQSRecord): ForgetTask => {
  const parsed = parseJson(Buffer.from(body));
  const task = parsed.isJson ? ForgetTask.safeParse(parsed.value).data : undefined;
  if (task === undefined) throw new BadInput('This is not a message of the forget queue');
  return task;
};

const headOf = ({ v, receipt, by, at, eventId }: ForgetTask) => ({ v, receipt, by, at, eventId });

/** A message may hold 256 kB; an id 300 characters. */
const MOST_SALES = 500;

/**
 * Does the work of forgetting, a piece a message. What is left after a piece is on the queue before the piece ends, so a
 * crash anywhere repeats a piece and loses none. One that fails five times lies among the dead letters, and an alarm rings.
 */
export const createHandler = (ports: ForgettingPorts) => {
  const { forget, sales, scan, settings } = ports;

  const begin = async (task: ForgetTask, id: SaleId): Promise<void> => {
    const { people } = await peopleOfSale(ports, id);
    await sales.append(id, erasedEntry(task, task.at));
    await forget.send({ ...headOf(task), kind: 'sale', sale: id, people });
  };

  /** What is to be looked for elsewhere goes first: afterwards nobody could say any more whose these sales were. */
  const forgetPeople = async (task: ForgetTaskOf<'people'>): Promise<void> => {
    const { people } = task;
    const all = [...new Set([...task.sales, ...(await salesOfPeople(ports, people))])];
    const places = placesOf(Object.keys(settings.config.sources));
    /* At least once, also for people of whom no sale is known. */
    for (let from = 0; from === 0 || from < all.length; from += MOST_SALES) {
      const some = all.slice(from, from + MOST_SALES);
      await forget.send({ ...headOf(task), kind: 'sweep', places, people, sales: some });
    }
    for (const id of all) await begin(task, id);
  };

  const forgetShop = async (task: ForgetTaskOf<'shop'>): Promise<void> => {
    const { source, after } = task;
    const page = await scan.ofSource(source, after);
    for (const id of page.items) await begin(task, id);
    if (page.next !== undefined) await forget.send({ ...task, after: page.next });
    else
      await forget.send({
        ...headOf(task),
        kind: 'sweep',
        places: placesOf([source]),
        people: [],
        sales: [],
        source,
      });
  };

  const work = async (task: ForgetTask, now: Instant): Promise<void> => {
    switch (task.kind) {
      case 'people':
        return forgetPeople(task);
      case 'shop':
        return forgetShop(task);
      case 'sale':
        return forgetSale(ports, task, now);
      case 'sweep': {
        const rest = await sweep(ports, task);
        if (rest !== undefined) await forget.send(rest);
      }
    }
  };

  return middy<SQSEvent, SQSBatchResponse>().handler(async ({ Records }) => {
    const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
    for (const record of Records) {
      try {
        const task = readTask(record);
        await work(task, sentAt(record));
        noteEvent('forgot', { receipt: task.receipt, piece: task.kind });
      } catch (error) {
        logTrouble('not forgotten', record.messageId, error);
        batchItemFailures.push({ itemIdentifier: record.messageId });
      }
    }
    return { batchItemFailures };
  });
};
