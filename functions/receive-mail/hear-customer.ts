/** A mail to a customer's address: from the customer, from somebody else, or from a machine in their name. */
import type { SalePorts } from '../adapters/ports.ts';
import { addDelay, isBefore } from '../core/calendar.ts';
import { entriesOf } from '../core/journal.ts';
import { customerOpening } from '../core/openings.ts';
import type { Sale } from '../core/sale.ts';
import type { MailKind } from '../mail/automatic-mail.ts';
import { returnDate } from '../mail/return-date.ts';
import { isSameMailbox } from '../mail/same-mailbox.ts';
import { tellWorkflow } from '../steps/tell-workflow.ts';
import { carryOut } from './carry-out.ts';
import { earlierBy } from './earlier.ts';
import type { Conversation } from './find-conversation.ts';
import { keptOf, type Letter } from './letter.ts';
import { type Plan, planAnswer, planStranger } from './plan-answer.ts';
import { readLetter } from './read-answer.ts';

/** More mails of one sale within a day are machines that answer each other. */
const MOST_A_DAY = 20;
/** And beyond these not even a note is written. */
const MOST_NOTED_A_DAY = 50;

const AUTOMATIC = {
  'out-of-office': 'away',
  report: 'report',
  list: 'list',
  loop: 'loop',
  automatic: 'automatic',
} as const;

const mailsToday = ({ settings }: SalePorts, sale: Sale, letter: Letter): number => {
  const since = addDelay(letter.at, { hours: -24 }, customerOpening(settings.config, sale.record));
  return entriesOf(sale.journal, 'wrote').filter(
    ({ at, mail }) => !isBefore(at, since) && mail !== letter.digest,
  ).length;
};

const namesOf = ({ settings: { config } }: SalePorts, { customer }: Sale): string[] =>
  [customer.name, customer.firstName, config.shop.name, ...config.staff.map(({ name }) => name)].filter(
    (name) => name !== undefined,
  );

export type FromCustomer = {
  sale: Sale;
  letter: Letter;
  kind: MailKind;
  conversation: Conversation;
};

type Ports = SalePorts;

const file = async (
  ports: Ports,
  { sale, letter }: FromCustomer,
  { as, isFromOther, returns }: { as: Plan['as']; isFromOther: boolean; returns?: string | undefined },
): Promise<void> => {
  await ports.sales.append(sale.id, {
    type: 'wrote',
    at: letter.at,
    mail: letter.digest,
    as,
    ...(isFromOther ? { isFromOther: true } : {}),
    ...(returns === undefined ? {} : { returns }),
    private: keptOf(letter),
  });
};

/** Noted, never answered, never an answer. */
const hearMachine = async (
  ports: Ports,
  given: FromCustomer,
  as: (typeof AUTOMATIC)[keyof typeof AUTOMATIC],
  isFromOther: boolean,
): Promise<string> => {
  const { sale, letter } = given;
  const returns =
    as === 'away' && !isFromOther
      ? returnDate(letter.mail.subject, letter.words, letter.at, sale.record.zone)
      : undefined;
  await file(ports, given, { as, isFromOther: isFromOther && as === 'away', returns });
  /* Whoever waits for the next attempt learns that it is put off. */
  if (returns !== undefined) await tellWorkflow(ports, sale.id, letter.at);
  return as;
};

const planOf = (ports: Ports, given: FromCustomer, isFromOther: boolean): Plan => {
  const { sale, letter, conversation } = given;
  if (isFromOther) return planStranger(sale);
  if (conversation.isStop) return { as: 'stop', act: 'stop' };
  return planAnswer(sale, readLetter(letter, sale, namesOf(ports, sale)), conversation.message);
};

export const hearCustomer = async (ports: Ports, given: FromCustomer): Promise<string> => {
  const { sale, letter, kind, conversation } = given;
  const isFromOther = !isSameMailbox(letter.from, sale.customer.email);
  const today = mailsToday(ports, sale, letter);
  if (today >= MOST_NOTED_A_DAY) return 'loop';
  if (today >= MOST_A_DAY || kind === 'loop') {
    await file(ports, given, { as: 'loop', isFromOther });
    return 'loop';
  }
  /* Mail programs send a stop by themselves when their button is pressed. */
  const isStop = conversation.isStop && !isFromOther && (kind === 'automatic' || kind === 'list');
  if (kind !== 'person' && !isStop) return hearMachine(ports, given, AUTOMATIC[kind], isFromOther);
  const plan = earlierBy(sale, letter) ?? planOf(ports, given, isFromOther);
  await file(ports, given, { as: plan.as, isFromOther });
  await carryOut(ports, sale, letter, plan);
  return isFromOther ? 'from somebody else' : plan.as;
};
