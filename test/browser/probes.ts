/** Questions put to an open page. They are texts: the project is compiled without the browser's names. */
import type { Page } from 'playwright-core';
import { z } from 'zod';

const ask = async <Answer>(page: Page, schema: z.ZodType<Answer>, expression: string): Promise<Answer> =>
  schema.parse(await page.evaluate(expression));

/** How many pixels the content is wider than the window at this text size, with everything folded out. */
const overflow = (fontSize: string) => `(() => {
  const root = document.documentElement;
  root.style.fontSize = ${JSON.stringify(fontSize)};
  for (const details of document.querySelectorAll('details')) details.open = true;
  return root.scrollWidth - root.clientWidth;
})()`;

export const overflowAt = (page: Page, fontSize: string): Promise<number> =>
  ask(page, z.number(), overflow(fontSize));

export const fontOf = (page: Page): Promise<string> =>
  ask(page, z.string(), 'getComputedStyle(document.body).fontFamily');

/** What has the focus: its id, its role, or its element's name. */
export const focused = (page: Page): Promise<string> =>
  ask(
    page,
    z.string(),
    `(({ id, tagName, role }) => id || role || tagName.toLowerCase())(document.activeElement)`,
  );

/** Controls smaller than 24 x 24 px (WCAG 2.2, 2.5.8), links in running text apart, which the rule exempts. */
const SMALL_TARGETS = `[...document.querySelectorAll('a, button, summary, select, textarea, input[type=tel], label.choice')]
  .filter((element) => element.checkVisibility() && !element.closest('[role=alert]'))
  .filter((element) => {
    const { width, height } = element.getBoundingClientRect();
    return width < 24 || height < 24;
  })
  .map((element) => element.textContent.trim())`;

export type Look = { width: number; fontSize: string };
const Seen = z.array(
  z.object({ path: z.string(), width: z.number(), overflow: z.number(), small: z.array(z.string()) }),
);
export type Seen = z.output<typeof Seen>[number];

/** Looks at each of the pages in a frame as wide as asked for: hundreds of windows would take minutes. */
export const lookAt = (
  page: Page,
  pages: readonly { path: string; body: string }[],
  { width, fontSize }: Look,
): Promise<Seen[]> =>
  ask(
    page,
    Seen,
    `(() => {
      const frame = document.createElement('iframe');
      frame.style = 'border: 0; height: 800px; width: ${width}px';
      document.body.append(frame);
      const seen = ${JSON.stringify(pages)}.map(({ path, body }) => {
        const { contentWindow, contentDocument } = frame;
        contentDocument.open();
        contentDocument.write(body);
        contentDocument.close();
        const overflow = contentWindow.eval(${JSON.stringify(overflow(fontSize))});
        return { path, width: contentWindow.innerWidth, overflow, small: contentWindow.eval(${JSON.stringify(SMALL_TARGETS)}) };
      });
      frame.remove();
      return seen;
    })()`,
  );
