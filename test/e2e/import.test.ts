/** A shop that begins with Aftercare today has sold for weeks: what it sold is asked about, once, and not what is long over. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type OpenWorld, openWorld } from './world.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const HEADER = 'Order No;Order date;E-mail;First name;Product;Delivered at';

let world: OpenWorld;
let folder = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'aftercare-import-'));
  world = await openWorld({ assembly: inject('assembly') });
});
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

const fileOf = (name: string, rows: readonly string[]): string => {
  const file = join(folder, name);
  writeFileSync(file, [HEADER, ...rows].join('\r\n'));
  return file;
};

const runs = (args: readonly string[]): ChildProcess =>
  spawn(process.execPath, ['bin/aftercare.ts', 'import', ...args, '--url', world.url], {
    ...{ cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] },
  });

type Ended = { output: string; exitCode: number | null };

/** `whileItRuns` is called with everything that was said so far. */
const ended = (child: ChildProcess, whileItRuns: (output: string) => void = () => undefined) =>
  new Promise<Ended>((resolve) => {
    let output = '';
    const hear = (chunk: Buffer) => {
      output += chunk.toString();
      whileItRuns(output);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('close', (exitCode) => resolve({ output, exitCode }));
  });
const importing = (...args: string[]) => ended(runs(args));

describe('A file of past orders', () => {
  /* It is Monday, 3 March 2031, nine in the morning. */
  const rows = [
    'P-1;2031-02-03 10:00;one@example.org;Lea;Oak stool;',
    'P-2;2031-02-03 10:00;two@example.org;Jo;Ash bench;2031-03-01 10:00',
    'P-3;2031-02-28 10:00;three@example.org;Kim;Pine shelf;',
    'P-4;2030-06-03 10:00;four@example.org;Old;Elm table;',
  ];

  test('is only looked at until --send is given', async () => {
    const file = fileOf('plan.csv', rows);

    const { output, exitCode } = await importing(file);

    expect({ output, exitCode }).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining('To be sent: 3 orders'),
    });
    expect(output).toContain('1  too old (line 5)');
    await expect(world.sale('standard', 'P-1')).rejects.toThrow('404');
  });

  test('is followed up from its real dates, and asked about on the days the plan named', async () => {
    const file = fileOf('past.csv', rows);

    const { output, exitCode } = await importing(file, '--send', '--rate', '50');
    await world.idle();

    expect({ output, exitCode }).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining('3 of 3 sent.'),
    });
    const sales = await Promise.all(['P-1', 'P-2', 'P-3'].map((id) => world.sale('standard', id)));
    expect(sales.map(({ sale }) => sale.checkIn?.because)).toEqual([
      '11 days after it was paid',
      '4 days after it was delivered',
      '11 days after it was paid',
    ]);
    const planned = readFileSync(`${file}.report.csv`, 'utf8').split('\n').slice(1, 4);
    const atInReport = planned.map((line) => line.split(',').at(-1)?.slice(0, 10));
    expect(sales.map(({ sale }) => sale.checkIn?.at.slice(0, 10))).toEqual(atInReport);
    await world.goTo('2031-03-04T06:00:00Z');
    const asked = await Promise.all(
      ['one', 'two', 'three', 'four'].map((who) => world.mailsTo(`${who}@example.org`)),
    );
    expect(asked.map((mails) => mails.map(({ subject }) => subject))).toEqual([
      ['Your Oak stool'],
      [],
      [],
      [],
    ]);
  });

  test('changes nothing when it is sent again, even from nothing but the file', async () => {
    const before = await Promise.all(['P-1', 'P-2'].map((id) => world.sale('standard', id)));
    const file = fileOf('again.csv', rows);

    const { output } = await importing(file, '--send', '--rate', '50');
    await world.goTo('2031-03-04T07:00:00Z');

    const after = await Promise.all(['P-1', 'P-2'].map((id) => world.sale('standard', id)));
    expect(output).toContain('3 of 3 sent.');
    expect(after).toEqual(before);
    expect(await world.mailsTo('one@example.org')).toHaveLength(1);
  });
});

test('Ctrl-C stops an import after the order under way; the same command goes on, and nothing comes twice', async () => {
  const ids = Array.from({ length: 40 }, (_, n) => `C-${n}`);
  const file = fileOf(
    'long.csv',
    ids.map((id) => `${id};2031-02-28;${id}@example.org;Lea;Oak stool;`),
  );

  const child = runs([file, '--send', '--rate', '20']);
  let hasPressed = false;
  const stopped = await ended(child, (output) => {
    if (hasPressed || !output.includes('8 of 40 sent')) return;
    hasPressed = true;
    /* One press arrives twice: from the terminal, and from `npx`, which passes it on. */
    child.kill('SIGINT');
    child.kill('SIGINT');
  });
  const went = readFileSync(`${file}.progress`, 'utf8').trimEnd().split('\n').length;
  const resumed = await importing(file, '--send', '--rate', '100');
  await world.idle();

  expect(stopped).toMatchObject({
    exitCode: 1,
    output: expect.stringContaining(`Stopped, as you asked.\n${went} of 40 sent.`),
  });
  expect(went).toBeLessThan(40);
  expect(resumed).toMatchObject({
    exitCode: 0,
    output: expect.stringContaining(`${40 - went} of ${40 - went} sent.`),
  });
  const sales = await Promise.all(ids.map((id) => world.sale('standard', id)));
  expect(sales.map(({ journal }) => journal.filter(({ type }) => type === 'ordered').length)).toEqual(
    ids.map(() => 1),
  );
});
