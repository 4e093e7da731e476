import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerPreview } from '../../../bin/commands/preview.ts';
import { kindOf, messageNames, variantsOf } from '../../../functions/messages/catalog.ts';
import { cliConfig } from './cli-config.ts';
import { runCommand } from './run-command.ts';

const preview = (...args: string[]) => runCommand(registerPreview, cliConfig, ['preview', ...args]);

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'aftercare-preview-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const wordings = messageNames.flatMap((name) => {
  const variants = variantsOf(name);
  return variants.length === 0
    ? [{ name, flags: [] }]
    : variants.map((variant) => ({ name, flags: ['--variant', variant] }));
});

const locales = readdirSync('content').sort();

describe.each(locales)('In %s', (locale) => {
  it.each(wordings)('$name $flags is shown with its subject', async ({ name, flags }) => {
    const { out, err, exitCode } = await preview(name, ...flags, '--locale', locale);

    expect({ err, exitCode }).toEqual({ err: '', exitCode: 0 });
    expect(out).toMatch(/^Subject: \S.*\n\n/);
    if (kindOf(name) !== 'staff') expect(out).toContain('Alder & Finch, 3 Mill Lane, Bern, Switzerland');
  });
});

it("the shop's own language and first wording are taken when nothing is said", async () => {
  const unsaid = await preview('check-in');
  const said = await preview('check-in', '--locale', 'en', '--variant', 'goods');

  expect(unsaid.out).toBe(said.out);
});

it('the HTML is written to a file', async () => {
  const file = join(folder, 'reminder.html');

  const { out } = await preview('reminder', '--html', file);

  expect(out).toBe(`The HTML is in ${file}.`);
  expect(readFileSync(file, 'utf8')).toMatch(/^<!doctype html>/);
});

describe('All messages on one page', () => {
  it('are shown in every language, with an index that leads to each', async () => {
    const file = join(folder, 'all.html');

    const { out } = await preview('--html', file);

    const page = readFileSync(file, 'utf8');
    const ids = [...page.matchAll(/<article id="([^"]+)"/g)].map(([, id]) => id);
    expect(out).toBe(`${ids.length} messages in ${locales.join(', ')} are in ${file}.`);
    expect([...page.matchAll(/<li><a href="#([^"]+)"/g)].map(([, id]) => id)).toEqual(ids);
    expect(ids).toHaveLength(new Set(ids).size);
    expect(ids).toEqual(
      expect.arrayContaining(
        locales.flatMap((locale) => [`${locale}-check-in.goods`, `${locale}-review-ask`]),
      ),
    );
    expect(page.match(/<iframe/g)).toHaveLength(ids.length);
    expect(page).not.toMatch(/<script/);
  });

  it('are shown in one language when it is asked for', async () => {
    const file = join(folder, 'german.html');

    await preview('--html', file, '--locale', 'de');

    expect(readFileSync(file, 'utf8')).not.toContain('id="en-');
  });

  it('without a browser are where it says', async () => {
    const { PATH } = process.env;
    process.env['PATH'] = folder;
    try {
      const { out } = await preview('--open', '--locale', 'en');

      const [, path = ''] = /Opening (\S+messages\.html)/.exec(out) ?? [];
      expect(out).toContain('(no program to open it was found)');
      expect(readFileSync(path, 'utf8')).toContain('<iframe');
    } finally {
      process.env['PATH'] = PATH;
    }
  });
});

it('--list names every message with its variants, and the locales', async () => {
  const { out } = await preview('--list');

  for (const name of messageNames) expect(out).toContain(name);
  expect(out).toMatch(/check-in +goods, service, class, saas/);
  expect(out).toContain(`Locales: ${locales.join(', ')}`);
});

describe('A mistake', () => {
  it.each([
    [['newsletter'], /no message "newsletter".*check-in/s],
    [[], /Say which message\. There are:.*check-in/s],
    [['check-in', '--variant', 'yacht'], /no variant "yacht"\. There are: goods, service, class, saas/],
    [['review-ask', '--variant', 'goods'], /It has one wording only/],
  ])('%j is answered with what there is', async (args, message) => {
    const { out, err, exitCode } = await preview(...args);

    expect({ out, exitCode }).toEqual({ out: '', exitCode: 2 });
    expect(err).toMatch(message);
  });

  it('a file that cannot be written is named', async () => {
    const file = join(folder, 'nowhere', 'reminder.html');

    const { err, exitCode } = await preview('reminder', '--html', file);

    expect(exitCode).toBe(2);
    expect(err).toContain(`Cannot write ${file} (ENOENT).`);
    expect(existsSync(file)).toBe(false);
  });
});
