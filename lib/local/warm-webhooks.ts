import type { LambdaRunner } from './lambda/runner.ts';
import type { Stack } from './stack/model.ts';

/** Loads the function behind the shops' webhooks before it is called: shops do not wait long for the first answer. */
export const warmWebhooks = (
  { httpApi }: Pick<Stack, 'httpApi'>,
  lambda: Pick<LambdaRunner, 'warm'>,
): void => {
  const routes = httpApi?.routes.filter(({ key }) => key.includes('/webhooks')) ?? [];
  setImmediate(() => {
    for (const arn of new Set(routes.map(({ functionArn }) => functionArn))) lambda.warm(arn);
  });
};
