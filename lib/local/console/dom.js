/** Building pieces of page. Text is always text: nothing here parses HTML. */

/**
 * @param {string} tag
 * @param {Record<string, unknown>} properties attributes, or `on…` listeners; undefined and false leave it out
 * @param {...(Node | string | undefined)} children
 */
export const element = (tag, properties = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : String(value));
  }
  node.append(...children.filter((child) => child !== undefined));
  return node;
};

export const byId = (id) => document.getElementById(id);

/** Fills a part of the page anew and gives the focus back to what had it, if that is still there. */
export const fill = (parent, ...children) => {
  const focused = parent.contains(document.activeElement) ? document.activeElement.id : '';
  parent.replaceChildren(...children.filter((child) => child !== undefined));
  if (focused) byId(focused)?.focus();
};

const SHORT = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

const LONG = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short' });

export const shortTime = (instant) => (instant ? SHORT.format(new Date(instant)) : '');
export const longTime = (instant) => LONG.format(new Date(instant));

const LINK = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])/g;

/** A mail's text with its addresses made into links that open beside the console. */
export const linked = (text) =>
  text
    .split(LINK)
    .map((piece, index) =>
      index % 2 === 1 ? element('a', { href: piece, target: '_blank', rel: 'noopener' }, piece) : piece,
    );

let wording;
/** Says what happened: read out by a screen reader, gone after a while. */
export const announce = (text) => {
  byId('status').textContent = text;
  clearTimeout(wording);
  wording = setTimeout(() => {
    byId('status').textContent = '';
  }, 12_000);
};
