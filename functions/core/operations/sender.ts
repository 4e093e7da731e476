/** Whether the mail service would take our mails: what stands in the way, each with what to do about it. */

export type MailAccount = {
  /** Of the domain or of the very address; undefined when the service does not know it. */
  isVerified: boolean | undefined;
  /** Out of the sandbox: may write to anybody. */
  isInProduction: boolean;
  /** False when the service has stopped this account. */
  isSending: boolean;
};

type Rules = { mailFrom: string; region: string; mayBeInSandbox: boolean };

const domainOf = (address: string): string => address.slice(address.indexOf('@') + 1);

export const standsInTheWay = (
  account: MailAccount,
  { mailFrom, region, mayBeInSandbox }: Rules,
): string[] => {
  const { isVerified, isInProduction, isSending } = account;
  return [
    ...(isVerified === true
      ? []
      : [
          `Neither ${domainOf(mailFrom)} nor ${mailFrom} is verified for sending in ${region}: make the identity and set its DNS records.`,
        ]),
    ...(isInProduction || mayBeInSandbox
      ? []
      : [
          `The mail service of this account is in the sandbox in ${region}: it refuses every customer. Ask to leave it, or deploy with AFTERCARE_ALLOW_SANDBOX=yes to try things out.`,
        ]),
    ...(isSending
      ? []
      : [`The mail service has stopped sending for this account in ${region}: see its reputation page.`]),
  ];
};
