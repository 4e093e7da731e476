/** Whether two addresses are one mailbox: people order with `jo+shop@…` and answer from `jo@…`. */

const mailboxOf = (address: string): string => {
  const lower = address.trim().toLowerCase();
  const at = lower.lastIndexOf('@');
  const domain = lower.slice(at + 1).replace(/^googlemail\.com$/, 'gmail.com');
  const local = lower.slice(0, Math.max(0, at)).replace(/\+.*$/, '');
  return `${domain === 'gmail.com' ? local.replaceAll('.', '') : local}@${domain}`;
};

export const isSameMailbox = (one: string, other: string | undefined): boolean =>
  one !== '' && other !== undefined && mailboxOf(one) === mailboxOf(other);
