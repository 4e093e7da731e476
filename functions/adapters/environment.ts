/** The one place that reads the environment: a missing setting stops the cold start and says which. */
import * as z from 'zod';

const SETTINGS = [
  'SALES_TABLE',
  'LINKS_TABLE',
  'PARKED_TABLE',
  'INTAKE_QUEUE_URL',
  'FORGET_QUEUE_URL',
  'SECRETS_ID',
  'CANARY_SECRET_ID',
  'SHOP_CREDENTIALS_ID',
  'FOLLOW_UP_ARN',
  'PROMISE_ARN',
  'CONFIGURATION_SET',
  'STAFF_CONFIGURATION_SET',
  'MAIL_BUCKET',
  'PAGES_TOPIC_ARN',
  'PUBLIC_URL',
  'LAMBDA_TASK_ROOT',
] as const;

/** Read one by one, so that a function is given nothing it does not use. */
export const setting = (name: (typeof SETTINGS)[number]): string => {
  const result = z.string().min(1).safeParse(process.env[name]);
  if (!result.success) throw new Error(`Environment variable ${name} is missing`);
  return result.data;
};

/** Of a part that is not deployed everywhere. */
export const optionalSetting = (name: (typeof SETTINGS)[number]): string | undefined =>
  process.env[name] === undefined ? undefined : setting(name);

/** Set by Lambda itself. */
export const region = (): string => z.string().min(1).parse(process.env['AWS_REGION']);
