/** A deployed stack with these parts, for commands that are tried against mocked AWS clients. */
import type { Part, Target } from '../../../bin/commands/target.ts';

export const NOW = '2031-03-03T08:00:00.000Z';

export const awsTarget = (parts: readonly Part[]): Target => {
  const ofType = async (type: string) => parts.filter((part) => part.type === type);
  return {
    name: 'the stack Aftercare in eu-central-1',
    isLocal: false,
    client: { region: 'eu-central-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } },
    now: async () => Date.parse(NOW),
    parts: ofType,
    part: async (type, prefix) => {
      const found = (await ofType(type)).find(({ logicalId }) => logicalId.startsWith(prefix));
      if (found === undefined) throw new Error(`The test gave no ${prefix}`);
      return found;
    },
  };
};
