/** Reads the dashboards of a template: bodies of JSON that intrinsic functions put together. */
import * as z from 'zod';
import type { Alarm } from '../cloudwatch/alarm.ts';
import type { Dashboard, Drawing } from '../cloudwatch/dashboard.ts';
import { DashboardBody } from './dashboard-widgets.ts';
import type { LambdaFunction } from './functions.ts';
import type { ResourceReader } from './properties.ts';

const Properties = z.object({
  DashboardName: z.string().optional(),
  DashboardBody: z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch (error) {
        context.addIssue(`the body is not JSON (${String(error)})`);
        return z.NEVER;
      }
    })
    .pipe(DashboardBody),
});

type Known = { readonly alarms: readonly Alarm[]; readonly functions: readonly LambdaFunction[] };

/** What a widget shows that the stack does not have. */
const missingIn = (widget: Drawing, { alarms, functions }: Known): string[] => {
  if (widget.type === 'alarm')
    return widget.alarmArns.filter((arn) => !alarms.some((alarm) => alarm.arn === arn));
  if (widget.type === 'log')
    return widget.insights.groups.filter((group) => !functions.some(({ logGroup }) => logGroup === group));
  return [];
};

/** @throws StackError naming the dashboard and what about it cannot be drawn. */
export const readDashboards = (reader: ResourceReader, known: Known): Dashboard[] =>
  reader.idsOf('AWS::CloudWatch::Dashboard').map((logicalId) => {
    const { DashboardBody: body } = reader.readWhole(logicalId, Properties);
    const missing = body.widgets.flatMap((widget) => missingIn(widget, known));
    if (missing.length > 0)
      return reader.refuse(logicalId, `the stack has no alarm or function behind ${missing.join(', ')}.`);
    return { logicalId, name: reader.names.name(logicalId), widgets: body.widgets };
  });
