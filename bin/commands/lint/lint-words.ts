/** What no mail may claim, and no review may depend on, in the languages we write. A language not listed is read with all. */
import type { Finding } from '../../../functions/messages/lint.ts';

type Language = { if: string; happy: string; unhappy: string; review: string; justNow: string; self: string };

const LANGUAGES: Record<string, Language> = {
  en: {
    if: 'if|when|as long as|provided|should you|only',
    happy:
      'happy|happier|satisfied|pleased|delighted|love|loved|like it|liked|enjoy|enjoyed|great|(?:went|is|was|are|were) (?:all )?(?:well|good|fine)',
    unhappy: 'unhappy|not happy|disappointed|dissatisfied|not satisfied|complaint|less than (?:five|5)',
    review: 'reviews?|ratings?|rate|testimonial|stars?',
    justNow:
      "(?:i|i've|i have|i was|we've|we have) (?:just|only just|this minute) (?:\\w+ )?(?:read|reading|saw|seen|noticed|looked|looking|thinking|thought|wanted|spoke|spoken|checked|written|typed)|i noticed (?:that )?you|sent from my|as i (?:type|write) this",
    self: "i|i'm|i'll|i've|i'd|my|mine|myself",
  },
  de: {
    if: 'wenn|falls|sofern|sollten|solange|nur',
    happy:
      'zufrieden|glücklich|gefallen|gefällt|gefiel|begeistert|geliebt|lieben|mögen|(?:alles|es) (?:gut|bestens|geklappt)',
    unhappy: 'unzufrieden|nicht zufrieden|enttäuscht|beschwerde|weniger als (?:fünf|5)',
    review: 'bewertung(?:en)?|bewerten|rezension(?:en)?|sterne?|weiterempfehlen',
    justNow:
      '(?:ich|wir) (?:habe|haben|hab) (?:eben|gerade|soeben|grade)|(?:gerade|eben|soeben) (?:gelesen|gesehen|bemerkt|angeschaut|geschaut)|von meinem \\w+ gesendet|während ich (?:das|dies) schreibe',
    self: 'ich|mich|mir|mein|meine|meinen|meinem|meiner',
  },
  es: {
    if: 'si|cuando|siempre que|solo|sólo',
    happy:
      'content[oa]s?|satisfech[oa]s?|feliz|felices|gustó|gusta|gustado|encantó|encanta|encantad[oa]s?|(?:fue|está|ha ido|salió) (?:todo )?bien',
    unhappy: 'descontent[oa]s?|insatisfech[oa]s?|decepcionad[oa]s?|queja|menos de (?:cinco|5)',
    review: 'reseñas?|valoración|valoraciones|valorar|opinión|opiniones|estrellas?',
    justNow:
      'acabo de (?:leer|ver|mirar|notar|escribir|pensar|hablar)|estaba (?:justo )?pensando|enviado desde mi|mientras (?:le |te )?escribo',
    self: 'yo|mi|mis|mío|mía|conmigo|mí',
  },
  fr: {
    if: "si|s'il|s’il|quand|lorsque|tant que|seulement",
    happy:
      'content(?:e|s|es)?|satisfait(?:e|s|es)?|heureux|heureuses?|plu|aimé|adoré|ravi(?:e|s|es)?|(?:va|allé|passé) (?:très )?bien',
    unhappy: 'mécontent(?:e|s|es)?|insatisfait(?:e|s|es)?|déçu(?:e|s|es)?|réclamation|moins de (?:cinq|5)',
    review: 'avis|évaluation|évaluations|évaluer|noter|étoiles?|témoignage',
    justNow:
      "je viens (?:juste )?(?:de |d')(?:lire|voir|regarder|remarquer|écrire|penser|parler)|je pensais justement|envoyé (?:de|depuis) mon|au moment où j'écris",
    self: "je|j'|j’|moi|mon|ma|mes|mien",
  },
};

const whole = (words: string) => new RegExp(`(?<![\\p{L}\\p{N}])(?:${words})(?![\\p{L}\\p{N}])`, 'iu');
/** An apostrophe ends a French word and begins the next. */
const own = (words: string) =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${words})(?:(?<=['’])|(?![\\p{L}\\p{N}]))`, 'iu');

const languagesFor = (locale: string): Language[] => {
  const known = LANGUAGES[locale.split('-')[0] ?? ''];
  return known === undefined ? Object.values(LANGUAGES) : [known];
};

const sentencesOf = (text: string): string[] =>
  text
    .replaceAll('’', "'")
    .split(/(?<=[.?!:])\s|\n{2,}/u)
    .map((sentence) => sentence.replace(/\s+/gu, ' ').trim());

const short = (sentence: string): string => (sentence.length > 90 ? `${sentence.slice(0, 89)}…` : sentence);

/**
 * A sentence that makes a review depend on how the customer feels. `isReviewAsk`: the whole text asks for one, so the
 * condition alone is enough.
 */
export const reviewGating = (text: string, locale: string, isReviewAsk: boolean): Finding[] =>
  sentencesOf(text)
    .filter((sentence) =>
      languagesFor(locale).some((language) => {
        const feels = whole(`${language.happy}|${language.unhappy}`).test(sentence);
        const isCondition = whole(language.if).test(sentence) && feels;
        const wants = new RegExp(
          `${whole('5|five|fünf|cinco|cinq').source} ${whole(language.review).source}`,
          'iu',
        );
        return (
          (isCondition && (isReviewAsk || whole(language.review).test(sentence))) || wants.test(sentence)
        );
      }),
    )
    .map((sentence) => ({ rule: 'review gating', found: short(sentence) }));

/** Claims of having just done something, in a mail that was planned days ago. */
export const fakeHuman = (text: string, locale: string): Finding[] =>
  languagesFor(locale).flatMap(({ justNow }) => {
    const hit = whole(justNow).exec(text.replaceAll('’', "'"));
    return hit === null ? [] : [{ rule: 'pretends to be typed just now', found: hit[0] }];
  });

/** A mail that says it is automatic and yet speaks of itself as a person. */
export const automaticSelf = (text: string, locale: string): Finding[] =>
  languagesFor(locale).flatMap(({ self }) => {
    const hit = own(self).exec(text);
    return hit === null ? [] : [{ rule: 'an automatic note that says I', found: hit[0] }];
  });
