import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { synthesized } from '../fixtures/synthesized.ts';
import { readTemplate } from './read-template.ts';

const Rule = z.object({
  ScheduleExpression: z.string(),
  Targets: z.array(z.object({ Arn: z.unknown(), RetryPolicy: z.unknown() })),
});

const template = readTemplate(synthesized().template);
const rules = template.of('AWS::Events::Rule').map(([, { Properties }]) => template.read(Rule, Properties));

const rulesOf = (name: string) =>
  rules.filter(({ Targets }) => Targets.every(({ Arn }) => String(Arn).includes(`<${name}:live>`)));
const timesOf = (name: string) =>
  rulesOf(name)
    .map(({ ScheduleExpression }) => ScheduleExpression)
    .sort();

describe('the sweeper', () => {
  it('looks every hour, and once a day counts what it holds', () => {
    expect(timesOf('sweep')).toEqual(['cron(10 4 * * ? *)', 'cron(5 * * * ? *)']);
  });
});

describe('the watch', () => {
  it('looks every five minutes, and what comes later than the next look is not made up for', () => {
    const [target] = rulesOf('watch').flatMap(({ Targets }) => Targets);

    expect(timesOf('watch')).toEqual(['rate(5 minutes)']);
    expect(target?.RetryPolicy).toEqual({ MaximumEventAgeInSeconds: 300, MaximumRetryAttempts: 1 });
  });
});
