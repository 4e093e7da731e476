import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { checkConfiguration } from '../../../functions/core/configuration.ts';
import { STACK } from '../../../lib/cloud/app.ts';
import { AftercareStack } from '../../../lib/cloud/stack.ts';
import { shopConfig } from '../../fixtures/shop-config.ts';
import { readJson, synthesized } from '../../fixtures/synthesized.ts';
import { readTemplate } from '../read-template.ts';

const Whole = z.object({
  Resources: z.record(
    z.string(),
    z.object({
      Type: z.string(),
      Properties: z.record(z.string(), z.unknown()).default({}),
      DependsOn: z.array(z.string()).default([]),
      UpdatePolicy: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
});
type Whole = z.output<typeof Whole>;

const Group = z.object({
  ApplicationName: z.string(),
  ServiceRoleArn: z.string(),
  DeploymentConfigName: z.string(),
  AlarmConfiguration: z.object({ Enabled: z.boolean(), Alarms: z.array(z.object({ Name: z.string() })) }),
  AutoRollbackConfiguration: z.object({ Enabled: z.boolean(), Events: z.array(z.string()) }),
});
const Preference = z.object({
  DeploymentPreference: z.object({
    Type: z.string(),
    Percentage: z.number(),
    Interval: z.number(),
    Alarms: z.array(z.string()),
  }),
});
const Shift = z.object({
  CodeDeployLambdaAliasUpdate: z.object({ ApplicationName: z.string(), DeploymentGroupName: z.string() }),
});

const { assembly, bundles, template: raw } = synthesized();
const whole = readJson(Whole, join(assembly, `${STACK}.template.json`));
const template = readTemplate(raw);
const groupsOf = (read: typeof template) =>
  read.of('AWS::CodeDeploy::DeploymentGroup').map(([, { Properties }]) => read.read(Group, Properties));

/** Those that go off within minutes when a deploy is bad, and at no other time without a reason to stop it. */
const STOPPING = [
  '<OperationsAlarmsPublicErrors>',
  '<OperationsAlarmsExecutionsFailed>',
  '<OperationsAlarmsFunctionErrors1>',
  '<OperationsAlarmsFunctionErrors2>',
  '<OperationsAlarmsStepErrors>',
  '<OperationsAlarmsAccessDenied>',
];

describe('a deploy', () => {
  it('shifts each function by a group of its own', () => {
    const aliases = Object.entries(whole.Resources).filter(([, { Type }]) => Type === 'AWS::Lambda::Alias');
    const groups = aliases.map(
      ([, { UpdatePolicy }]) =>
        template.read(Shift, UpdatePolicy).CodeDeployLambdaAliasUpdate.DeploymentGroupName,
    );

    expect(new Set(groups).size).toBe(aliases.length);
    expect(groupsOf(template)).toHaveLength(aliases.length);
  });

  it('gives the new version a tenth for five minutes, and goes back when an alarm goes off', () => {
    for (const group of groupsOf(template))
      expect(group).toEqual({
        ApplicationName: '<OperationsDeploysApplication>',
        ServiceRoleArn: '<OperationsDeploysRole>',
        DeploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent5Minutes',
        AlarmConfiguration: { Enabled: true, Alarms: STOPPING.map((Name) => ({ Name })) },
        AutoRollbackConfiguration: {
          Enabled: true,
          Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_REQUEST', 'DEPLOYMENT_STOP_ON_ALARM'],
        },
      });
  });

  it('does the same with both machines', () => {
    const preferences = template
      .of('AWS::StepFunctions::StateMachineAlias')
      .map(([, { Properties }]) => template.read(Preference, Properties).DeploymentPreference);

    expect(preferences).toEqual(
      [1, 2].map(() => ({ Type: 'CANARY', Percentage: 10, Interval: 5, Alarms: STOPPING })),
    );
  });

  /** The ARN of an alarm is taken for the name of one that does not exist, which counts as OK; `Ref` is the name. */
  it('refers to alarms by name', () => {
    const Names = z.array(z.strictObject({ Ref: z.string() }));
    const Named = z.union([
      z.object({ DeploymentPreference: z.object({ Alarms: Names }) }),
      z.object({ AlarmConfiguration: z.object({ Alarms: z.array(z.object({ Name: Names.element })) }) }),
    ]);
    const stoppable = Object.values(whole.Resources).filter(({ Type }) =>
      ['AWS::StepFunctions::StateMachineAlias', 'AWS::CodeDeploy::DeploymentGroup'].includes(Type),
    );

    for (const { Properties } of stoppable) expect(Named.safeParse(Properties).error).toBeUndefined();
  });

  it('may move these aliases and look at alarms, nothing else', () => {
    const Policy = z.object({
      Roles: z.array(z.string()),
      PolicyDocument: z.object({
        Statement: z.array(
          z.object({
            Action: z.union([z.string(), z.array(z.string())]),
            Resource: z.union([z.string(), z.array(z.string())]),
          }),
        ),
      }),
    });
    const statements = template
      .of('AWS::IAM::Policy')
      .map(([, { Properties }]) => template.read(Policy, Properties))
      .filter(({ Roles }) => Roles.includes('<OperationsDeploysRole>'))
      .flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
    const [move, look, ...more] = statements;

    expect(move?.Action).toEqual([
      'lambda:GetAlias',
      'lambda:GetProvisionedConcurrencyConfig',
      'lambda:UpdateAlias',
    ]);
    expect([move?.Resource].flat().filter((one) => one?.includes('*'))).toEqual([]);
    expect(look).toEqual({ Action: 'cloudwatch:DescribeAlarms', Resource: '*' });
    expect(more).toEqual([]);
  });

  /** CloudFormation refuses a template in which something waits for itself; nothing at synth would say so. */
  it('has resources that wait for one another in no circle', () => {
    expect(circleIn(whole)).toEqual([]);
  });
});

const referencesIn = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => {
    if (key === 'Ref' && typeof one === 'string') return [one];
    if (key === 'Fn::GetAtt' && Array.isArray(one)) return [String(one[0])];
    return referencesIn(one);
  });
};

/** Ids that wait for one another, from the first one again to itself; empty when there are none. */
const circleIn = ({ Resources }: Whole): string[] => {
  const isDone = new Set<string>();
  const follow = (id: string, above: readonly string[]): string[] => {
    if (above.includes(id)) return [...above.slice(above.indexOf(id)), id];
    const resource = Resources[id];
    if (resource === undefined || isDone.has(id)) return [];
    for (const next of [
      ...referencesIn([resource.Properties, resource.UpdatePolicy]),
      ...resource.DependsOn,
    ]) {
      const circle = follow(next, [...above, id]);
      if (circle.length > 0) return circle;
    }
    isDone.add(id);
    return [];
  };
  for (const id of Object.keys(Resources)) {
    const circle = follow(id, []);
    if (circle.length > 0) return circle;
  }
  return [];
};

describe('a deploy at once', () => {
  /** It mends what an alarm tells of, so it must not wait for that alarm to end. */
  it('looks at no alarm and shifts everything', () => {
    const folder = mkdtempSync(join(tmpdir(), 'aftercare-at-once-'));
    /* Nothing is copied or zipped: only the template is looked at. */
    const app = new App({
      outdir: folder,
      context: {
        '@aws-cdk/core:validateAgainstDefaultRules': false,
        'aws:cdk:disable-asset-staging': true,
      },
    });
    new AftercareStack(app, STACK, {
      config: checkConfiguration(shopConfig),
      bundles: { folderOf: (name) => join(bundles, name), print: 'the same' },
      pace: 'at-once',
    });
    app.synth();
    const file = join(folder, `${STACK}.template.json`);
    const text = readFileSync(file, 'utf8');
    const atOnce = readTemplate({ Outputs: {}, ...readJson(Whole, file) });
    rmSync(folder, { recursive: true });

    for (const group of groupsOf(atOnce)) {
      expect(group.DeploymentConfigName).toBe('CodeDeployDefault.LambdaAllAtOnce');
      expect(group.AlarmConfiguration.Enabled).toBe(false);
    }
    expect(text).not.toContain('DeploymentPreference');
  });
});
