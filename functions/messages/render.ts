import type { Template } from 'liquidjs';
import { dataSchemaOf, kindOf, type MessageKind, type MessageName } from './catalog.ts';
import { MissingMergeData } from './errors.ts';
import { reveal } from './inert.ts';
import { findTemplate, type MessageTemplate } from './template.ts';
import { escapeHtml, typeOut } from './typed.ts';

export type RenderedMessage = { locale: string; subject: string; text: string; html: string };

type Request = {
  name: MessageName;
  variant?: string | undefined;
  /** As the shop wrote it (`de-CH`, `de_CH`); the nearest locale there are words for is used and returned. */
  locale: string;
  data: unknown;
  /** The folder that holds `<locale>/messages/`. */
  contentDir: string;
};

/** What separates a mail from the lines below it, as mail programs know it. */
export const FOOTER_MARK = '\n\n-- \n';

const FOOTER: Record<MessageKind, string> = {
  ask: 'footer-ask',
  confirm: 'footer-owed',
  notice: 'footer-owed',
  thanks: 'footer-ask',
  staff: 'footer-staff',
};

const checked = ({ name, data }: Request): Record<string, unknown> => {
  const parsed = dataSchemaOf(name).safeParse(data);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => `${[...issue.path, key].join('.')} (unknown)`)
      : [issue.path.join('.') || '(all of it)'],
  );
  throw new MissingMergeData(name, fields);
};

/** liquidjs wraps what went wrong: the undefined name, or the place that had nothing to write, is what staff need. */
const fieldOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown';
  if ('originalError' in error) {
    const { originalError } = error;
    if (originalError instanceof Error && 'variableName' in originalError) {
      return String(originalError.variableName);
    }
  }
  return error.message;
};

const fill = ({ engine }: MessageTemplate, name: string, part: Template[], data: object): string => {
  try {
    const filled: unknown = engine.renderSync(part, data);
    return String(filled);
  } catch (error) {
    throw new MissingMergeData(name, [fieldOf(error)], { cause: error });
  }
};

const oneLine = (subject: string) =>
  reveal(subject, (value) => value)
    .replace(/\s+/gu, ' ')
    .trim();

// No colours but one grey that is readable on black and on white: the mail program's own theme decides the rest.
const page = (locale: string, subject: string, body: string, footer: string) => `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(subject)}</title>
</head>
<body style="font:16px/1.5 -apple-system,'Segoe UI',Roboto,Arial,sans-serif">
<div style="max-width:36em">
${body}
<div style="margin-top:2em;font-size:13px;color:#767676">
${footer}
</div>
</div>
</body>
</html>
`;

/**
 * One message in words: plain text first, and the same as modest HTML. Throws `MissingMergeData` when any value is
 * missing, blank or unknown to the message: a mail with a hole never leaves.
 */
export const renderMessage = (request: Request): RenderedMessage => {
  const { name, variant, locale, contentDir } = request;
  const data = checked(request);
  const template = findTemplate(contentDir, variant ? `${name}.${variant}` : name, locale);

  const subject = oneLine(fill(template, name, template.subject, data));
  const body = typeOut(fill(template, name, template.body, data));
  const footerPart = template.engine.parseFileSync(FOOTER[kindOf(name)]);
  const footer = typeOut(fill(template, name, footerPart, data));

  return {
    locale: template.locale,
    subject,
    text: `${body.text}${FOOTER_MARK}${footer.text}\n`,
    html: page(template.locale, subject, body.html, footer.html),
  };
};
