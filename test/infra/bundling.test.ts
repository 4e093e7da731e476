/** What is left out of the bundles is not missed: the trimmed packages say and understand what the whole ones do. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESClient } from '@aws-sdk/client-ses';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { diet } from '../../lib/cloud/bundling/diet.ts';
import { SETTINGS } from '../../lib/cloud/bundling/esbuild-settings.ts';
import { namesInUse } from '../../lib/cloud/bundling/names-in-use.ts';
import { buildParts, withParts } from '../../lib/cloud/bundling/parts.ts';
import { ENDPOINT_RULES } from '../../lib/cloud/bundling/trim-endpoints.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'bundling-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

const CLIENTS = {
  cloudformation: new CloudFormationClient({ region: 'eu-west-1' }),
  dynamodb: new DynamoDBClient({ region: 'eu-west-1' }),
  s3: new S3Client({ region: 'eu-west-1' }),
  'secrets-manager': new SecretsManagerClient({ region: 'eu-west-1' }),
  ses: new SESClient({ region: 'eu-west-1' }),
  sesv2: new SESv2Client({ region: 'eu-west-1' }),
  sfn: new SFNClient({ region: 'eu-west-1' }),
  sns: new SNSClient({ region: 'eu-west-1' }),
  sqs: new SQSClient({ region: 'eu-west-1' }),
};
const SERVICES = Object.keys(CLIENTS);

type Given = { Region: string; UseFIPS: boolean; UseDualStack: boolean; Endpoint?: string; Bucket?: string };
const Resolver = z.object({
  defaultEndpointResolver: z.custom<(given: Given) => unknown>((value) => typeof value === 'function'),
});

/** The text that stands in for the SDK's own file, as a module. */
const ours = async (service: string): Promise<(given: Given) => unknown> => {
  const path = `@aws-sdk/client-${service}/dist-es/endpoint/endpointResolver.js`;
  const rule = ENDPOINT_RULES.find(({ of }) => of.test(path));
  const file = join(folder, `${service}.mjs`);
  writeFileSync(file, rule?.change('', new Set()) ?? '');
  return Resolver.parse(await import(pathToFileURL(file).href)).defaultEndpointResolver;
};

const theirs = (service: string) => {
  const client = Object.entries(CLIENTS).find(([name]) => name === service)?.[1];
  return z
    .custom<(given: Given) => unknown>((value) => typeof value === 'function')
    .parse(client?.config.endpointProvider);
};

const PARTITIONS = readFileSync(
  join(ROOT, 'node_modules/@aws-sdk/core/dist-es/submodules/client/util-endpoints/lib/aws/partitions.js'),
  'utf8',
);
const regions = [...PARTITIONS.matchAll(/\b[a-z]{2,4}(?:-[a-z]+)+-\d+\b/g)].map(([region]) => region);
const plain = { UseFIPS: false, UseDualStack: false, Bucket: 'our-mails' };
const SHOWN = z.looseObject({ url: z.instanceof(URL).transform(String) });

describe('the addresses of AWS in the bundles', () => {
  it('are compared for all regions there are', () => {
    expect(regions).toEqual(expect.arrayContaining(['eu-west-1', 'us-gov-west-1', 'ap-southeast-2']));
    expect(new Set(regions).size).toBeGreaterThan(30);
  });

  it.each(SERVICES)('of %s are the SDK’s own, or refused by name', async (service) => {
    const [own, sdk] = [await ours(service), theirs(service)];

    for (const Region of new Set(regions)) {
      const expected = SHOWN.parse(sdk({ ...plain, Region }));
      if (expected.url.endsWith('.amazonaws.com/'))
        expect(SHOWN.parse(own({ ...plain, Region }))).toEqual(expected);
      else expect(() => own({ ...plain, Region })).toThrow(Region);
    }
  });

  it.each(SERVICES)('of %s follow AWS_ENDPOINT_URL', async (service) => {
    const [own, sdk] = [await ours(service), theirs(service)];

    for (const Endpoint of ['http://127.0.0.1:4566', 'http://localhost:4566/x', 'https://aws.example']) {
      const given = { ...plain, Region: 'eu-west-1', Endpoint };
      expect(SHOWN.parse(own(given))).toEqual(SHOWN.parse(sdk(given)));
    }
  });

  it('are refused for what has an address of its own', async () => {
    const own = await ours('dynamodb');

    expect(() => own({ ...plain, Region: 'eu-west-1', UseFIPS: true })).toThrow('UseFIPS');
    expect(() => own({ ...plain, Region: 'nowhere' })).toThrow('nowhere');
  });

  it.each(['My.bucket', 'bucket--use1-az4--x-s3', 'arn:aws:s3:eu-west-1:1:accesspoint/a'])(
    'are refused for a bucket as %s',
    async (Bucket) => {
      const own = await ours('s3');

      expect(() => own({ ...plain, Region: 'eu-west-1', Bucket })).toThrow(Bucket);
    },
  );
});

const PROBE = join(import.meta.dirname, 'bundling-probe.ts');
const OPTIONS = {
  encoding: 'utf8',
  env: { PATH: process.env['PATH'], POWERTOOLS_LOG_LEVEL: 'INFO', AWS_REGION: 'eu-west-1' },
} as const;
const withoutTimes = (text: string) => text.replace(/"timestamp":"[^"]*"/g, '"timestamp":""');

describe('a package that is loaded when it is first used', () => {
  it('does what its default export does, as from an ES module', async () => {
    const inUse = namesInUse();
    const asked = await buildParts(folder, inUse);
    const entry = join(folder, 'reads-a-mail.ts');
    const parse = join(import.meta.dirname, '..', '..', 'functions', 'mail', 'parse-mail.ts');
    const [from, type] = ['From: a@b.example', 'Content-Type: multipart/mixed; boundary="x"'];
    const mail = [from, type, '', '--x', '', 'Hello', '--x--', ''].join('\\r\\n');
    writeFileSync(
      entry,
      `import { parseMail } from ${JSON.stringify(parse)};
      parseMail(Buffer.from('${mail}')).then(({ plain, isBroken }) => console.log(JSON.stringify({ plain, isBroken })));`,
    );
    const outfile = join(folder, 'reads-a-mail.cjs');
    await build({ ...SETTINGS, entryPoints: [entry], plugins: [withParts(asked)], outfile });

    const said = execFileSync(process.execPath, [outfile], { encoding: 'utf8' });

    expect(JSON.parse(said)).toEqual({ plain: 'Hello\n', isBroken: false });
  });
});

describe('the packages in the bundles', () => {
  let whole = '';
  let trimmed = '';
  let bundle = '';
  beforeAll(async () => {
    const small = join(folder, 'probe.mjs');
    const entire = join(folder, 'whole.mjs');
    const asked = { ...SETTINGS, format: 'esm' as const, entryPoints: [PROBE] };
    const banner = {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    };
    await build({ ...asked, banner, plugins: [diet(namesInUse())], outfile: small });
    await build({ ...asked, banner, outfile: entire });
    bundle = readFileSync(small, 'utf8');
    whole = withoutTimes(execFileSync(process.execPath, [entire], OPTIONS));
    trimmed = withoutTimes(execFileSync(process.execPath, [small], OPTIONS));
  });

  it('ask AWS for the same, understand the same answers and errors, and say the same of mistakes', () => {
    expect(trimmed).toBe(whole);
  });

  it.each([
    ['a request', '"path": "/in/1"'],
    ['an error that functions name', '"name": "ConditionalCheckFailedException"'],
    ['an error that none names', 'because of ProvisionedThroughputExceededException'],
    ['a mail', '"MessageId": "m1"'],
    ['a mistake', 'invalid_type'],
    ['a line of the log', '"message":"probed"'],
    ['a number', '"TokenMisses":1'],
  ])('are compared by %s', (_, text) => {
    expect(whole).toContain(text);
  });

  it.each(['json-schema.org', 'AWS_CONTAINER_CREDENTIALS', 'latest/meta-data', 'cn-northwest-1'])(
    'are without %s',
    (text) => {
      expect(bundle).not.toContain(text);
    },
  );
});
