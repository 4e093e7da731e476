/** How people and mail programs say "I am away", at the beginning of a subject and in the text. */

/** What only programs write: enough to know one by. */
const AUTOMATIC = [
  'auto(?:matic|mated)?[ -]?(?:reply|response|answer)|out of (?:the )?office|ooo\\b|vacation(?: reply| response)?\\s*:',
  'automatische (?:antwort|abwesenheitsnotiz|e-?mail-?antwort|rückmeldung)|abwesenheits(?:notiz|assistent|meldung|benachrichtigung)',
  "réponse automatique|message automatique|absent du bureau|message d'absence",
  'respuesta autom[aá]tica|fuera de (?:la )?oficina',
  'risposta automatica|fuori (?:sede|ufficio)',
  'automatisch antwoord|automatische beantwoording|afwezigheids(?:bericht|melding)|niet (?:op|aanwezig op) kantoor',
  'resposta autom[aá]tica|fora do (?:escrit[oó]rio|gabinete)',
  'automatyczna odpowiedź|odpowiedź automatyczna|poza biurem',
  'automatická odpověď|mimo kancelář|automatická odpoveď|automatikus válasz|házon kívül|răspuns automat',
  'autosvar|automatiskt? svar|frånvaromeddelande|ej på kontoret|fraværsbesked|ikke på kontoret',
  'automaattinen vastaus|poissa toimistosta|poissaoloilmoitus',
  'автоматический ответ|автоответ|вне офиса|автоматична відповідь|otomatik yanıt|ofis dışında|αυτόματη απάντηση',
  '自動応答|自動返信|不在',
].join('|');

/** What people may write too, and a machine's note begins with. */
const AWAY = [
  "away\\b|on (?:annual |parental |maternity |paternity |sick )?leave\\b|(?:i am |i'm )?on (?:holiday|vacation)",
  'abwesen|nicht im büro|(?:ich bin )?im urlaub',
  'absen(?:t|te|ce)\\b|(?:je suis )?en (?:congés?|vacances)',
  '(?:estoy )?de vacaciones|ausen(?:te|cia)\\b|assen(?:te|za)\\b|in ferie',
  'afwezig|met vakantie|de f[eé]rias|em f[eé]rias|aus[eê]n(?:te|cia)\\b',
  'nieobecność|jestem na urlopie|frånvaro|på semester|på ferie|lomalla\\b|в отпуске|отсутствую',
].join('|');

/** "Re:" in its many tongues, and brackets as [EXTERNAL]. */
const PREFIX =
  /^(?:\s*(?:re|aw|sv|antw|rv|ref|res|odp|vs|ynt|fwd?|wg|tr|rif|ad)\s*(?:\[\d+\])?\s*:|\s*\[[^\]]{1,30}\])+/iu;
const startsWith = (words: string) => new RegExp(`^[\\s"'*(<\\[-]*(?:${words})`, 'iu');
const AUTOMATIC_SUBJECT = startsWith(AUTOMATIC);
const AWAY_SUBJECT = startsWith(AWAY);

const isSubject = (subject: string, start: RegExp): boolean => {
  const line = subject.slice(0, 300).replaceAll('’', "'");
  return start.test(line) || start.test(line.replace(PREFIX, ''));
};

/** A program answered: the subject alone says so. */
export const isAutomaticSubject = (subject: string): boolean => isSubject(subject, AUTOMATIC_SUBJECT);

/** Said anywhere in the first lines; asked only of mails that are known to be a machine's. */
const TEXT = new RegExp(
  [
    "out of (?:the )?office|away from (?:the |my )?(?:office|desk)|on (?:annual |parental |maternity |paternity |sick )?leave|on (?:vacation|holiday)|currently (?:away|unavailable|travelling|traveling)|(?:limited|no) access to (?:my )?e?-?mails?|return(?:ing)? to the office|will be back|i(?: am|'m) away",
    'nicht im (?:büro|haus)|im urlaub|außer haus|abwesend|nicht erreichbar|wieder (?:da|erreichbar|im büro|zurück|für sie da)|(?:bin|kehre) .{0,30}zurück',
    'absente?(?:\\(e\\))?\\b|en congés?|en vacances|de retour|hors (?:du|de mon) bureau',
    'fuera de (?:la )?oficina|de vacaciones|ausente|volver[eé]|vuelvo|de vuelta|me reincorporo|estaré ausente',
    'fuori (?:sede|ufficio)|in ferie|assente|sarò di nuovo|rientrer[oò]|di ritorno',
    'niet (?:aanwezig|op kantoor)|met vakantie|afwezig|weer (?:aanwezig|terug|bereikbaar|op kantoor)',
    'fora do escrit[oó]rio|de f[eé]rias|em f[eé]rias|ausente|de volta|regresso|retorno|voltarei',
    'poza biurem|na urlopie|nieobecn|wracam|wrócę|będę dostępn',
    'ej på kontoret|på semester|tillbaka|frånvarande|ikke på kontoret|på ferie|tilbake|tilbage|fraværende',
    'в отпуске|вне офиса|отсутству|вернусь',
  ].join('|'),
  'iu',
);

/** Of a mail known to be a machine's: somebody is away. */
export const isAbsenceNote = (subject: string, text: string): boolean =>
  isSubject(subject, AUTOMATIC_SUBJECT) ||
  isSubject(subject, AWAY_SUBJECT) ||
  TEXT.test(text.slice(0, 3_000).replaceAll('’', "'"));
