/** What the doctor asks the mail service. */
import {
  DescribeActiveReceiptRuleSetCommand,
  GetAccountSendingEnabledCommand,
  GetIdentityVerificationAttributesCommand,
  GetSendQuotaCommand,
  SESClient,
} from '@aws-sdk/client-ses';
import { GetAccountCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { bad, type Check, ok, warn } from './doctor-check.ts';

const sender: Check = {
  name: 'sender',
  look: async ({ config, target }) => {
    const { mailFrom } = config.shop;
    const domain = mailFrom.slice(mailFrom.lastIndexOf('@') + 1);
    const { VerificationAttributes = {} } = await new SESClient(target.client).send(
      new GetIdentityVerificationAttributesCommand({ Identities: [domain, mailFrom] }),
    );
    const verified = [domain, mailFrom].find(
      (one) => VerificationAttributes[one]?.VerificationStatus === 'Success',
    );
    return verified === undefined
      ? bad(
          `No mail can be sent: neither ${domain} nor ${mailFrom} is verified with SES here.`,
          `Verify ${domain} in the SES console and enter the records it names (docs/deploy.md).`,
        )
      : ok(`${verified} is verified.`);
  },
};

const sandbox: Check = {
  name: 'sandbox',
  look: async ({ target }) => {
    const { ProductionAccessEnabled } = await new SESv2Client(target.client).send(new GetAccountCommand({}));
    return ProductionAccessEnabled === true
      ? ok('Mail may go to anybody.')
      : bad(
          'The account is in the SES sandbox: mail reaches verified addresses only, so no customer.',
          'Ask for production access in the SES console; until then only your own addresses can be tried.',
        );
  },
};

const sending: Check = {
  name: 'sending',
  look: async ({ target }) => {
    const { Enabled } = await new SESClient(target.client).send(new GetAccountSendingEnabledCommand({}));
    return Enabled === true
      ? ok('SES sends for this account.')
      : bad(
          'SES sends nothing for this account: it was paused.',
          'The SES console says why under "Account health". Mails wait; the workflows try again.',
        );
  },
};

const TIGHT = 80;

const quota: Check = {
  name: 'mail quota',
  look: async ({ target }) => {
    const { Max24HourSend = 0, SentLast24Hours = 0 } = await new SESClient(target.client).send(
      new GetSendQuotaCommand({}),
    );
    /* A quota of -1 is none. */
    const percent = Max24HourSend > 0 ? Math.round((SentLast24Hours / Max24HourSend) * 100) : 0;
    const says = `${SentLast24Hours} of ${Max24HourSend} mails of 24 hours are used (${percent} %).`;
    const todo = 'Ask for a higher quota in the SES console; `aftercare capacity` tells how much.';
    if (percent >= 100) return bad(`No more mail leaves today: ${says}`, todo);
    return percent >= TIGHT ? warn(says, todo) : ok(says);
  },
};

const mailIn: Check = {
  name: 'mail in',
  look: async ({ config, target }) => {
    const { replyDomain } = config.shop;
    if (replyDomain === undefined)
      return ok('Customers answer by the form only: shop.replyDomain is not set.');
    const [ruleSet] = await target.parts('AWS::SES::ReceiptRuleSet');
    if (ruleSet === undefined)
      return bad(
        `Mail to ${replyDomain} goes nowhere: this region of AWS takes in no mail.`,
        'Deploy to a region where SES receives mail, or take shop.replyDomain out.',
      );
    const { Metadata } = await new SESClient(target.client).send(new DescribeActiveReceiptRuleSetCommand({}));
    const isActive = target.isLocal ? Metadata !== undefined : Metadata?.Name === ruleSet.id;
    return isActive
      ? ok(`Mail to ${replyDomain} is taken in.`)
      : bad(
          `Mail to ${replyDomain} is lost: the rule set ${ruleSet.id} is not the active one.`,
          `Make it active: aws ses set-active-receipt-rule-set --rule-set-name ${ruleSet.id}`,
        );
  },
};

export const MAIL_CHECKS: readonly Check[] = [sender, sandbox, sending, quota, mailIn];
