/** docs/runbook.md, so that an alarm's link leads somewhere when nothing else answers. */
import { byId } from './dom.js';
import { markdownPage } from './markdown.js';
import { Lexer } from './marked.js';
import { nodeOf } from './shape.js';

const response = await fetch('/_local/console/runbook.md');
if (!response.ok) throw new Error(`docs/runbook.md could not be read (${response.status})`);
const pieces = markdownPage(Lexer.lex(await response.text())).filter(Boolean);
byId('main').replaceChildren(...pieces.map((piece) => nodeOf(piece)));
// The page had no such place when the browser first looked for it.
if (location.hash) byId(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
