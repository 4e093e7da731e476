/** What a mail plainly asks for or says of a promise: a call, no more mails, "it is fixed", "it is not". */
import { languagesOf } from './language.ts';
import { MOOD_WORDS } from './mood-words.ts';
import { anyOf, hasAny, plainWords, type Sentence, sentencesOf } from './sentences.ts';

const CALL = anyOf(
  [
    '(?:call|phone|ring|telephone) (?:me|us)(?: back)?|give (?:me|us) a (?:call|ring|bell|buzz)|call back|like (?:a|to get a) call|want (?:a|to get a) call',
    'ruf(?:en sie|t|e)? (?:mich|uns)(?: \\p{L}+){0,3} (?:an|zurück)|(?:mich|uns)(?: \\p{L}+){0,4} (?:an|zurück)(?:zu)?rufen|bitte um (?:einen )?(?:rückruf|anruf)|rückruf erbeten|melden sie sich telefonisch|um rückruf',
    "(?:r?appele[rz]?|téléphone[rz]?)[- ](?:moi|nous)|(?:me|m'|nous )r?appeler|me rappeler|me téléphoner|nous téléphoner|un (?:r?appel|coup de fil)",
    'll[aá]m(?:e|en|a|ad)(?:me|nos)|(?:me|nos) (?:pueden?|podrían?|podéis) llamar|llamarme|llamarnos|que me llamen?|que nos llamen?|una llamada',
  ].join('|'),
);
const NOT = anyOf(
  "not|\\p{L}+n't|no|don't|do not|never|needn't|nicht|kein|keine|keinen|nie|pas|ne|aucun|sans|no need|nunca|sin|without|tampoco|missed|thanks for|danke für|merci pour|gracias por|called|tried|versucht",
);

/** Whoever wants something says so before. */
const MOST_CHARACTERS = 4_000;

const sentences = (said: string): readonly Sentence[] => sentencesOf(said.slice(0, MOST_CHARACTERS));

/** "Please call me", and not "no need to call me". */
export const asksForCall = (said: string): boolean =>
  sentences(said).some(({ clauses }) =>
    clauses.some((clause) => hasAny(clause, CALL) && !hasAny(clause, NOT)),
  );

const STOP = [
  "unsubscribe(?: me)?|opt ?out|stop(?: it)?(?: (?:e-?mailing|writing(?: to)?|contacting|messaging|sending)(?: me| us)?(?: (?:e-?mails?|mails?|messages))?)?|(?:take|remove) me(?: (?:off|from) (?:your|the|this) (?:mailing )?list)?|no more (?:e-?mails?|mails?|messages)|do not (?:e-?mail|write(?: to)?|contact) me(?: again| any ?more)?|don't (?:e-?mail|write(?: to)?|contact) me(?: again| any ?more)?",
  '(?:mich )?(?:abmelden|austragen|abbestellen)|abmeldung|stopp|abbestellung|keine (?:weiteren )?(?:e-?mails?|mails|nachrichten)(?: mehr)?',
  "(?:me |se )?désabonner|désabonne[rz]?(?:[- ]moi)?|désabonnement|désinscri(?:re|ption|vez[- ]moi)|me désinscrire|plus de (?:mails|messages|courriels)|arrêtez(?: de m'écrire)?",
  '(?:darme de |darse de |dar de )?baja|cancelar (?:la )?suscripción|no más (?:correos|mensajes|e-?mails)|desuscribir(?:me|se)?|dejen de escribirme|alto',
  'cancellami|disiscriv(?:imi|ere|ermi)|cancella(?:re)? iscrizione|afmelden|uitschrijven|cancelar inscrição|remover|wypisz(?: mnie)?|rezygnuję|avregistrera|afmeld|отписаться|отпишите(?: меня)?',
].join('|');
const POLITE =
  "please|bitte|por favor|porfavor|merci|danke|thanks|thank you|gracias|s'il vous plaît|svp|per favore|hi|hello|hallo|bonjour|hola|sofort|now|immediately|von (?:der|dieser) liste|from this list";
const STOP_ALONE = new RegExp(`^(?:(?:${POLITE}) )*(?:${STOP})(?: (?:${POLITE}))*$`, 'iu');
const MOST_STOP_CHARACTERS = 120;

/** The whole mail is one word of farewell to our mails. A stop among other words is read by a person. */
export const isStopAlone = (said: string): boolean => {
  if (said.length > MOST_STOP_CHARACTERS) return false;
  const words = plainWords(said)
    .replace(/[^\p{L}\p{N}'-]+/gu, ' ')
    .trim();
  return STOP_ALONE.test(words);
};

const FIXED = anyOf(
  [
    "(?:is|it's|was|has been|been|got|all|now|everything is) (?:now |all |finally )?(?:fixed|solved|resolved|sorted|repaired|working(?: again| now| fine| well| perfectly)?)|(?:works?|working) (?:again|now|perfectly|fine|well)|(?:fixed|solved|resolved|sorted)(?: now)?|problem solved|(?:now|it) works",
    '(?:ist|wurde|sind) (?:jetzt |nun |alles |wieder )?(?:behoben|gelöst|repariert|erledigt)|(?:funktioniert|geht|läuft|klappt) (?:alles )?(?:jetzt|wieder|nun)(?: wieder| alles| gut| einwandfrei| perfekt)*|(?:jetzt|nun) (?:funktioniert|geht|läuft|klappt)(?: es| sie| er| alles| wieder)*|problem (?:gelöst|behoben)|(?:behoben|gelöst|erledigt)',
    "(?:est|a été|c'est) (?:maintenant |enfin |bien )?(?:réglée?|résolue?|réparée?)|(?:fonctionne|marche) (?:maintenant|à nouveau|de nouveau|enfin|très bien|bien|parfaitement)|problème (?:résolu|réglé)|(?:résolu|réglé)",
    '(?:está|ha sido|quedó|ya está|fue) (?:ya )?(?:solucionad[oa]|arreglad[oa]|resuelt[oa]|reparad[oa])|ya (?:funciona|está)|(?:funciona|va) (?:ya|de nuevo|otra vez|bien|perfectamente)|problema (?:solucionado|resuelto)|(?:solucionado|resuelto|arreglado)',
  ].join('|'),
);

const NOT_FIXED = anyOf(
  [
    "(?:still|again) (?:does not|doesn't|do not|don't|is not|isn't|not|broken|leak(?:s|ing)|wrong|missing|the same|faulty)(?: \\p{L}+){0,2}|(?:not|isn't|never) (?:really |yet |been )?(?:fixed|solved|resolved|repaired|sorted)|(?:broken|leaks|leaking) again|same problem|problem (?:is )?(?:still|persists|remains)|still (?:have|has) the (?:same )?problem|nobody (?:came|called|showed up)|no one (?:came|called|showed up)|(?:does not|doesn't) work (?:either|again|still)",
    '(?:immer noch|noch immer|weiterhin|wieder|nach wie vor|noch) (?:nicht|kaputt|defekt|undicht|das gleiche|dasselbe|nichts)|nicht (?:behoben|gelöst|repariert|erledigt)|(?:gleiche|selbe) problem|problem besteht|niemand (?:ist gekommen|kam|hat (?:sich gemeldet|angerufen))|(?:tropft|leckt) (?:immer noch|wieder)',
    "toujours (?:pas|en panne|cassée?|le même)|(?:pas|pas encore|jamais) (?:réglée?|résolue?|réparée?)|même problème|problème (?:persiste|continue)|encore (?:cassée?|en panne)|personne n'est venu|personne n'a (?:appelé|téléphoné)|ne (?:marche|fonctionne) toujours pas",
    'sigue (?:sin|igual|rot[oa]|fallando|goteando|mal)|todavía (?:no|está rot[oa])|aún no|no (?:está|ha sido|se ha) (?:solucionad[oa]|arreglad[oa]|resuelt[oa]|reparad[oa])|mismo problema|problema (?:persiste|sigue|continúa)|nadie (?:vino|ha venido|llamó|ha llamado)',
  ].join('|'),
);

const ofAllLanguages = (name: 'unsure' | 'contrast'): RegExp =>
  anyOf(
    Object.values(MOOD_WORDS)
      .map((words) => words[name])
      .join('|'),
  );
const UNSURE = {
  en: anyOf(MOOD_WORDS.en.unsure),
  de: anyOf(MOOD_WORDS.de.unsure),
  es: anyOf(MOOD_WORDS.es.unsure),
  fr: anyOf(MOOD_WORDS.fr.unsure),
};
const ANY_CONTRAST = ofAllLanguages('contrast');

/**
 * What the customer says of something we call done: `yes` when they say it is, without any "but"; `no` when they say it is
 * not. Undefined when they do not say.
 */
export const verdictOnPromise = (said: string): 'yes' | 'no' | undefined => {
  const languages = languagesOf(said);
  const plain = sentences(said).filter(
    ({ text, isQuestion }) => !isQuestion && !languages.some((language) => hasAny(text, UNSURE[language])),
  );
  if (plain.some(({ text }) => hasAny(text, NOT_FIXED))) return 'no';
  const isAsking = sentences(said).length > plain.length;
  const hasFixed = plain.some(({ clauses }) =>
    clauses.some((clause) => hasAny(clause, FIXED) && !hasAny(clause, NOT)),
  );
  const hasContrast = plain.some(({ text }) => hasAny(text, ANY_CONTRAST));
  return hasFixed && !hasContrast && !isAsking ? 'yes' : undefined;
};
