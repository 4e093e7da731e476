import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { synthesized } from '../fixtures/synthesized.ts';
import { MACHINES, portable, Template, withDefinition } from '../golden/portable.ts';
import { definitionOf, FILES, GOLDEN, isOfToday, releases } from '../golden/release.ts';

const today = Template.parse(synthesized().template);

describe('the machines that were ever released', () => {
  /** If this fails, a machine has changed: `npm run golden <the release to come>` keeps it (docs/change.md). */
  it('have those of today among them', () => {
    expect(releases().filter((release) => isOfToday(release, today))).not.toEqual([]);
  });

  it.each(releases())('can be played with the functions there are today: %s', (release) => {
    for (const name of MACHINES) {
      const definition = definitionOf(release, name);

      expect(portable(withDefinition(today, name, definition), name)).toEqual(definition);
    }
  });

  it.each(releases())('hold no address and no token: %s', (release) => {
    for (const file of Object.values(FILES))
      expect(readFileSync(join(GOLDEN, release, file), 'utf8')).not.toMatch(/@|"[a-z2-7]{32}"|[?&]token=/);
  });

  it('miss a function that is gone', () => {
    const nobody = ['$', '{ask-nobody}'].join('');
    const gone = { StartAt: 'Ask', States: { Ask: { Type: 'Task', Resource: nobody, End: true } } };

    expect(() => withDefinition(today, 'FollowUp', gone)).toThrow(/functions\/ask-nobody, which is gone/);
  });
});
