/** Mails as they arrived, in the bucket the mail service puts them into. What has expired there is gone. */
import { DeleteObjectCommand, GetObjectCommand, NoSuchKey } from '@aws-sdk/client-s3';
import { s3Client } from './clients.ts';
import type { MailArchive } from './mail-ports.ts';

/** Where no mail comes in there is no bucket, and nothing in it. */
export const createMailArchive = (bucket: string | undefined, client = s3Client()): MailArchive => ({
  read: async (key) => {
    if (bucket === undefined) return undefined;
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return await Body?.transformToByteArray();
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  },
  drop: async (key) => {
    if (bucket !== undefined) await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
  },
});
