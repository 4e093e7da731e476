/**
 * What a client of the AWS SDK carries for all operations of its service and for machines that are not Lambda. Names and
 * messages of errors, requests and answers stay what they were: test/infra/bundling.test.ts compares.
 */
import * as z from 'zod';
import type { NamesInUse, Rule } from './rule.ts';

const Package = z.object({ version: z.string() });

const CONSTANT = /^const (_\w+) = ("[^"]*");$/gm;

/** A name in brackets is a computed one, which esbuild takes for something that must run. */
const withPlainKeys = (schemas: string): string => {
  const texts = new Map([...schemas.matchAll(CONSTANT)].map(([, name = '', text = '']) => [name, text]));
  return schemas.replace(/\[(_\w+)\]:/g, (key, name: string) => {
    const text = texts.get(name);
    return text === undefined ? key : `${text}:`;
  });
};

const REGISTERED = /^\w+\.registerError\((\w+)\$, \1\);\n/gm;
const QUERY_CODE = /"awsQueryError": \[`(\w+)`/;

/** Of the Query protocol: an error that is called otherwise on the wire gets its name from its class. */
const isRenamed = (schemas: string, error: string): boolean => {
  const at = schemas.indexOf(`export var ${error}$ =`);
  const code = QUERY_CODE.exec(schemas.slice(at, schemas.indexOf('];', at)))?.[1];
  return code !== undefined && code !== error;
};

/**
 * Drops the classes of errors that nothing in functions/ names. Such an error still arrives, with its own name and
 * message, as an instance of the class that all errors of the service have in common.
 */
const trimSchemas =
  (isKept: (schemas: string, error: string) => boolean) =>
  (source: string, names: NamesInUse): string => {
    const schemas = withPlainKeys(source);
    return schemas.replace(REGISTERED, (line, error: string) =>
      error.endsWith('ServiceException') || names.has(error) || isKept(schemas, error) ? line : '',
    );
  };

export const SDK_RULES: readonly Rule[] = [
  {
    /* All that is read of it. */
    of: /^@aws-sdk\/[^/]+\/package\.json$/,
    change: (source) => JSON.stringify(Package.parse(JSON.parse(source))),
  },
  {
    /* What can happen to a mail is named in adapters/mailer.ts, to a page nothing is; the others are of other operations. */
    of: /^@aws-sdk\/client-(ses|sns)\/dist-es\/schemas\/schemas_0\.js$/,
    change: trimSchemas(() => false),
  },
  { of: /^@aws-sdk\/client-[^/]+\/dist-es\/schemas\/schemas_0\.js$/, change: trimSchemas(isRenamed) },
  {
    /* Lambda hands credentials over in the environment. */
    of: /^@aws-sdk\/credential-provider-node\/dist-es\/index\.js$/,
    change: () => "export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';",
  },
  {
    /* Of a service that told clients where its tables are; DynamoDB does not. */
    of: /^@aws-sdk\/endpoint-cache\/dist-es\/index\.js$/,
    change: () => 'export class EndpointCache {}',
  },
  {
    /* Patterns of dates in headers, which esbuild takes for something that must run; no answer that we read has any. */
    of: /\/serde\/(date-utils|schema-serde-lib\/schema-date-utils)\.js$/,
    change: (source) => source.replaceAll('= new RegExp(', '= /* @__PURE__ */ new RegExp('),
  },
  {
    /* For JavaScript engines without a native one. */
    of: /\/(sha256\/Sha256Js|md5\/Md5Js|sha1\/Sha1Js)\.js$/,
    change: (source) => `export class ${/class (\w+)/.exec(source)?.[1]} {}`,
  },
  {
    /* ~/.aws/config: there is no home. */
    of: /\/shared-ini-file-loader\/loadSharedConfigFiles\.js$/,
    change: () =>
      "export const CONFIG_PREFIX_SEPARATOR = '.'; export const loadSharedConfigFiles = async () => ({ configFile: {}, credentialsFile: {} });",
  },
  {
    /* Asks a virtual machine where it stands; AWS_REGION says it. */
    of: /\/regionConfig\/getInstanceMetadataRegion\.js$/,
    change: () => 'export const getInstanceMetadataRegion = async () => undefined;',
  },
  {
    /* Of a mode of retrying that AWS_RETRY_MODE would have to ask for. */
    of: /\/util-retry\/AdaptiveRetryStrategy\.js$/,
    change: () => 'export class AdaptiveRetryStrategy {}',
  },
  {
    /* Signs the frames of event streams. */
    of: /^@smithy\/signature-v4\/dist-es\/HeaderFormatter\.js$/,
    change: () => 'export class HeaderFormatter {}',
  },
  {
    /* To ask for the classes themselves would have Node load all of its web streams. */
    of: /^@smithy\/core\/dist-es\/submodules\/serde\/util-stream\/stream-type-check\.js$/,
    change: () =>
      "const isNamed = (stream, name) => stream?.constructor?.name === name; export const isReadableStream = (stream) => isNamed(stream, 'ReadableStream'); export const isBlob = (blob) => isNamed(blob, 'Blob');",
  },
  {
    /* Of operations that stream events, which no function calls. */
    of: /^@smithy\/core\/dist-es\/submodules\/event-streams\/index\.js$/,
    change: () =>
      'export const eventStreamSerdeProvider = () => ({}); export const resolveEventStreamSerdeConfig = (config) => config; export class EventStreamSerde {}',
  },
];
