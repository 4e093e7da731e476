/** How mail programs announce the mail that is answered, in the languages of Europe's customers. */

/** "… wrote:" as mail programs say it. */
const WROTE = new RegExp(
  [
    'wrote|writes',
    'schrieb|schreibt|geschrieben',
    'a écrit|écrivait',
    'escribió|ha escrito',
    'ha scritto|scriveva',
    'schreef|geschreven',
    'escreveu',
    'napisał(?:a|\\(a\\))?|pisze',
    'skrev(?:et)?',
    'написал(?:а|\\(а\\))?|пишет|писал',
    'kirjoitti|napsal(?:a|\\(a\\))?|írta|yazdı|a scris',
  ].join('|'),
  'iu',
);

/** Words and weekdays such a line begins with; dates begin with a digit. */
const BEGINS = /^(?:on|am|le|el|il|op|em|w dniu|dnia|den|på|в|on the|[\p{L}]{2,12}[.,]|\d)/iu;
const HAS_ADDRESS = /[^\s<>@]@[^\s<>@]/;
const HAS_MOMENT = /\b\d{1,2}[:.h]\d{2}\b|\b\d{4}\b|\d{1,2}[./]\d{1,2}[./]\d{2}/;

/** Longer than any mail program writes. */
const LONGEST_HEAD = 400;

const withoutDashes = (line: string): string => line.replace(/^[-\s]+|[-\s]+$/g, '');

/** "On Tuesday at 10:00, Ana <ana@…> wrote:" and its sisters, joined to one line. */
export const isAttribution = (line: string): boolean => {
  if (line.length > LONGEST_HEAD || line.length < 8) return false;
  const isDashed = /^-{2,}\s.*\s-{2,}$/.test(line);
  const head = withoutDashes(line);
  if (!isDashed && !head.endsWith(':')) return false;
  const isDated = HAS_MOMENT.test(head);
  /* Without a verb only what names an address at its very end, and a moment before. */
  if (!WROTE.test(head)) return isDated && /<[^<>\s]+@[^<>\s]+>\s*:$/.test(head) && BEGINS.test(head);
  if (HAS_ADDRESS.test(head)) return true;
  return isDated && BEGINS.test(head);
};

/** A line above a quote that no list knows: it ends with a colon and names a moment or an address. */
export const isLikelyAttribution = (line: string): boolean =>
  line.length <= LONGEST_HEAD && line.endsWith(':') && (HAS_MOMENT.test(line) || HAS_ADDRESS.test(line));

const ORIGINAL = [
  'original (?:message|appointment|email)|forwarded (?:message|by .{1,80})|reply message|begin forwarded message',
  'ursprüngliche nachricht|originalnachricht|original-nachricht|weitergeleitete nachricht',
  "message d'origine|message original|message transféré|message initial",
  'mensaje original|mensaje reenviado',
  'messaggio originale|messaggio inoltrato',
  'oorspronkelijk bericht|doorgestuurd bericht|origineel bericht',
  'mensagem original|mensagem encaminhada',
  'wiadomość oryginalna|oryginalna wiadomość|wiadomość przekazana dalej|przekazana wiadomość',
  'oprindelig (?:besked|meddelelse)|videresendt besked|ursprungligt meddelande|opprinnelig melding',
  'исходное сообщение|пересылаемое сообщение',
].join('|');
const SEPARATOR = new RegExp(`^[-_=*~ ]*(?:-{2,}|_{4,}|={4,})\\s*(?:${ORIGINAL})\\s*:?[-_=*~ ]*$`, 'iu');
/** Apple Mail writes it without dashes. */
const FORWARDED =
  /^(?:begin forwarded message|anfang der weitergeleiteten nachricht|début du message réexpédié|inicio del mensaje reenviado|inizio messaggio inoltrato|begin doorgestuurd bericht|início da mensagem reencaminhada)\s*:$/iu;

export const isSeparator = (line: string): boolean =>
  line.length <= 200 && (SEPARATOR.test(line.replaceAll('’', "'")) || FORWARDED.test(line));

const FROM = 'from|von|de|da|van|od|fra|från|от|lähettäjä|feladó';
const OTHER =
  'sent|date|gesendet|datum|envoyé(?: le)?|enviado(?: el| em)?|fecha|inviato|data|verzonden|wysłano|sendt|dato|skickat|' +
  'отправлено|дата|to|an|à|a|para|aan|do|til|till|кому|cc|kopie|subject|betreff|objet|asunto|oggetto|onderwerp|' +
  'assunto|temat|emne|ämne|тема|reply-to|antwort an';
const lineNamed = (names: string) => new RegExp(`^[*_ ]*(?:${names})\\s*:[*_ ]*(?:\\s|$)`, 'iu');
const FROM_LINE = lineNamed(FROM);
const OTHER_LINE = lineNamed(OTHER);
const ANY_LINE = lineNamed(`${FROM}|${OTHER}`);

/** Within so many lines after the first. */
const HEADER_LINES = 7;

/** Outlook's "From: … Sent: … To: … Subject: …", which needs three of them to be believed. */
export const isHeaderBlock = (lines: readonly string[], index: number): boolean => {
  const first = lines[index] ?? '';
  if (first.length > LONGEST_HEAD || !ANY_LINE.test(first)) return false;
  const next = lines.slice(index, index + HEADER_LINES).filter((line) => line.length <= 2_000);
  const others = next.filter((line) => OTHER_LINE.test(line)).length;
  return next.some((line) => FROM_LINE.test(line)) && others >= 2;
};

/** The line we put into our mails ourselves. */
export const isOurMarker = (line: string): boolean =>
  line.length <= 200 && /^[>\s]*##- .{3,150} -##\s*$/.test(line);
