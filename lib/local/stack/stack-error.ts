/** Something in the synthesized stack that cannot be played; the message names where it is and what to do. */
export class StackError extends Error {
  override readonly name = 'StackError';
}
