/**
 * What the mail service found out about a mail. SES writes on top of what it received, so of each header only the
 * topmost counts: a sender can write the same further down. Nothing found out is nothing against it.
 */
import { headerOf, type Mail } from './mail.ts';

export type Verdict =
  | { kind: 'passed' }
  | { kind: 'quarantine'; because: 'virus' | 'spam' | 'dmarc' | 'spf' };

const isFail = (value: string | undefined): boolean => value?.trim().toUpperCase() === 'FAIL';

/** Comments may say anything, and senders choose words in them. They nest. */
const withoutComments = (value: string): string => {
  let depth = 0;
  let text = '';
  for (const letter of value.slice(0, 20_000)) {
    if (letter === '(') depth += 1;
    if (depth === 0) text += letter;
    if (letter === ')') depth = Math.max(0, depth - 1);
  }
  return text;
};

type Finding = { method: string; result: string; domain: string | undefined };

const findingsOf = (value: string): Finding[] => {
  const [service = '', ...findings] = withoutComments(value).split(';');
  if (!/^\s*amazonses\.com(?:\s+\d+)?\s*$/i.test(service)) return [];
  return findings.flatMap((finding) => {
    const found = /^\s*([a-z0-9-]+)\s*=\s*([a-z]+)/i.exec(finding);
    const [, method, result] = found ?? [];
    if (method === undefined || result === undefined) return [];
    const domain = /\bheader\.(?:d\s*=\s*|i\s*=\s*[^\s@;]*@)([a-z0-9.-]+)/i.exec(finding)?.[1];
    return [{ method: method.toLowerCase(), result: result.toLowerCase(), domain: domain?.toLowerCase() }];
  });
};

const isSameOrganisation = (one: string, other: string): boolean =>
  one === other || one.endsWith(`.${other}`) || other.endsWith(`.${one}`);

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

export const verdictOf = (mail: Pick<Mail, 'headers' | 'from'>): Verdict => {
  if (isFail(headerOf(mail, 'x-ses-virus-verdict'))) return { kind: 'quarantine', because: 'virus' };
  if (isFail(headerOf(mail, 'x-ses-spam-verdict'))) return { kind: 'quarantine', because: 'spam' };
  const findings = findingsOf(headerOf(mail, 'authentication-results') ?? '');
  const resultsOf = (method: string) =>
    findings.filter((finding) => finding.method === method).map(({ result }) => result);
  if (resultsOf('dmarc').includes('pass')) return { kind: 'passed' };
  if (resultsOf('dmarc').includes('fail')) return { kind: 'quarantine', because: 'dmarc' };
  const sender = domainOf(mail.from?.address ?? '');
  const isSigned = findings.some(
    ({ method, result, domain }) =>
      method === 'dkim' && result === 'pass' && domain !== undefined && isSameOrganisation(domain, sender),
  );
  const isForged = resultsOf('spf').some((result) => result === 'fail' || result === 'softfail');
  return isForged && !isSigned ? { kind: 'quarantine', because: 'spf' } : { kind: 'passed' };
};
