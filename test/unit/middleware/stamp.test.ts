import { describe, expect, it } from 'vitest';
import { createIds } from '../../../functions/adapters/ids.ts';
import { makeStamp, readStamp } from '../../../functions/middleware/stamp.ts';

const ids = createIds();
const [token, other] = ['a'.repeat(32), 'b'.repeat(32)];
const SHOWN = '2026-11-14T18:30:00.000Z';
const LATER = '2026-11-14T18:30:07.500Z';

describe('the stamp of a page', () => {
  it('tells how long ago the page was shown, and whether it asked for a second press', () => {
    expect(readStamp(ids, token, makeStamp(ids, token, SHOWN), LATER)).toEqual({
      kind: 'ours',
      ageMs: 7500,
      isAgain: false,
    });
    expect(readStamp(ids, token, makeStamp(ids, token, SHOWN, true), LATER)).toMatchObject({ isAgain: true });
  });

  it.each([
    ['of another link', makeStamp(ids, other, SHOWN)],
    ['with another time', makeStamp(ids, token, SHOWN).replace(/^./, 'k')],
    ['made up', 'lo0k-0123456789abcdef0123'],
    ['of no form at all', '<script>'],
  ])('%s is false', (_, text) => {
    expect(readStamp(ids, token, text, LATER)).toEqual({ kind: 'false' });
  });

  it.each([null, ''])('that is left out (%s) is none', (text) => {
    expect(readStamp(ids, token, text, LATER)).toEqual({ kind: 'none' });
  });
});
