/** What belongs to one order may stand anywhere in a file: it is gathered until the last of it has come. */

/** One order as the file tells it. */
export type FileOrder = {
  /** Empty where the file has none. */
  id: string;
  lines: number[];
  /** Webhook bodies, what happened to it before the order itself: then the order starts with all that is known. */
  bodies: readonly object[];
  /** Why it cannot be sent: a short reason to count by, and what was found. */
  problem?: { reason: string; detail: string };
  /** Lines that say word for word what an earlier one has said. */
  repeats: number[];
};

/** One row or line, under the id of its order; what has no id stands alone. */
export type Piece<Said> = { line: number; id: string; text: string; said: Said };

/** How often each id comes: all that is kept in memory of a whole file. */
export const countIds = async (pieces: AsyncIterable<Piece<unknown>>): Promise<Map<string, number>> => {
  const counts = new Map<string, number>();
  for await (const { id } of pieces) if (id !== '') counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
};

export type Group<Said> = { id: string; pieces: Piece<Said>[]; repeats: number[] };

const grouped = <Said>(id: string, pieces: readonly Piece<Said>[]): Group<Said> => {
  const seen = new Set<string>();
  const repeats: number[] = [];
  const fresh = pieces.filter(({ text, line }) => {
    if (seen.has(text)) repeats.push(line);
    return !seen.has(text) && seen.add(text);
  });
  return { id, pieces: fresh, repeats };
};

/** Each order as soon as all of it has been read; only unfinished ones wait in memory. */
export async function* gather<Said>(
  pieces: AsyncIterable<Piece<Said>>,
  counts: ReadonlyMap<string, number>,
): AsyncGenerator<Group<Said>> {
  const waiting = new Map<string, Piece<Said>[]>();
  for await (const piece of pieces) {
    const { id } = piece;
    const soFar = [...(waiting.get(id) ?? []), piece];
    if (id === '' || soFar.length >= (counts.get(id) ?? 0)) {
      waiting.delete(id);
      yield grouped(id, id === '' ? [piece] : soFar);
    } else {
      waiting.set(id, soFar);
    }
  }
  /* Only a file that changes while it is read leaves any. */
  for (const [id, left] of waiting) yield grouped(id, left);
}
