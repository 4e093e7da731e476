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
