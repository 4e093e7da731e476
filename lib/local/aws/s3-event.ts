/** What S3 tells a queue about an object that was made. */
import type { StoredObject } from './s3-objects.ts';

/** S3 writes keys into events as a form would: a space is a plus, a slash stays. */
const inForm = (key: string): string =>
  key
    .split('/')
    .map((part) => new URLSearchParams({ part }).toString().slice('part='.length))
    .join('/');

export const objectCreated = (
  { bucket, key, size, etag, at, file }: StoredObject,
  { region, accountId }: { region: string; accountId: string },
): string =>
  JSON.stringify({
    Records: [
      {
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        awsRegion: region,
        eventTime: new Date(at).toISOString(),
        eventName: 'ObjectCreated:Put',
        userIdentity: { principalId: `AWS:${accountId}` },
        requestParameters: { sourceIPAddress: '127.0.0.1' },
        responseElements: { 'x-amz-request-id': file, 'x-amz-id-2': file },
        s3: {
          s3SchemaVersion: '1.0',
          configurationId: 'local',
          bucket: {
            name: bucket,
            ownerIdentity: { principalId: accountId },
            arn: `arn:aws:s3:::${bucket}`,
          },
          object: {
            key: inForm(key),
            size,
            eTag: etag,
            sequencer: at.toString(16).toUpperCase().padStart(16, '0'),
          },
        },
      },
    ],
  });
