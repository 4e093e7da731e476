/** Reads `Europe/Zurich=CH,LI Europe/Vienna=AT` as a map from each key to its zone. */
export const zonesIn = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text
      .trim()
      .split(/\s+/)
      .flatMap((word) => {
        const [zone = '', keys = ''] = word.split('=');
        return keys.split(',').map((key): [string, string] => [key, zone]);
      }),
  );
