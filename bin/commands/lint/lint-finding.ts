/** One thing that somebody who writes words for customers should change, and where. */
export type ContentFinding = {
  /** From the folder that holds `content/`, with forward slashes. */
  file: string;
  line: number;
  rule: string;
  found: string;
};

/** The rules of lintMessage and ours, with what helps. */
const WHAT_TO_DO: Record<string, string> = {
  words: 'Say it in fewer words: at most 125 to a customer, 250 to staff.',
  questions:
    'A check-in, reminder or confirmation asks exactly one question; a notice and a note to staff end with a full stop.',
  'opening question marks': 'Begin each question with ¿.',
  'exclamation marks': 'At most one; none is better.',
  'banned phrase': 'Say it in your own plain words. The phrases stand in banned.txt of the language.',
  'a hole': 'Put {% if %} around what may be missing, with the blanks and commas that belong to it.',
  'links besides the footer': 'One link is one thing to do. Take the others out.',
  'links in the footer':
    'A question has the page and the way out below it, other mails have no links there: leave the footer parts as they are.',
  phone:
    "Let it be signed with {% include 'signature' %} or {% include 'signature-owner' %}: they carry the number.",
  'reading grade': 'Shorter sentences, shorter words.',
  'nothing but words and links': 'Take pictures, forms and styles out: mails are plain.',
  'markup left over': 'Paragraphs, quotes, lists and links are all the markup there is.',
  'a subject that pretends': 'Only an answer begins with "Re:".',
  'signed by nobody':
    "End it with {% include 'signature' %}, {% include 'signature-owner' %} or {% include 'from-the-system' %}.",
  'pretends to be typed just now':
    'It was planned and goes out by itself: do not claim that somebody has just done something.',
  'an automatic note that says I':
    'It says of itself that it is automatic: write "we", or sign it with a person.',
  'review gating':
    'Ask everybody in the same words, whatever they think of you. It is also the law in many places.',
  'review words with a condition': 'Everybody reads the same words: take the {% if %} out.',
  'missing file': 'Translate it from content/en.',
  'extra file': 'English has no such file, so nothing looks for it: add it in English too, or delete it.',
  'no such message': 'Look for a typing mistake; `aftercare preview --list` names them all.',
  'missing words': 'Translate them from the file of the same name in content/en.',
  'extra words': 'English has no such key, so no page says it: delete it, or correct its name.',
  placeholders: 'Use exactly the placeholders that the English words have.',
  'not a message':
    'A mail begins with "---", one "subject: ..." line, "---"; then words, quotes, lists and links only (docs/configuration.md).',
  'not a page file': 'It must be one JSON object of texts; look at the file of the same name in content/en.',
  'Liquid that cannot be read': 'Look for a tag that is not closed, or a filter that does not exist.',
  'unknown data': 'This message has no such value; `aftercare preview` of it shows what it has.',
};

export const whatToDo = ({ rule }: ContentFinding): string => WHAT_TO_DO[rule] ?? 'Change it.';
