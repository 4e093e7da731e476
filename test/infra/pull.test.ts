import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import config from '../../aftercare.config.ts';
import { checkConfiguration } from '../../functions/core/configuration.ts';
import { isAnyPulled } from '../../lib/cloud/pull.ts';
import { shopConfig } from '../fixtures/shop-config.ts';
import { synthesized } from '../fixtures/synthesized.ts';
import { readTemplate } from './read-template.ts';

const template = readTemplate(synthesized().template);
const Rule = z.object({
  ScheduleExpression: z.string(),
  Targets: z.array(z.object({ Arn: z.string() })),
});
const Policy = z.object({
  PolicyDocument: z.object({
    Statement: z.array(
      z.object({ Action: z.union([z.string(), z.array(z.string())]), Condition: z.unknown().optional() }),
    ),
  }),
  Roles: z.array(z.string()),
});

describe('asking the shops', () => {
  it('is done every hour, when a source says so', () => {
    const times = template
      .of('AWS::Events::Rule')
      .map(([, { Properties }]) => template.read(Rule, Properties))
      .filter(({ Targets }) => Targets.some(({ Arn }) => Arn.includes('<pull-orders:live>')))
      .map(({ ScheduleExpression }) => ScheduleExpression);

    expect(times).toEqual(['cron(20 * * * ? *)']);
  });

  it('writes nothing but how far each shop was asked', () => {
    const conditions = template
      .of('AWS::IAM::Policy')
      .map(([, { Properties }]) => template.read(Policy, Properties))
      .filter(({ Roles }) => Roles.includes('<FunctionsPullOrdersRole>'))
      .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
      .filter(({ Action }) => [Action].flat().includes('dynamodb:PutItem'))
      .map(({ Condition }) => Condition);

    expect(conditions).toEqual([{ 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['source#*'] } }]);
  });

  it('is not there at all when no source is asked, as in the sample configuration', () => {
    expect(isAnyPulled(checkConfiguration(shopConfig))).toBe(true);
    expect(isAnyPulled(checkConfiguration(config))).toBe(false);
  });
});
