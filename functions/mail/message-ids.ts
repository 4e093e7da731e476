/** Which mails a mail says it answers. SES gives every mail an id of its own; its local part is what it told us. */
import { headersNamed, type Mail } from './mail.ts';

const ID = /<([^\s<>@]{1,250})@([^\s<>@]{1,250})>/g;

/** A thread of years names hundreds; ours stands at its end. */
const MOST_IDS = 30;

/** `<id@eu-west-1.amazonses.com>` as the id SES returned, any other as it stands between the brackets. */
const idOf = (local: string, domain: string): string =>
  /(?:^|\.)amazonses\.com$/i.test(domain) ? local : `${local}@${domain}`;

const idsIn = (text: string): string[] =>
  [...text.matchAll(ID)].flatMap(([, local, domain]) =>
    local === undefined || domain === undefined ? [] : [idOf(local, domain)],
  );

/** Nearest first: the mail that is answered, then its thread backwards. */
export const answeredIds = (mail: Pick<Mail, 'headers'>): string[] => {
  const answered = headersNamed(mail, 'in-reply-to').flatMap(idsIn);
  const thread = headersNamed(mail, 'references').flatMap(idsIn).reverse();
  return [...new Set([...answered, ...thread])].slice(0, MOST_IDS);
};

/** As the sender's program named this mail, brackets included, for a thread's `In-Reply-To`. */
export const messageIdOf = (mail: Pick<Mail, 'headers'>): string | undefined =>
  /<[^\s<>]{3,250}>/.exec(headersNamed(mail, 'message-id')[0] ?? '')?.[0];
