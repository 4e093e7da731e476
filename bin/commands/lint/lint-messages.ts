/** Every message of a locale, rendered as customers would read it and held to the rules. */
import { join } from 'node:path';
import { kindOf, MessageName } from '../../../functions/messages/catalog.ts';
import { MissingMergeData, UnreadableMessage } from '../../../functions/messages/errors.ts';
import { bannedPhrases, type Finding, lintMessage } from '../../../functions/messages/lint.ts';
import { FOOTER_MARK, type RenderedMessage, renderMessage } from '../../../functions/messages/render.ts';
import { sampleData } from '../../../functions/messages/samples.ts';
import type { ContentFinding } from './lint-finding.ts';
import { filesIn, lineOf, partsOf, type Source, sourceOf } from './lint-source.ts';
import { automaticSelf, fakeHuman, reviewGating } from './lint-words.ts';

/** Says that it is automatic, and who reads the answers. */
const AUTOMATIC = 'from-the-system';

type Message = {
  source: Source;
  contentDir: string;
  locale: string;
  name: MessageName;
  variant: string | undefined;
};

const LONG_TITLE =
  'Larkspur Professional pour-over kettle with goose neck, brushed steel, 1.2 l, 230 V, boxed';

/** All that is known, and the least: a mail must do without a name and with a title as long as shops write them. */
const circumstances = ({ name, variant, locale }: Message): object[] => {
  const data = sampleData(name, variant, locale);
  const least = {
    ...data,
    ...('customer' in data ? { customer: {} } : {}),
    ...('item' in data ? { item: { title: LONG_TITLE, more: 1, days: null } } : {}),
    ...('manager' in data ? { manager: null } : {}),
    ...('mayCall' in data ? { mayCall: false } : {}),
  };
  return [data, least];
};

const bodyOf = ({ text }: RenderedMessage): string => {
  const cut = text.lastIndexOf(FOOTER_MARK);
  return (cut < 0 ? text : text.slice(0, cut)).replace(/https?:\/\/\S+/g, '').replace(/^>.*$/gm, '');
};

type Named = { name: string; firstName: string };
const isNamed = (value: unknown): value is Named =>
  typeof value === 'object' && value !== null && 'name' in value && 'firstName' in value;

const writerIn = (data: object): Named | undefined => {
  const writer = 'signer' in data ? data.signer : 'owner' in data ? data.owner : undefined;
  return isNamed(writer) ? writer : undefined;
};

const honesty = (message: Message, rendered: RenderedMessage, data: object): Finding[] => {
  const { contentDir, locale, name, source } = message;
  const body = bodyOf(rendered);
  const gating = reviewGating(`${rendered.subject}.\n\n${body}`, locale, name === 'review-ask');
  if (kindOf(name) === 'staff') return gating;
  const writer = writerIn(data);
  /* Signed with the whole name; an automatic note only says who reads the answers. */
  const isByPerson = writer === undefined || body.includes(writer.name);
  const saysSo = partsOf(contentDir, locale, source.text).has(AUTOMATIC);
  const isAutomatic = !isByPerson && saysSo && body.includes(writer.firstName);
  return [
    ...gating,
    ...fakeHuman(body, locale),
    ...(isByPerson || isAutomatic
      ? []
      : [{ rule: 'signed by nobody', found: 'no name of the person whose mail it is' }]),
    ...(isAutomatic ? automaticSelf(body, locale) : []),
  ];
};

/** liquidjs names the file and the line in the message of its own error, which ours carries as its cause. */
const placeOf = (error: Error, source: Source): { file: string; line: number } => {
  const texts = [error, error.cause].map((each) => (each instanceof Error ? each.message : ''));
  const [, file, line] = /file:(.+?), line:(\d+)/.exec(texts.join('\n')) ?? [];
  const inContent = file?.replaceAll('\\', '/').match(/content\/[^/]+\/messages\/.+$/)?.[0];
  const isBody = file === source.path && Number(line) > 0;
  /* The words begin on the fourth line of a message, and liquidjs counts from them. */
  const shift = isBody && !error.message.includes('subject') ? 3 : 0;
  return { file: inContent ?? source.file, line: line === undefined ? 1 : Number(line) + shift };
};

const explain = (message: Message, error: unknown): ContentFinding => {
  if (!(error instanceof Error)) throw error;
  const place = placeOf(error, message.source);
  if (error instanceof MissingMergeData)
    return { ...place, rule: 'unknown data', found: error.fields.join(', ').split(', file:')[0] ?? '' };
  if (error instanceof UnreadableMessage)
    return {
      ...{ ...place, line: 1, rule: 'not a message' },
      found: error.message.replaceAll(message.source.path, message.source.file),
    };
  const found = (error.message.split(/, file:/)[0] ?? '').slice(0, 120);
  return { ...place, rule: 'Liquid that cannot be read', found };
};

const inFile = ({ source }: Message, { rule, found }: Finding): ContentFinding => {
  const line = lineOf(source, found.replace(/…$/, '').slice(0, 40));
  const question = rule === 'questions' ? lineOf(source, '?') : 0;
  return { file: source.file, line: line || question || 4, rule, found };
};

const lintOne = (message: Message): ContentFinding[] => {
  const { name, variant, locale, contentDir } = message;
  const banned = bannedPhrases(contentDir, locale);
  const findings = circumstances(message).flatMap((data) => {
    try {
      const rendered = renderMessage({ name, variant, locale, data, contentDir });
      const rules = { locale, kind: kindOf(name), banned };
      return [...lintMessage(rendered, rules), ...honesty(message, rendered, data)].map((finding) =>
        inFile(message, finding),
      );
    } catch (error) {
      return [explain(message, error)];
    }
  });
  return findings.filter(
    (one, index) =>
      findings.findIndex(({ rule, found }) => rule === one.rule && found === one.found) === index,
  );
};

/** Beyond the rendered words: whether a review text could read differently to somebody. */
const lintReviewSource = ({ source, contentDir, locale }: Message): ContentFinding[] => {
  const rule = 'review words with a condition';
  const condition = /\{%-?\s*(?:if|unless|case)\b[^%]*%\}/.exec(source.text)?.[0];
  const parts = [...partsOf(contentDir, locale, source.text)].map((name) =>
    sourceOf(contentDir, locale, 'messages', 'parts', `${name}.md`),
  );
  const moods = parts.flatMap((part) => {
    const mood =
      /\{%-?\s*(?:if|unless|case)\b[^%]*\b(?:rating|mood|outcome|reply|said|answer)\b[^%]*%\}/.exec(
        part.text,
      )?.[0];
    return mood === undefined ? [] : [{ file: part.file, line: lineOf(part, mood), rule, found: mood }];
  });
  return condition === undefined
    ? moods
    : [{ file: source.file, line: lineOf(source, condition), rule, found: condition }, ...moods];
};

export const lintMessages = (contentDir: string, locale: string): ContentFinding[] =>
  filesIn(join(contentDir, locale, 'messages'), '.md').flatMap((fileName) => {
    const [first, variant] = fileName.replace(/\.md$/, '').split('.');
    const source = sourceOf(contentDir, locale, 'messages', fileName);
    const name = MessageName.safeParse(first);
    if (!name.success) return [{ file: source.file, line: 1, rule: 'no such message', found: first ?? '' }];
    const message = { source, contentDir, locale, name: name.data, variant };
    return [...lintOne(message), ...(name.data === 'review-ask' ? lintReviewSource(message) : [])];
  });
