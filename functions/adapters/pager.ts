import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Pager } from './ports.ts';

/** SNS takes at most 100 characters, ASCII, without line breaks. */
const subjectOf = (text: string): string => text.replace(/[^ -~]+/g, ' ').slice(0, 100);

export const createPager = (topicArn: string, client = new SNSClient({})): Pager => ({
  page: async ({ subject, text }) => {
    await client.send(new PublishCommand({ TopicArn: topicArn, Subject: subjectOf(subject), Message: text }));
  },
});
