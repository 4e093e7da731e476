import { domainToASCII } from 'node:url';
import { HeaderRefused } from './errors.ts';
import { refuseInjection } from './mime-encoding.ts';

const SMTP_LOCAL_MAX = 64;
const SMTP_ADDRESS_MAX = 254;

// SES takes ASCII local parts only; quoted ones ("a b"@x) are legal and in no shop's order.
const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const DOMAIN = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/;

/** The address as mail servers know it; throws `HeaderRefused` for one that none of them takes. */
export const addressOf = (header: string, email: string): string => {
  refuseInjection(header, email);
  const at = email.lastIndexOf('@');
  const local = email.slice(0, at);
  const domain = domainToASCII(email.slice(at + 1));
  const address = `${local}@${domain}`;
  if (at < 1 || !LOCAL.test(local) || !DOMAIN.test(domain)) {
    throw new HeaderRefused(header, 'not an address we can write to');
  }
  if (local.length > SMTP_LOCAL_MAX || address.length > SMTP_ADDRESS_MAX) {
    throw new HeaderRefused(header, 'longer than a mail server takes');
  }
  return address;
};
