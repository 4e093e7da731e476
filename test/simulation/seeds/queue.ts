/** A queue as SQS is one: at least once, in no order, again after a while, and into the dead letters after five times. */
import type { SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import { queueMessage } from '../../fixtures/invocations.ts';
import type { Agenda } from './agenda.ts';
import type { Chance } from './chance.ts';
import type { Ended } from './runs.ts';

const MINUTE_MS = 60_000;
/** As deployed: six times the longest run. */
const VISIBILITY_MS = 3 * MINUTE_MS;
const MOST_RECEIVES = 5;

const Answer = z.object({ batchItemFailures: z.array(z.unknown()) });

type Message = {
  id: string;
  body: string;
  sentAt: string;
  receives: number;
  isDone: boolean;
  done: () => void;
};

type Ports = {
  name: string;
  chance: Chance;
  agenda: Agenda;
  now(): number;
  /** By how much the clock of whoever sends this is behind. */
  behind(name: string): number;
  /** One message at a time; what it says is the consumer's. */
  take(record: SQSRecord): Promise<Ended>;
};

export const createQueue = ({ name, chance, agenda, now, behind, take }: Ports) => {
  const dead: Message[] = [];
  let count = 0;

  const isTaken = (ended: Ended): boolean =>
    ended.kind === 'done' && Answer.parse(ended.value).batchItemFailures.length === 0;

  const receive = async (message: Message): Promise<void> => {
    if (message.isDone) return;
    message.receives += 1;
    const record = queueMessage(message.body, message.sentAt, message.id);
    record.attributes.ApproximateReceiveCount = String(message.receives);
    const again = isTaken(await take(record)) ? undefined : VISIBILITY_MS;
    if (again === undefined) {
      if (!message.isDone) message.done();
      message.isDone = true;
    } else if (message.receives >= MOST_RECEIVES) dead.push(message);
    else agenda.add(now() + again, () => void receive(message));
  };

  return {
    /** `done` is called when a consumer has dealt with it, the first time. */
    send: (body: string, done: () => void = () => undefined): void => {
      count += 1;
      const id = `${name}-${count}`;
      const sentAt = new Date(now() - behind(id)).toISOString();
      const message = { id, body, sentAt, receives: 0, isDone: false, done };
      agenda.add(now() + chance.below(`delay ${id}`, 3) * 40, () => void receive(message));
      /* Delivered twice, perhaps in the same instant. */
      if (chance.isLikely(`twice ${id}`, 0.05))
        agenda.add(now() + chance.below(`delay again ${id}`, 3) * 40, () => void receive(message));
    },
    /** What ops do with dead letters once the trouble is over. */
    replay: (): void => {
      for (const message of dead.splice(0)) {
        message.receives = 0;
        agenda.add(now(), () => void receive(message));
      }
    },
  };
};
