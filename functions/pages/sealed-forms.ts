/** What every form of a page carries besides its own fields. What people wrote is escaped, so each `</form>` is ours. */

/** When the page was shown (middleware/stamp.ts). */
export const STAMP = 'opened';
/** A field nobody sees, hears or reaches by keyboard: whoever fills it in is no person. */
export const TRAP = 'extra';

const TRAP_FIELD = `<p class="trap" aria-hidden="true"><input name="${TRAP}" tabindex="-1" autocomplete="off"></p>`;

export const sealForms = (html: string, stamp: string): string =>
  html.replaceAll('</form>', `<input type="hidden" name="${STAMP}" value="${stamp}">${TRAP_FIELD}</form>`);
