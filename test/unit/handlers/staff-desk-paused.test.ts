import { describe, expect, it } from 'vitest';
import type { Pause } from '../../../functions/core/operations/pause.ts';
import { deskWorld } from '../../fixtures/memory-desk.ts';
import { at } from '../../fixtures/sales.ts';

const NOW = at(23, '08:00');
const pause = (what: Pause['what'], until = at(24, '08:00'), reason = 'wrong link <b>'): Pause => ({
  what,
  from: at(22),
  until,
  by: 'mara',
  reason,
});

const deskWith = async (...pauses: Pause[]) => {
  const here = deskWorld(undefined, NOW);
  for (const one of pauses) await here.pauses.put(one);
  const seat = await here.come('nora@velowerk.example');
  return async (path: string) => (await seat.browse(path)).html;
};

describe('the desk', () => {
  it('says on every page that nothing leaves, until when and why', async () => {
    const browse = await deskWith(pause({ of: 'all' }), pause({ of: 'source', name: 'web' }));

    for (const path of ['/desk', '/desk/overdue', '/desk/search']) {
      const html = await browse(path);
      expect(html).toMatch(/No mails leave until [^<]*24[^<]*: wrong link &lt;b&gt;/);
      expect(html).toMatch(/No mails about orders from web leave until/);
    }
  });

  it('says nothing of it when nothing is paused, or no longer', async () => {
    const browse = await deskWith(pause({ of: 'all' }, at(23, '07:00')));

    expect(await browse('/desk')).not.toContain('class="paused"');
  });

  it('lets people in during a pause: ways to sign in are never held', async () => {
    const browse = await deskWith(pause({ of: 'all' }));

    expect(await browse('/desk')).toContain('Nora Frei');
  });
});
