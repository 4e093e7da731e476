/** Snapshots for people: short lists stay on one line, as Biome would write them. */
const WIDEST = 110;

export const readableJson = (value: unknown): string =>
  `${JSON.stringify(value, null, 2).replace(
    /^(.*)\[\n([^[\]{}]*?)\n\s*\](,?)$/gm,
    (list, before, items, comma) => {
      const line = `${before}[${items.trim().replace(/\n\s*/g, ' ')}]${comma}`;
      return line.length <= WIDEST ? line : list;
    },
  )}\n`;
