/**
 * Pieces of page as data, so that drawing is a function from figures to shapes: it can be compared with what was drawn
 * before, and tested without a browser. Text is always text.
 */
const SVG = 'http://www.w3.org/2000/svg';

/**
 * @param {string} tag
 * @param {Record<string, unknown>} attributes undefined and false leave it out
 * @param {...unknown} children shapes, texts, and lists of both; undefined and false are left out
 */
export const shape = (tag, attributes = {}, ...children) => ({
  tag,
  attributes: Object.fromEntries(
    Object.entries(attributes).filter(([, value]) => value !== undefined && value !== false),
  ),
  children: children.flat().filter((child) => child !== undefined && child !== false),
});

/** A shape as a node of this page; what is inside an `svg` is drawn as one. */
export const nodeOf = (piece, isInSvg = false) => {
  if (typeof piece !== 'object') return document.createTextNode(String(piece));
  const isSvg = isInSvg || piece.tag === 'svg';
  const node = isSvg ? document.createElementNS(SVG, piece.tag) : document.createElement(piece.tag);
  for (const [name, value] of Object.entries(piece.attributes)) {
    node.setAttribute(name, value === true ? '' : String(value));
  }
  node.append(...piece.children.map((child) => nodeOf(child, isSvg)));
  return node;
};
