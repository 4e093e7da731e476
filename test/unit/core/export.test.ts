import { describe, expect, it } from 'vitest';
import { ASKING, suppress, UNKNOWN } from '../../../functions/core/person/standing.ts';
import { exportPerson } from '../../../functions/core/privacy/export.ts';
import { exportText } from '../../../functions/pages/export-text.ts';
import { pageWords } from '../../../functions/pages/words.ts';
import { configuration, contentDir } from '../../fixtures/configuration.ts';
import { at, saleOf, told } from '../../fixtures/sales.ts';

const bought = saleOf([
  told.ordered(),
  told.started(),
  { type: 'claimed', at: at(13), message: 'check-in', attempt: 1, link: 'd1'.repeat(32) },
  told.sent('check-in', at(13)),
  { type: 'arrived', at: at(13, '10:01'), message: 'check-in', attempt: 1 },
  {
    type: 'replied',
    at: at(14),
    n: 1,
    reply: { rating: 2, call: true },
    evidence: { agent: 'Firefox' },
    private: { words: 'It squeaks.\nLoudly.', phone: '+41 79 555 03 30' },
  },
  {
    type: 'promised',
    at: at(14, '10:01'),
    promise: 'resolve-1',
    kind: 'resolve',
    because: 'unhappy',
    owner: 'nora',
    level: 0,
    dueAt: at(16),
    private: { words: 'It squeaks.' },
  },
  {
    type: 'handed-over',
    at: at(14, '11:00'),
    promise: 'resolve-1',
    n: 1,
    from: 'nora',
    to: 'ines',
    level: 1,
    dueAt: at(16),
    private: { note: 'Be kind to her.' },
  },
  {
    type: 'wrote',
    at: at(15),
    mail: 'ab12'.repeat(8),
    as: 'more',
    private: {
      words: 'It rattles too.',
      subject: 'Re: your bike',
      original: 'mail/1',
      attachments: [{ name: 'bike.jpg', type: 'image/jpeg', bytes: 2048 }],
    },
  },
]);

const standing = suppress(UNKNOWN, ASKING, { since: at(20), because: 'asked', method: 'page' });
const data = exportPerson(configuration(), [bought], standing, at(24));

describe('everything that is kept about a person', () => {
  it('is readable as text', async () => {
    await expect(exportText(pageWords('en', contentDir), 'Europe/Zurich', data)).toMatchFileSnapshot(
      'snapshots/export.txt',
    );
  });

  it('is readable in German', async () => {
    await expect(exportText(pageWords('de', contentDir), 'Europe/Zurich', data)).toMatchFileSnapshot(
      'snapshots/export.de.txt',
    );
  });

  it('is complete as JSON', async () => {
    await expect(`${JSON.stringify(data, null, 2)}\n`).toMatchFileSnapshot('snapshots/export.json');
  });

  it('holds every entry of every journal', () => {
    expect(data.sales[0]?.journal).toHaveLength(bought.journal.length);
    expect(JSON.stringify(data)).toContain('Be kind to her.');
  });

  it('holds nothing that opens a page', () => {
    expect(JSON.stringify(data)).not.toContain('d1d1');
  });
});
