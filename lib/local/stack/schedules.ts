import * as z from 'zod';
import type { ResourceReader } from './properties.ts';

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

const Lambda = z.string().regex(/^arn:aws:lambda:/, 'a schedule can only call a Lambda function here');

const InputTransformer = z
  .object({
    InputPathsMap: z.record(
      z.string(),
      z.string().regex(/^\$\.[\w-]+$/, 'only fields of the event itself are played, as $.time'),
    ),
    InputTemplate: z.string(),
  })
  .refine(({ InputTemplate }) => isJson(InputTemplate.replace(/<\w+>/g, '""')), 'the template is not JSON')
  .transform(({ InputPathsMap, InputTemplate }) => ({
    fields: Object.fromEntries(Object.entries(InputPathsMap).map(([name, path]) => [name, path.slice(2)])),
    template: InputTemplate,
  }));

const Rule = z.object({
  ScheduleExpression: z.string('rules for event patterns are not played, only schedules'),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  Targets: z.array(
    z.object({
      Arn: Lambda,
      Input: z.string().optional(),
      InputPath: z.undefined('use Input').optional(),
      InputTransformer: InputTransformer.optional(),
    }),
  ),
});

const SchedulerSchedule = z.object({
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().default('UTC'),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  Target: z.object({ Arn: Lambda, Input: z.string().optional() }),
});

/** A function called at fixed times. */
export type Schedule = {
  readonly logicalId: string;
  /** Of the rule or schedule, with the target's place in a rule that has several. */
  readonly key: string;
  readonly arn: string;
  /** `rate(...)` or `cron(...)`. */
  readonly expression: string;
  readonly timeZone: string;
  readonly functionArn: string;
  /** JSON text; undefined means EventBridge's own scheduled event. */
  readonly input: string | undefined;
  /** Makes the input out of that event: `<name>` in the template stands for a field. */
  readonly transformer: { readonly fields: Record<string, string>; readonly template: string } | undefined;
};

export const readSchedules = (reader: ResourceReader): Schedule[] => [
  ...reader.idsOf('AWS::Events::Rule').flatMap((logicalId) => {
    const rule = reader.read(logicalId, Rule);
    if (rule.State === 'DISABLED') return [];
    const arn = reader.names.arn(logicalId);
    return rule.Targets.map(({ Arn, Input, InputTransformer: transformer }, index) => ({
      logicalId,
      key: `${arn}#${index}`,
      arn,
      expression: rule.ScheduleExpression,
      timeZone: 'UTC',
      functionArn: Arn,
      input: Input,
      transformer,
    }));
  }),
  ...reader.idsOf('AWS::Scheduler::Schedule').flatMap((logicalId) => {
    const schedule = reader.read(logicalId, SchedulerSchedule);
    if (schedule.State === 'DISABLED') return [];
    const arn = reader.names.arn(logicalId);
    return [
      {
        logicalId,
        key: arn,
        arn,
        expression: schedule.ScheduleExpression,
        timeZone: schedule.ScheduleExpressionTimezone,
        functionArn: schedule.Target.Arn,
        input: schedule.Target.Input ?? '{}',
        transformer: undefined,
      },
    ];
  }),
];
