/** A mail would have had a hole in it ("Hi ,"). Never sent: staff are told instead. `fields` are paths, never values. */
export class MissingMergeData extends Error {
  override readonly name = 'MissingMergeData';
  readonly fields: readonly string[];

  constructor(message: string, fields: readonly string[], options?: ErrorOptions) {
    super(`${message}: no usable value for ${fields.join(', ')}`, options);
    this.fields = fields;
  }
}

/** There are no words for this message, or its file cannot be read as one. Found by tests, not by customers. */
export class UnreadableMessage extends Error {
  override readonly name = 'UnreadableMessage';
}

/** A header that could be bent into another header, or an address no mail server takes. Never carries the value. */
export class HeaderRefused extends Error {
  override readonly name = 'HeaderRefused';
  readonly header: string;

  constructor(header: string, reason: string) {
    super(`${header}: ${reason}`);
    this.header = header;
  }
}
