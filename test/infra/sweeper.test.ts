import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { synthesized } from '../fixtures/synthesized.ts';
import { readTemplate } from './read-template.ts';

const Rule = z.object({
  ScheduleExpression: z.string(),
  Targets: z.array(z.object({ Arn: z.unknown(), Input: z.string().optional() })),
});

const template = readTemplate(synthesized().template);
const rules = template.of('AWS::Events::Rule').map(([, { Properties }]) => template.read(Rule, Properties));

describe('the sweeper', () => {
  it('looks every hour, and once a day counts what it holds', () => {
    const called = rules.map(({ ScheduleExpression, Targets }) => ({
      when: ScheduleExpression,
      whom: Targets.map(({ Arn }) => String(Arn)),
      input: Targets.map(({ Input }) => Input),
    }));

    expect(called.map(({ when }) => when).sort()).toEqual(['cron(10 4 * * ? *)', 'cron(5 * * * ? *)']);
    expect(called.every(({ whom }) => whom.every((arn) => arn.includes('<sweep:live>')))).toBe(true);
  });
});
