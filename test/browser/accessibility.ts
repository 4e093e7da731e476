/** axe with the rules of WCAG 2.2 AA and its own best practices, as one line per violation. */
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { z } from 'zod';

const Violations = z.array(
  z.object({
    id: z.string(),
    nodes: z.array(z.object({ target: z.array(z.unknown()), failureSummary: z.string() })),
  }),
);

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** The page's own policy stays in force: a script evaluated by the browser's debugger is not the page's script. */
export const loadAxe = async (page: Page): Promise<void> => {
  await page.evaluate(axe.source);
};

/**
 * Puts another page in the place of the one that is open. The policy it came with stays, and so does axe: a page costs a
 * quarter of what opening it costs.
 */
export const show = async (page: Page, html: string): Promise<void> => {
  await page.evaluate(`document.open(); document.write(${JSON.stringify(html)}); document.close();`);
};

export const violationsOf = async (page: Page): Promise<string[]> => {
  const found = Violations.parse(
    await page.evaluate(
      `axe.run(document, { runOnly: { type: 'tag', values: ${JSON.stringify(TAGS)} }, resultTypes: ['violations'] })
        .then(({ violations }) => violations.map(({ id, nodes }) => ({ id, nodes })))`,
    ),
  );
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${JSON.stringify(target)}: ${failureSummary}`),
  );
};
