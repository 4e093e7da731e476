/**
 * A person says whose mail it is: it is filed with that sale, and what it says is for whoever owes something there. Nobody
 * knows better than they do who wrote it, but it is never taken for a verdict or a stop.
 */
import type { UnsortedMail } from '../adapters/mail-ports.ts';
import { entriesOf } from '../core/journal.ts';
import type { Sale } from '../core/sale.ts';
import { isSameMailbox } from '../mail/same-mailbox.ts';
import { planStranger } from '../receive-mail/plan-answer.ts';
import { findSale } from '../steps/load.ts';
import { addToPromise, askForAnswer, type Words } from '../steps/pass-on-words.ts';
import { tellOrLeave } from '../steps/tell-workflow.ts';
import type { AtDesk } from './at-desk.ts';

/** A mail may be a picture and nothing else. */
const spokenOf = ({ words, subject, attachments = [] }: UnsortedMail): string => {
  const names = attachments.map(({ name, type }) => name || type).join(', ');
  return words || subject || names || '…';
};

/** False when it is filed there already. */
const file = ({ ports }: AtDesk, sale: Sale, mail: UnsortedMail, digest: string): Promise<boolean> => {
  const { at, from, words, isWhole, subject, original, messageId, attachments } = mail;
  const isFromOther = !isSameMailbox(from, sale.customer.email);
  return ports.sales.append(sale.id, {
    type: 'wrote',
    at,
    mail: digest,
    as: 'more',
    ...(isFromOther ? { isFromOther: true } : {}),
    private: {
      words,
      ...(isWhole === undefined ? {} : { isWhole }),
      ...(subject === '' ? {} : { subject }),
      original,
      ...(messageId === undefined ? {} : { messageId }),
      ...(attachments === undefined ? {} : { attachments }),
    },
  });
};

/** After a crash the same press finds what the first one did. */
const isPassedOn = ({ journal }: Sale, { digest, words }: Words): boolean =>
  entriesOf(journal, 'said').some(({ mail }) => mail === digest) ||
  entriesOf(journal, 'promised').some(
    (entry) => entry.because === 'question' && entry.private?.words === words.trim(),
  );

/** What is owed from now on is owed in the time that runs from now: whoever answers has only just been given it. */
export const fileMail = async (
  at: AtDesk,
  known: Sale,
  mail: UnsortedMail,
  digest: string,
): Promise<void> => {
  const { ports, now } = at;
  const isNew = await file(at, known, mail, digest);
  const sale = (await findSale(ports, known.id))?.sale ?? known;
  const said: Words = { digest, words: spokenOf(mail), at: now };
  if (isNew || !isPassedOn(sale, said)) {
    const plan = planStranger(sale);
    if (plan.act === 'say') await addToPromise(ports, sale, said, plan.promise);
    else await askForAnswer(ports, sale, said);
  }
  await ports.box.drop(mail.id);
  await tellOrLeave(ports, sale.id, now);
};
