/** Finds the machine's own Chromium or Chrome: nothing is downloaded, and without one these tests say so by name. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';
import { describe, it } from 'vitest';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'msedge'];

const WINDOWS = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];

const APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

const candidates = (): string[] => {
  const { env, platform } = process;
  const folders = (env['PATH'] ?? '').split(delimiter).filter(Boolean);
  const onPath = NAMES.flatMap((name) =>
    folders.map((folder) => join(folder, platform === 'win32' ? `${name}.exe` : name)),
  );
  const installed =
    platform === 'win32'
      ? [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']].flatMap((root) =>
          root ? WINDOWS.map((path) => join(root, path)) : [],
        )
      : APPLICATIONS;
  return [env['CHROME_PATH'] ?? '', ...onPath, ...installed].filter(Boolean);
};

const chromePath = candidates().find((path) => existsSync(path));

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A describe that needs a browser: skipped by name where there is none, failed where `CI=true` promises one. */
export const describeInBrowser = (name: string, tests: () => void): void => {
  if (chromePath) {
    describe(name, tests);
    return;
  }
  const missing = `${name}: needs Chromium or Chrome on the PATH or in CHROME_PATH`;
  if (process.env['CI'] === 'true') {
    it(missing, () => {
      throw new Error(missing);
    });
    return;
  }
  process.stderr.write(`Skipped: ${missing}\n`);
  describe.skip(missing, tests);
};

export type OpenBrowser = {
  context(options?: BrowserContextOptions): Promise<BrowserContext>;
  close(): Promise<void>;
};

/** A browser with a profile of its own that is gone afterwards. */
export const openBrowser = async (): Promise<OpenBrowser> => {
  if (!chromePath) throw new Error('No Chromium or Chrome was found: set CHROME_PATH');
  const home = await mkdtemp(join(tmpdir(), 'aftercare-browser-'));
  const browser = await chromium.launch({
    executablePath: chromePath,
    args: FLAGS,
    // The profile itself is Playwright's own temporary one; a home of its own keeps caches and crash files together with it.
    env: { ...process.env, HOME: home, XDG_CONFIG_HOME: home, XDG_CACHE_HOME: home },
  });
  return {
    context: (options) => browser.newContext(options),
    close: async () => {
      await browser.close();
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
};
