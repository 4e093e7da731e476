/**
 * SHA-256 for signing calls to AWS, with the one-shot hash of Node: the streaming one and its HMAC, which the SDK takes, cost
 * a fifth of every call.
 */
import { hash } from 'node:crypto';

/** Bytes of a block of SHA-256. */
const BLOCK = 64;

type Data = string | ArrayBuffer | ArrayBufferView;

const bytesOf = (data: Data): Buffer => {
  if (typeof data === 'string') return Buffer.from(data);
  return ArrayBuffer.isView(data)
    ? Buffer.from(data.buffer, data.byteOffset, data.byteLength)
    : Buffer.from(data);
};

const sha256 = (data: Uint8Array): Buffer => hash('sha256', data, 'buffer');

/** RFC 2104: H(key xor opad, H(key xor ipad, text)). */
const hmac = (secret: Buffer, text: Buffer): Buffer => {
  const key = secret.length > BLOCK ? sha256(secret) : secret;
  const inner = Buffer.alloc(BLOCK + text.length, 0x36);
  const outer = Buffer.alloc(BLOCK + 32, 0x5c);
  for (const [at, byte] of key.entries()) {
    inner[at] = byte ^ 0x36;
    outer[at] = byte ^ 0x5c;
  }
  text.copy(inner, BLOCK);
  sha256(inner).copy(outer, BLOCK);
  return sha256(outer);
};

/** What the SDK's clients take as `sha256`. */
export class Sha256 {
  readonly #secret: Buffer | undefined;
  #parts: Buffer[] = [];

  constructor(secret?: Data) {
    this.#secret = secret === undefined ? undefined : bytesOf(secret);
  }

  update(data: Data): void {
    this.#parts.push(bytesOf(data));
  }

  async digest(): Promise<Uint8Array> {
    const [only = Buffer.alloc(0)] = this.#parts;
    const data = this.#parts.length > 1 ? Buffer.concat(this.#parts) : only;
    return this.#secret === undefined ? sha256(data) : hmac(this.#secret, data);
  }

  reset(): void {
    this.#parts = [];
  }
}
