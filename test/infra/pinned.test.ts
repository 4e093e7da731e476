import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { readJson, synthesized } from '../fixtures/synthesized.ts';
import { MACHINES, type MachineName } from '../golden/portable.ts';
import { definitionOf, releases } from '../golden/release.ts';
import { readTemplate } from './read-template.ts';
import { readableJson } from './readable-json.ts';

const { assembly, template: raw } = synthesized();
const template = readTemplate(raw);

/** What a change of the id or of one of these properties replaces, and what is lost then. */
const PINNED: Record<string, readonly string[]> = {
  /* Every waiting sale and promise ends: nobody is asked, nobody is called. */
  'AWS::StepFunctions::StateMachine': ['StateMachineName', 'StateMachineType'],
  /* Functions start executions by `<machine>:live`. */
  'AWS::StepFunctions::StateMachineAlias': ['Name'],
  /* All journals, task tokens and links stay behind in the old table. */
  'AWS::DynamoDB::Table': [
    'TableName',
    'KeySchema',
    'AttributeDefinitions',
    /* An index with another key is built anew: for hours it holds nothing. */
    'GlobalSecondaryIndexes',
    /* What is there keeps the attribute it was written with. */
    'TimeToLiveSpecification',
  ],
  /* What the old key encrypted stays readable only as long as somebody keeps the old key. */
  'AWS::KMS::Key': [],
  /* Webhooks already answered with 2xx stay behind in the old queue. */
  'AWS::SQS::Queue': ['QueueName', 'FifoQueue'],
  /* Mails that came in stay behind in the old bucket; the name is taken once, all over AWS. */
  'AWS::S3::Bucket': ['BucketName'],
  /* Every webhook is refused until the secrets are put in again. */
  'AWS::SecretsManager::Secret': ['Name'],
  /* The address inside every mail sent so far, and at every shop, leads nowhere. */
  'AWS::ApiGatewayV2::Api': [],
  /* States of executions under way call `<function>:live`. */
  'AWS::Lambda::Function': ['FunctionName'],
  'AWS::Lambda::Alias': ['Name'],
  /* Whoever is paged, or hears of alarms, must subscribe again. */
  'AWS::SNS::Topic': ['TopicName'],
  /* What becomes of mails sent before is heard of no more. */
  'AWS::SES::ConfigurationSet': ['Name'],
};

const ROLES: Record<MachineName, string> = {
  FollowUp: 'FollowUpMachineRole238B6028',
  Promise: 'PromiseMachineRole1174C127',
};

describe('what a deploy must never replace', () => {
  /**
   * If this fails, you are about to end every sale that waits, or to lose what customers were promised. Do not update
   * the snapshot: put the old id or name back (`overrideLogicalId` after a move, docs/runbook.md for a real migration).
   * Only additions are harmless.
   */
  it('keeps its ids, names and keys', async () => {
    const pinned = Object.fromEntries(
      Object.entries(PINNED).map(([type, names]) => [
        type,
        Object.fromEntries(
          template
            .of(type)
            .map(([id, { Properties }]) => [
              id,
              Object.fromEntries(
                names
                  .filter((name) => name in Properties)
                  .map((name) => [name, template.plain(Properties[name])]),
              ),
            ]),
        ),
      ]),
    );

    await expect(readableJson(pinned)).toMatchFileSnapshot('snapshots/pinned.json');
  });

  it('is kept even when the stack goes or a resource leaves it', () => {
    const kept = [
      'AWS::StepFunctions::StateMachine',
      'AWS::DynamoDB::Table',
      'AWS::KMS::Key',
      'AWS::SQS::Queue',
      'AWS::S3::Bucket',
    ]
      .concat(
        'AWS::SecretsManager::Secret',
        'AWS::StepFunctions::StateMachineVersion',
        'AWS::Lambda::Version',
      )
      .flatMap((type) => template.of(type))
      /* Made up by AWS, known to nobody outside, and made up again: nothing is lost with it. */
      .filter(([id]) => !id.startsWith('CanarySecret'));

    for (const [id, { DeletionPolicy, UpdateReplacePolicy }] of kept) {
      expect(DeletionPolicy, id).toMatch(/^Retain(ExceptOnCreate)?$/);
      expect(UpdateReplacePolicy, id).toBe('Retain');
    }
  });

  /** A name can be taken once only: a machine left over from a failed first deploy would make the second one fail too. */
  it('leaves no named machine behind when the first deploy fails', () => {
    for (const [id, { DeletionPolicy }] of template.of('AWS::StepFunctions::StateMachine'))
      expect(DeletionPolicy, id).toBe('RetainExceptOnCreate');
  });

  it('publishes a version of each machine and points the alias at it', () => {
    const Routed = z.object({
      Name: z.literal('live'),
      DeploymentPreference: z.object({ StateMachineVersionArn: z.string() }),
    });
    const routed = template
      .of('AWS::StepFunctions::StateMachineAlias')
      .map(
        ([, { Properties }]) => template.read(Routed, Properties).DeploymentPreference.StateMachineVersionArn,
      );

    expect(routed.map((arn) => arn.replace(/Version.*/, ''))).toEqual([
      '<FollowUpMachine',
      '<PromiseMachine',
    ]);
  });

  /** Executions under way keep the role they began with: it must go on calling what their definitions name. */
  it.each(MACHINES)('lets the %s machine call every function that a released one names', (name) => {
    const roles = template.of('AWS::IAM::Role').map(([id]) => id);
    const policy = template
      .of('AWS::IAM::Policy')
      .map(([, { Properties }]) => JSON.stringify(template.plain(Properties)))
      .find((text) => text.includes(`<${name}MachineRole>`));
    const named = releases().flatMap((release) =>
      [...JSON.stringify(definitionOf(release, name)).matchAll(/\$\{([a-z-]+)\}/g)].map(
        ([, fn]) => `<${fn}:live>`,
      ),
    );

    /* The id of the role itself: another one would be another role. */
    expect(roles.filter((id) => id.startsWith(`${name}MachineRole`))).toEqual([ROLES[name]]);
    expect(named.length).toBeGreaterThan(0);
    for (const fn of new Set(named)) expect(policy).toContain(fn);
  });

  it('is a stack that cannot be deleted by accident', () => {
    const Manifest = z.object({
      artifacts: z.object({
        Aftercare: z.object({ properties: z.object({ terminationProtection: z.boolean() }) }),
      }),
    });

    const { artifacts } = readJson(Manifest, join(assembly, 'manifest.json'));

    expect(artifacts.Aftercare.properties.terminationProtection).toBe(true);
  });

  it('does not depend on flags that only the command line would read', () => {
    const cdk: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'cdk.json'), 'utf8'));

    expect(cdk).not.toHaveProperty('context');
  });
});
