import { GetAccountSendingEnabledCommand, GetSendQuotaCommand } from '@aws-sdk/client-ses';
import { sesClient } from './clients.ts';
import type { SendingState } from './watch-ports.ts';

export const createSendingState = (client = sesClient()): SendingState => ({
  isEnabled: async () => {
    const { Enabled = false } = await client.send(new GetAccountSendingEnabledCommand({}));
    return Enabled;
  },
  quota: async () => {
    const { Max24HourSend = 0, SentLast24Hours = 0 } = await client.send(new GetSendQuotaCommand({}));
    return { most: Max24HourSend, used: SentLast24Hours };
  },
});
