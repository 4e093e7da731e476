/** S3's own protocol: methods, paths and headers in, bytes or XML out. Buckets stand in the path, not in the host. */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { HttpAnswer } from './aws-call.ts';
import { bodyOf } from './aws-chunked.ts';
import { AwsError } from './aws-error.ts';
import type { AwsRequest } from './exchange.ts';
import type { S3 } from './s3.ts';
import type { S3ListRequest } from './s3-list.ts';
import type { StoredObject } from './s3-objects.ts';
import { element, type XmlContent } from './xml.ts';

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

const STATUS: Readonly<Record<string, number>> = {
  NoSuchKey: 404,
  NoSuchBucket: 404,
  NotImplemented: 501,
};

/** Parameters that say nothing about what is to be done. */
const LIST_PARAMETERS = new Set([
  'list-type',
  'prefix',
  'delimiter',
  'max-keys',
  'start-after',
  'continuation-token',
  'encoding-type',
  'x-id',
]);

/** Headers of ours that may be left out of account; whatever else begins with x-amz- would ask for something. */
const IDLE_HEADERS = new Set([
  'x-amz-user-agent',
  'x-amz-date',
  'x-amz-content-sha256',
  'x-amz-security-token',
  'x-amz-sdk-checksum-algorithm',
  'x-amz-checksum-mode',
  'x-amz-checksum-crc32',
  'x-amz-decoded-content-length',
  'x-amz-trailer',
  'x-amz-expected-bucket-owner',
]);
const ASKING_HEADERS = ['range', 'if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since'];

type Call = { bucket: string; key: string; query: URLSearchParams; request: AwsRequest };

const PLAYED = ['PutObject', 'GetObject', 'HeadObject', 'DeleteObject', 'ListObjectsV2'];

const notPlayed = (what: string): never => {
  throw new AwsError(
    'NotImplemented',
    `S3 on one machine does not know ${what}; it knows ${PLAYED.join(', ')}.`,
  );
};

const readCall = (request: AwsRequest): Call => {
  const url = new URL(request.url, 'http://localhost');
  const [, bucket = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(request.url.split('?')[0] ?? '') ?? [];
  return {
    bucket: decodeURIComponent(bucket),
    key: decodeURIComponent(key),
    query: url.searchParams,
    request,
  };
};

const refuseWhatIsAsked = ({ headers }: AwsRequest) => {
  const asked = Object.keys(headers).find(
    (name) => (name.startsWith('x-amz-') && !IDLE_HEADERS.has(name)) || ASKING_HEADERS.includes(name),
  );
  if (asked !== undefined) notPlayed(`the header ${asked}`);
};

const describe = ({ etag, size, at }: StoredObject): Record<string, string> => ({
  etag: `"${etag}"`,
  'content-length': String(size),
  'content-type': 'application/octet-stream',
  'last-modified': new Date(at).toUTCString(),
  'accept-ranges': 'bytes',
});

const crcOf = (body: Buffer): string => {
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return sum.toString('base64');
};

const put = async (s3: S3, { bucket, key, request }: Call): Promise<HttpAnswer> => {
  const { body, trailers } = bodyOf(request);
  const crc = request.headers['x-amz-checksum-crc32'] ?? trailers['x-amz-checksum-crc32'];
  const md5 = request.headers['content-md5'];
  const isWhole =
    (crc === undefined || crc === crcOf(body)) &&
    (md5 === undefined || md5 === createHash('md5').update(body).digest('base64'));
  if (!isWhole)
    throw new AwsError('BadDigest', 'The checksum you specified did not match what was received.');
  const { etag } = await s3.put(bucket, key, body);
  return { status: 200, headers: { etag: `"${etag}"`, 'x-amz-checksum-crc32': crcOf(body) }, body: '' };
};

const get = async (s3: S3, { bucket, key, request }: Call): Promise<HttpAnswer> => {
  const { object, body } = await s3.get(bucket, key);
  const isChecked = request.headers['x-amz-checksum-mode'] === 'ENABLED';
  const checksum = isChecked ? { 'x-amz-checksum-crc32': crcOf(body) } : {};
  return { status: 200, headers: { ...describe(object), ...checksum }, body };
};

const readList = (query: URLSearchParams): S3ListRequest => {
  const maxKeys = Number(query.get('max-keys') ?? 1000);
  if (!Number.isInteger(maxKeys) || maxKeys < 0)
    throw new AwsError('InvalidArgument', 'Argument maxKeys must be an integer between 0 and 2147483647');
  return {
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') ?? '',
    maxKeys,
    startAfter: query.get('start-after') ?? '',
    continuationToken: query.get('continuation-token') ?? undefined,
  };
};

const list = (s3: S3, { bucket, query }: Call): HttpAnswer => {
  const request = readList(query);
  const { contents, commonPrefixes, nextToken } = s3.list(bucket, request);
  const isEncoded = query.get('encoding-type') === 'url';
  const text = (key: string) => (isEncoded ? encodeURIComponent(key).replaceAll('%2F', '/') : key);
  const entries: (readonly [string, XmlContent])[] = [
    ['Name', bucket],
    ['Prefix', text(request.prefix)],
    ...(request.delimiter === '' ? [] : [['Delimiter', text(request.delimiter)] as const]),
    ['KeyCount', String(contents.length + commonPrefixes.length)],
    ['MaxKeys', String(request.maxKeys)],
    ...(isEncoded ? [['EncodingType', 'url'] as const] : []),
    ['IsTruncated', String(nextToken !== undefined)],
    ...(nextToken === undefined ? [] : [['NextContinuationToken', nextToken] as const]),
    ...contents.map(
      ({ key, at, etag, size }) =>
        [
          'Contents',
          [
            ['Key', text(key)],
            ['LastModified', new Date(at).toISOString()],
            ['ETag', `"${etag}"`],
            ['Size', String(size)],
            ['StorageClass', 'STANDARD'],
          ],
        ] as const,
    ),
    ...commonPrefixes.map((prefix) => ['CommonPrefixes', [['Prefix', text(prefix)]]] as const),
  ];
  return {
    status: 200,
    headers: { 'content-type': 'application/xml' },
    body: element('ListBucketResult', entries, { xmlns: NAMESPACE }),
  };
};

/** What a call that is not played is called, as far as it tells. */
const nameOf = ({ key, query, request }: Call): string => {
  const named = query.get('x-id');
  if (named !== null) return named;
  const [parameter] = [...query.keys()].filter((one) => !LIST_PARAMETERS.has(one));
  const place = key === '' ? 'a bucket' : 'an object';
  return `${request.method} of ${place}${parameter === undefined ? '' : ` with ?${parameter}`}`;
};

const run = async (s3: S3, call: Call): Promise<HttpAnswer> => {
  const { bucket, key, query, request } = call;
  const isPlain = [...query.keys()].every((name) => LIST_PARAMETERS.has(name));
  const isPlayed = PLAYED.includes(query.get('x-id') ?? 'GetObject');
  if (!isPlain || !isPlayed || bucket === '') return notPlayed(nameOf(call));
  if (key === '')
    return request.method === 'GET' && query.get('list-type') === '2'
      ? list(s3, call)
      : notPlayed(nameOf(call));
  refuseWhatIsAsked(request);
  switch (request.method) {
    case 'PUT':
      return put(s3, call);
    case 'GET':
      return get(s3, call);
    case 'HEAD':
      return { status: 200, headers: describe(s3.head(bucket, key)), body: '' };
    case 'DELETE':
      await s3.delete(bucket, key);
      return { status: 204, headers: {}, body: '' };
    default:
      return notPlayed(nameOf(call));
  }
};

const refusal = ({ name, message, httpStatus }: AwsError, { requestId }: AwsRequest): HttpAnswer => ({
  status: STATUS[name] ?? httpStatus,
  headers: { 'content-type': 'application/xml' },
  body: element('Error', [
    ['Code', name],
    ['Message', message],
    ['RequestId', requestId],
  ]),
});

export const answerS3 = async (s3: S3 | undefined, request: AwsRequest): Promise<HttpAnswer> => {
  const withId = (answer: HttpAnswer): HttpAnswer => ({
    ...answer,
    headers: { 'x-amz-request-id': request.requestId, ...answer.headers },
  });
  try {
    if (s3 === undefined) throw new AwsError('NotImplemented', 'S3 is not part of this runtime.');
    return withId(await run(s3, readCall(request)));
  } catch (error) {
    if (error instanceof AwsError) return withId(refusal(error, request));
    if (error instanceof URIError)
      return withId(refusal(new AwsError('InvalidURI', "Couldn't parse the specified URI."), request));
    console.error(error);
    const failure = new AwsError('InternalError', 'We encountered an internal error.', { httpStatus: 500 });
    return withId(refusal(failure, request));
  }
};
