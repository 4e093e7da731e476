import { PublishCommand } from '@aws-sdk/client-sns';
import { snsClient } from './clients.ts';
import type { Pager } from './ports.ts';

/** SNS takes fewer than 100 ASCII characters on one line, the first of them visible. */
const subjectOf = (text: string): string =>
  text
    .replace(/[^ -~]+/g, ' ')
    .trim()
    .slice(0, 99);

export const createPager = (topicArn: string, client = snsClient()): Pager => ({
  page: async ({ subject, text }) => {
    await client.send(new PublishCommand({ TopicArn: topicArn, Subject: subjectOf(subject), Message: text }));
  },
});
