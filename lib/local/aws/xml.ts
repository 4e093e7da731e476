/** The little XML that the Query protocol answers with. */
export type XmlContent = string | readonly (readonly [name: string, content: XmlContent])[];

export const element = (
  name: string,
  content: XmlContent,
  attributes: Readonly<Record<string, string>> = {},
): string => {
  const start = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`);
  const inner =
    typeof content === 'string'
      ? escapeXml(content)
      : content.map(([child, inside]) => element(child, inside)).join('');
  return `<${name}${start.join('')}>${inner}</${name}>`;
};

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A carriage return is written as a reference, since parsers turn a bare one into a line feed. */
const escapeXml = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character).replace(/\r/g, '&#xD;');
