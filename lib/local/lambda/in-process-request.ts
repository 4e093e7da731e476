/** A request to a part of this runtime that looks like one of `node:http` to whoever makes it, and never reaches a socket. */
import { EventEmitter } from 'node:events';
import { type IncomingHttpHeaders, type RequestOptions, STATUS_CODES } from 'node:http';
import { Readable, Writable } from 'node:stream';
import type { Answer, HttpAnswer } from '../aws/aws-call.ts';
import { ConnectionLost } from '../aws/aws-error.ts';

/** What stands for the connection: always there, and out of time when nothing comes for as long as was said. */
class InProcessSocket extends EventEmitter {
  readonly connecting = false;
  readonly remoteAddress = '127.0.0.1';
  readonly #request: InProcessRequest;
  #timer: NodeJS.Timeout | undefined;

  constructor(request: InProcessRequest) {
    super();
    this.#request = request;
  }

  setKeepAlive(): this {
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setTimeout(ms: number, onTimeout?: () => void): this {
    clearTimeout(this.#timer);
    if (onTimeout !== undefined) this.once('timeout', onTimeout);
    if (ms > 0) this.#timer = setTimeout(() => this.emit('timeout'), ms).unref();
    return this;
  }

  rest(): void {
    clearTimeout(this.#timer);
  }

  destroy(error?: Error): this {
    this.#request.destroy(error);
    return this;
  }
}

/** The answer, in the shape of an `IncomingMessage`. */
class InProcessResponse extends Readable {
  readonly httpVersion = '1.1';
  readonly statusCode: number;
  readonly statusMessage: string;
  readonly headers: IncomingHttpHeaders;
  complete = false;

  constructor({ status, headers, body }: HttpAnswer, hasBody: boolean) {
    super();
    this.statusCode = status;
    this.statusMessage = STATUS_CODES[status] ?? '';
    // The answer to HEAD tells the length of what it does not bring.
    this.headers = { 'content-length': String(Buffer.byteLength(body)), ...headers };
    const bytes = typeof body === 'string' ? Buffer.from(body) : body;
    if (hasBody && bytes.length > 0) this.push(bytes);
    this.push(null);
  }

  override _read(): void {
    this.complete = true;
  }
}

/** As Node says it when the other side closes before it has answered. */
const hangUp = () => Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });

const lowerCased = (headers: RequestOptions['headers']): IncomingHttpHeaders =>
  Object.fromEntries(
    Object.entries(headers ?? {}).map(([name, value]) => [
      name.toLowerCase(),
      value === undefined ? undefined : String(value),
    ]),
  );

/** Most bodies are one piece of text, and are read as text. */
const wholeOf = (chunks: readonly (Buffer | string)[]): Buffer | string => {
  const [first = '', ...more] = chunks;
  if (more.length === 0) return first;
  return Buffer.concat(chunks.map((chunk) => (typeof chunk === 'string' ? Buffer.from(chunk) : chunk)));
};

export class InProcessRequest extends Writable {
  readonly method: string;
  readonly path: string;
  readonly #headers: IncomingHttpHeaders;
  readonly #answer: Answer;
  readonly #chunks: (Buffer | string)[] = [];
  #socket: InProcessSocket | undefined;
  #response: InProcessResponse | undefined;

  constructor({ method = 'GET', path = '/', headers }: RequestOptions, answer: Answer) {
    // It lives until its response has ended, as whoever holds it expects of a request.
    super({ autoDestroy: false, decodeStrings: false });
    this.method = method;
    this.path = path ?? '/';
    this.#headers = lowerCased(headers);
    this.#answer = answer;
    queueMicrotask(() => {
      if (!this.destroyed && this.listenerCount('socket') > 0) this.emit('socket', this.socket);
    });
  }

  get socket(): InProcessSocket {
    this.#socket ??= new InProcessSocket(this);
    return this.#socket;
  }

  override _write(chunk: Buffer | string, encoding: BufferEncoding, done: () => void): void {
    this.#chunks.push(
      typeof chunk === 'string' && encoding !== 'utf8' ? Buffer.from(chunk, encoding) : chunk,
    );
    done();
  }

  override _final(done: () => void): void {
    const body = wholeOf(this.#chunks);
    const call = { method: this.method, url: this.path, headers: this.#headers, body };
    this.#answer(call).then(
      (answer) => this.#respond(answer),
      (error: unknown) => {
        if (!(error instanceof ConnectionLost)) console.error(error);
        this.destroy(hangUp());
      },
    );
    done();
  }

  #respond(answer: HttpAnswer): void {
    if (this.destroyed) return;
    const response = new InProcessResponse(answer, this.method !== 'HEAD');
    this.#response = response;
    this.#socket?.rest();
    response.once('close', () => this.destroy());
    // Nobody who asks for an answer leaves it unread but by mistake; Node throws it away then.
    if (!this.emit('response', response)) response.resume();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#socket?.rest();
    const isAnswered = this.#response !== undefined;
    done(error ?? (isAnswered ? null : hangUp()));
  }
}
