/** A refusal that a caller sees as the AWS error of that name: `name` is the AWS error code. */
export class AwsError extends Error {
  readonly httpStatus: number;
  /** What some AWS errors carry beside the message, such as the `Item` of a failed condition. */
  readonly details: Record<string, unknown>;

  constructor(
    name: string,
    message: string,
    options: ErrorOptions & { httpStatus?: 400 | 500; details?: Record<string, unknown> } = {},
  ) {
    super(message, options);
    this.name = name;
    this.httpStatus = options.httpStatus ?? 400;
    this.details = options.details ?? {};
  }
}

/** The connection breaks before the caller learns what became of the request. Only failpoints throw it. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
}
