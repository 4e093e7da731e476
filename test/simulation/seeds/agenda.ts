/** What is to happen, by virtual instants; of one instant in the order it was written down. */
export type Agenda = {
  add(at: number, act: () => void): void;
  nextAt(): number;
  /** Takes off everything due at or before `now`, in due order. */
  take(now: number): (() => void)[];
};

type Item = { at: number; n: number; act: () => void };

const isBefore = (a: Item, b: Item): boolean => a.at < b.at || (a.at === b.at && a.n < b.n);

export const createAgenda = (): Agenda => {
  const items: Item[] = [];
  let count = 0;

  /** Found by halves. */
  const placeOf = (item: Item): number => {
    let [low, high] = [0, items.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = items[middle];
      /* Soonest last, so that taking it off moves nothing. */
      if (other !== undefined && isBefore(item, other)) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  return {
    add: (at, act) => {
      count += 1;
      const item = { at, n: count, act };
      items.splice(placeOf(item), 0, item);
    },
    nextAt: () => items.at(-1)?.at ?? Number.POSITIVE_INFINITY,
    take: (now) => {
      const due: (() => void)[] = [];
      for (let next = items.at(-1); next !== undefined && next.at <= now; next = items.at(-1)) {
        due.push(next.act);
        items.pop();
      }
      return due;
    },
  };
};
