import { GetAccountSendingEnabledCommand, GetSendQuotaCommand, SESClient } from '@aws-sdk/client-ses';
import type { SendingState } from './watch-ports.ts';

export const createSendingState = (client = new SESClient({})): SendingState => ({
  isEnabled: async () => {
    const { Enabled = false } = await client.send(new GetAccountSendingEnabledCommand({}));
    return Enabled;
  },
  quota: async () => {
    const { Max24HourSend = 0, SentLast24Hours = 0 } = await client.send(new GetSendQuotaCommand({}));
    return { most: Max24HourSend, used: SentLast24Hours };
  },
});
