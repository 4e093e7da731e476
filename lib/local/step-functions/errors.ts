/** An answer that the AWS API gives as an error: `name` is what clients and the CLI match on. */
export class AwsError extends Error {
  readonly httpStatus: number;

  constructor(name: string, message: string, httpStatus = 400, options?: ErrorOptions) {
    super(message, options);
    this.name = name;
    this.httpStatus = httpStatus;
  }
}

export const ERROR = {
  all: 'States.ALL',
  dataLimit: 'States.DataLimitExceeded',
  heartbeat: 'States.HeartbeatTimeout',
  noChoice: 'States.NoChoiceMatched',
  query: 'States.QueryEvaluationError',
  runtime: 'States.Runtime',
  taskFailed: 'States.TaskFailed',
  timeout: 'States.Timeout',
} as const;

type Details = { location?: string | null; alias?: string };

/** A failure inside an execution: what Retry and Catch see. `null` stands for "the caller named none". */
export class StateError extends Error {
  readonly error: string | null;
  readonly why: string | null;
  /** Set for a failed evaluation: the field it was for, null when no single field is to blame. */
  readonly location: string | null | undefined;
  /** A second name that ErrorEquals may use for it. */
  readonly alias: string | undefined;

  constructor(error: string | null, why: string | null, { location, alias }: Details = {}) {
    // Most are no surprise (a wait that is over) and nobody reads their stack, which costs more than the step itself.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(`${error ?? 'no error name'}: ${why ?? 'no cause'}`);
    Error.stackTraceLimit = stackTraceLimit;
    this.name = 'StateError';
    this.error = error;
    this.why = why;
    this.location = location;
    this.alias = alias;
  }
}

export const queryError = (location: string | null, why: string): StateError =>
  new StateError(ERROR.query, why, { location });
