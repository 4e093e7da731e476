type CustomerMail = {
  /** Takes the one-click POST of RFC 8058; https wherever mail really leaves. Absent where nothing can be unsubscribed. */
  stopUrl?: string | undefined;
  stopMailto?: string | undefined;
  saleRef: string;
  touch: string;
  attempt: number;
};

/**
 * What every mail to a customer carries: a way out in one click (RFC 8058), a word to machines that a machine sent it
 * (RFC 3834; Exchange reads the X- line), and ids by which our own mail is known when it comes back. Ids only, no names.
 */
export const customerMailHeaders = ({
  stopUrl,
  stopMailto,
  saleRef,
  touch,
  attempt,
}: CustomerMail): Record<string, string> => ({
  ...(stopUrl === undefined
    ? {}
    : {
        'List-Unsubscribe':
          stopMailto === undefined ? `<${stopUrl}>` : `<${stopUrl}>, <mailto:${stopMailto}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      }),
  'Auto-Submitted': 'auto-generated',
  'X-Auto-Response-Suppress': 'OOF, AutoReply',
  'X-Aftercare-Sale': saleRef,
  'X-Aftercare-Touch': touch,
  'X-Aftercare-Attempt': String(attempt),
});
