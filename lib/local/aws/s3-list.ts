/** ListObjectsV2: keys in the order of their bytes, page by page, with what lies between delimiters rolled up. */
import { AwsError } from './aws-error.ts';
import type { S3Objects, StoredObject } from './s3-objects.ts';

export type S3ListRequest = {
  readonly prefix: string;
  readonly delimiter: string;
  readonly maxKeys: number;
  readonly startAfter: string;
  readonly continuationToken: string | undefined;
};

export type S3Listing = {
  readonly contents: readonly StoredObject[];
  readonly commonPrefixes: readonly string[];
  readonly nextToken: string | undefined;
};

const PAGE = 1000;
/** Behind every key that begins with the text before it. */
const HIGHEST = '\u{10FFFF}';

const tokenOf = (key: string) => Buffer.from(key).toString('base64url');

const startOf = ({ continuationToken, startAfter }: S3ListRequest): string => {
  if (continuationToken === undefined) return startAfter;
  const key = Buffer.from(continuationToken, 'base64url').toString();
  if (tokenOf(key) !== continuationToken)
    throw new AwsError('InvalidArgument', 'The continuation token provided is incorrect');
  return key;
};

export const listObjects = (objects: S3Objects, bucket: string, request: S3ListRequest): S3Listing => {
  const { prefix, delimiter } = request;
  const most = Math.min(request.maxKeys, PAGE);
  const contents: StoredObject[] = [];
  const commonPrefixes: string[] = [];
  let marker = startOf(request);

  const rolledUp = (key: string) => {
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    return end === -1 ? undefined : key.slice(0, end + delimiter.length);
  };

  for (;;) {
    const [object] = objects.after(bucket, marker, prefix, 1);
    if (object === undefined) return { contents, commonPrefixes, nextToken: undefined };
    if (contents.length + commonPrefixes.length >= most)
      return { contents, commonPrefixes, nextToken: most === 0 ? undefined : tokenOf(marker) };
    const folder = rolledUp(object.key);
    if (folder === undefined) contents.push(object);
    else commonPrefixes.push(folder);
    marker = folder === undefined ? object.key : folder + HIGHEST;
  }
};
