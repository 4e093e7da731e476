import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { synthesized } from '../fixtures/synthesized.ts';
import { readTemplate } from './read-template.ts';

const Mapping = z.object({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  BatchSize: z.number(),
  FunctionResponseTypes: z.array(z.string()),
  ScalingConfig: z.object({ MaximumConcurrency: z.number() }),
});
const template = readTemplate(synthesized().template);
const mappings = template
  .of('AWS::Lambda::EventSourceMapping')
  .map(([, { Properties }]) => template.read(Mapping, Properties));

describe('the intake', () => {
  it('is consumed by start-follow-up, by its alias, message by message', () => {
    expect(mappings).toContainEqual({
      EventSourceArn: '<IntakeQueue>',
      FunctionName: '<start-follow-up>:live',
      BatchSize: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 20 },
    });
  });

  it('holds webhook secrets encrypted with the same key, and none of them in the template', () => {
    const secrets = template.of('AWS::SecretsManager::Secret').map(([, { Properties }]) => Properties);

    expect(secrets.map((secret) => template.plain(secret['KmsKeyId']))).toEqual(secrets.map(() => '<Key>'));
    expect(secrets.filter((secret) => 'SecretString' in secret)).toEqual([]);
  });
});
