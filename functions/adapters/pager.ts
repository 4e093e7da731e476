import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Pager } from './ports.ts';

/** SNS takes fewer than 100 ASCII characters on one line, the first of them visible. */
const subjectOf = (text: string): string =>
  text
    .replace(/[^ -~]+/g, ' ')
    .trim()
    .slice(0, 99);

export const createPager = (topicArn: string, client = new SNSClient({})): Pager => ({
  page: async ({ subject, text }) => {
    await client.send(new PublishCommand({ TopicArn: topicArn, Subject: subjectOf(subject), Message: text }));
  },
});
