/** The CDK app, as cdk.json runs it. */

import config from '../aftercare.config.ts';
import { ConfigurationMistake } from '../functions/core/configuration.ts';
import { createApp } from '../lib/cloud/app.ts';

try {
  createApp({
    config,
    publicUrl: process.env['AFTERCARE_PUBLIC_URL'],
    mayBeInSandbox: process.env['AFTERCARE_ALLOW_SANDBOX'] === 'yes',
    /* For a deploy that mends what an alarm tells of: a slow one is refused while the alarm is on. */
    pace: process.env['AFTERCARE_DEPLOY'] === 'at-once' ? 'at-once' : 'slow',
    withRules: true,
  }).synth();
} catch (error) {
  if (!(error instanceof ConfigurationMistake)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
