/** Shows a page in the person's own browser. */
import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** `start` takes its first quoted word for a window title. */
const OPENERS: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};

/** Answers where the page was written, which is of use also where there is no browser. */
export const openFile = (name: string, html: string): Promise<string> => {
  const path = join(mkdtempSync(join(tmpdir(), 'aftercare-')), name);
  writeFileSync(path, html);
  const [command, ...before] = OPENERS[process.platform] ?? ['xdg-open'];
  return new Promise((resolve) => {
    const opener = spawn(command, [...before, path], { stdio: 'ignore', detached: true });
    opener.once('error', () => resolve(`${path} (no program to open it was found)`));
    opener.once('spawn', () => {
      opener.unref();
      resolve(path);
    });
  });
};
