/** Publishes what becomes of mails to the topics that the stack's configuration sets name. */
import type { EventDestination } from '../stack/event-destinations.ts';
import type { Store } from '../store.ts';
import { eventsOf, type SentMail } from './ses-event.ts';
import type { Sns } from './sns.ts';
import type { Sqs } from './sqs.ts';

export type Publisher = {
  useDestinations(destinations: readonly EventDestination[]): void;
  /** Runs `insert`, which keeps the mail, in one write with all that is published about it. */
  commit(mail: SentMail, configurationSet: string | undefined, insert: () => void): Promise<void>;
};

type Options = {
  readonly store: Store;
  readonly sns: Pick<Sns, 'insert'>;
  readonly sqs: Pick<Sqs, 'wake'>;
  readonly region: string;
  readonly accountId: string;
};

export const createPublisher = ({ store, sns, sqs, region, accountId }: Options): Publisher => {
  let destinations: readonly EventDestination[] = [];
  return {
    useDestinations: (given) => {
      destinations = given;
    },
    commit: async (mail, configurationSet, insert) => {
      const told = destinations.filter((destination) => destination.configurationSet === configurationSet);
      const events = told.length === 0 ? [] : eventsOf(mail, { region, accountId });
      await store.write(() => {
        insert();
        for (const { topicArn, types } of told)
          for (const { type, text, delaySeconds } of events)
            if (types.has(type)) sns.insert(topicArn, text, delaySeconds);
      });
      if (told.length > 0) sqs.wake();
    },
  };
};
