/** Builds the CDK app: check the configuration, bundle the functions, put the stack together. */
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { checkConfiguration } from '../../functions/core/configuration.ts';
import { bundleFunctions } from './bundle.ts';
import type { Pace } from './operations/deploys.ts';
import { AftercareStack } from './stack.ts';

export const STACK = 'Aftercare';

/** Not in cdk.json, which only the command line reads: `npm start` and the tests must see the very stack that deploys. */
const FLAGS = {
  '@aws-cdk/aws-iam:minimizePolicies': true,
  '@aws-cdk/aws-lambda:recognizeLayerVersion': true,
  '@aws-cdk/core:target-partitions': ['aws'],
};

type Options = {
  /** What aftercare.config.ts exports; checked here. */
  config: unknown;
  publicUrl?: string | undefined;
  mayBeInSandbox?: boolean | undefined;
  pace?: Pace | undefined;
  /** Where the cloud assembly goes; the CDK command line decides when left out. */
  outdir?: string;
  /** Where the bundles go. */
  bundleDir?: string;
  /** The rules of cdk-nag and of the CDK itself cost seconds that `npm start` need not wait for. */
  withRules: boolean;
};

/** Throws ConfigurationMistake, naming the field and what was expected. */
export const createApp = ({
  config,
  publicUrl,
  mayBeInSandbox,
  pace,
  outdir,
  bundleDir,
  withRules,
}: Options): App => {
  const checked = checkConfiguration(config);
  const bundles = bundleFunctions(checked, bundleDir);
  const app = new App({
    context: { ...FLAGS, '@aws-cdk/core:validateAgainstDefaultRules': withRules },
    builtinCloudFormationValidation: withRules,
    treeMetadata: withRules,
    ...(outdir === undefined ? {} : { outdir }),
  });
  new AftercareStack(app, STACK, { config: checked, bundles, publicUrl, mayBeInSandbox, pace });
  if (withRules) Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  return app;
};
