/**
 * Where the services are. The SDK finds it with a machine of rules and a table of all partitions, 20 kB that say for us:
 * the service, the region, amazonaws.com. test/infra/bundling.test.ts asks both for every region and compares.
 */
import type { Rule } from './rule.ts';

/** What the address of a service begins with. */
const HOSTS: Readonly<Record<string, string>> = {
  cloudformation: 'cloudformation',
  dynamodb: 'dynamodb',
  s3: 's3',
  'secrets-manager': 'secretsmanager',
  ses: 'email',
  sesv2: 'email',
  sfn: 'states',
  sns: 'sns',
  sqs: 'sqs',
};

/** What has another address, which nothing here asks for. */
const OTHERS = ['UseFIPS', 'UseDualStack', 'EndpointId', 'Accelerate', 'ForcePathStyle', 'UseGlobalEndpoint'];

/** `custom` is what AWS_ENDPOINT_URL says. Regions of China, Europe's sovereign cloud and the isolated ones end otherwise. */
const given = (host: string): string => `
  const wanted = (given) => {
    const custom = given.Endpoint?.url ?? given.Endpoint;
    const other = ${JSON.stringify(OTHERS)}.find((name) => given[name]);
    if (other !== undefined || (custom === undefined && !/^(?!cn-|eusc-|us-iso|eu-iso)[a-z]{2}-([a-z]+-)+\\d+$/.test(given.Region)))
      throw new Error('The bundles of Aftercare know the public endpoints of AWS only, not one of ${host} for ' + (other ?? given.Region));
    return custom;
  };`;

const ofService = (host: string): string => `${given(host)}
  export const defaultEndpointResolver = (given) => ({
    url: new URL(wanted(given) ?? \`https://${host}.\${given.Region}.amazonaws.com\`),
    properties: {},
    headers: {},
  });`;

/** A bucket of ours: its name can be part of a host's, and is unless the host is a number. */
const ofBucket = (): string => `${given('s3')}
  export const defaultEndpointResolver = (given) => {
    const { Bucket, Region } = given;
    if (!/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(Bucket) || /--(x-s3|ol-s3|xa-s3|table-s3)$/.test(Bucket)) throw new Error('The bundles of Aftercare know no bucket of this kind: ' + Bucket);
    const url = new URL(wanted(given) ?? \`https://s3.\${Region}.amazonaws.com\`);
    if (/^[\\d.]+$|^\\[/.test(url.hostname)) url.pathname = url.pathname.replace(/\\/?$/, '/' + Bucket);
    else url.host = Bucket + '.' + url.host;
    const scheme = { disableDoubleEncoding: true, name: 'sigv4', signingName: 's3', signingRegion: Region };
    return { url, properties: { authSchemes: [scheme] }, headers: {} };
  };`;

const withOwnEndpoint = ([service, host]: readonly [string, string]): Rule => ({
  of: new RegExp(`^@aws-sdk/client-${service}/dist-es/endpoint/endpointResolver\\.js$`),
  change: () => (service === 's3' ? ofBucket() : ofService(host)),
});

export const ENDPOINT_RULES: readonly Rule[] = [
  ...Object.entries(HOSTS).map(withOwnEndpoint),
  {
    /* The table of partitions, which nothing asks any more. */
    of: /^@aws-sdk\/core\/dist-es\/submodules\/client\/util-endpoints\/lib\/aws\/partition\.js$/,
    change: () =>
      "export const getUserAgentPrefix = () => ''; export const partition = () => ({}); export const setPartitionInfo = partition; export const useDefaultPartitionInfo = partition;",
  },
];
