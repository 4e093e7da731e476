/** A browser waits more than it works: pages are looked at in several tabs at once. */
import type { BrowserContext, Page } from 'playwright-core';

const TABS = 3;

/** Does `look` for each of `paths`, each tab taking the next one when it is free. */
export const inTabs = async (
  context: BrowserContext,
  paths: readonly string[],
  look: (page: Page, path: string) => Promise<void>,
): Promise<void> => {
  const waiting = [...paths];
  const tab = async () => {
    const page = await context.newPage();
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) await look(page, path);
    await page.close();
  };
  await Promise.all(Array.from({ length: TABS }, tab));
};
