/** How a failed call of a function is told, in Lambda's words. */

/** The function cannot be loaded or run; `type` is Lambda's own error type, e.g. `Runtime.ImportModuleError`. */
export class LoadError extends Error {
  override readonly name = 'LoadError';
  readonly type: string;

  constructor(type: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.type = type;
  }
}

/** `error` is what Retry and Catch compare, `cause` the JSON text `{errorType, errorMessage, trace}`. */
export type Failure = { readonly ok: false; readonly error: string; readonly cause: string };

export const failure = (errorType: string, errorMessage: string, trace?: readonly string[]): Failure => ({
  ok: false,
  error: errorType,
  cause: JSON.stringify({ errorType, errorMessage, ...(trace === undefined ? {} : { trace }) }),
});

/** Anything that a handler may throw, told the way Lambda's Node.js runtime tells it. */
export const describeThrown = (thrown: unknown): Failure => {
  if (thrown instanceof LoadError) return failure(thrown.type, thrown.message, []);
  if (thrown instanceof Error) return failure(thrown.name, thrown.message, (thrown.stack ?? '').split('\n'));
  return failure(typeof thrown, String(thrown), []);
};
