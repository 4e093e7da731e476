/** What mail programs put under a mail by themselves, and where a signature begins. */

const DEVICE = "(?:[\\p{L}\\d][\\p{L}\\d\\s.'’®™_/&+-]{1,50})";
const SENT_FROM = new RegExp(
  '^(?:' +
    [
      `sent (?:from|via|with|by|using) (?:my |the )?${DEVICE}`,
      `get outlook for ${DEVICE}`,
      `(?:diese (?:nachricht|e-?mail|mail) wurde )?(?:von (?:meinem|meiner)|mit (?:meinem|meiner|der|dem)) ${DEVICE} gesendet`,
      `gesendet (?:von|mit|aus) ${DEVICE}|outlook für ${DEVICE} beziehen|holen sie sich outlook für ${DEVICE}`,
      `envoyé (?:de|depuis|à partir de|avec) ${DEVICE}|télécharge[rz] outlook pour ${DEVICE}|obtenez outlook pour ${DEVICE}`,
      `enviado (?:desde|de|do|a partir do|con|com) ${DEVICE}|obtener outlook para ${DEVICE}|obter (?:o )?outlook para ${DEVICE}`,
      `inviato (?:da|dal|dall'|con) ?${DEVICE}|scarica outlook per ${DEVICE}|ottieni outlook per ${DEVICE}`,
      `(?:verstuurd|verzonden) (?:vanaf|met|via) ${DEVICE}|outlook voor ${DEVICE} downloaden`,
      `wysłan[eoy] (?:z|ze) ${DEVICE}|pobierz (?:aplikację )?outlook dla (?:systemu )?${DEVICE}`,
      `skickat från ${DEVICE}|sendt fra ${DEVICE}|отправлено (?:с|из) ${DEVICE}|lähetetty ${DEVICE}`,
    ].join('|') +
    ')(?:\\s*[<(]\\S{0,300}[>)])?\\s*\\.?$',
  'iu',
);

/** Every program has its own sentence; the line says nothing of the person's. */
export const isSentFrom = (line: string): boolean =>
  line.length <= 400 && SENT_FROM.test(line.replaceAll('’', "'"));

/** RFC 3676: two dashes and a blank, which many programs swallow. */
export const isSignatureDelimiter = (line: string): boolean => /^(?:--|—) ?$/.test(line);
