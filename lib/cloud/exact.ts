/**
 * aws-cdk-lib declares optional members of its classes as `T | undefined` and those of its interfaces as `T?`, which
 * our strictness tells apart. A construct that is a function is a function all the same.
 */
import type { Alias, IFunction } from 'aws-cdk-lib/aws-lambda';

const isFunction = (candidate: unknown): candidate is IFunction =>
  typeof candidate === 'object' && candidate !== null && 'functionArn' in candidate;

export const functionOf = (alias: Alias): IFunction => {
  const candidate: unknown = alias;
  if (!isFunction(candidate)) throw new TypeError('Not a Lambda function');
  return candidate;
};
