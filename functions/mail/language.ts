/** Which language a mail is in, by the small words nobody can do without. */
import type { MoodLanguage } from './mood-words.ts';

type Language = MoodLanguage | 'it' | 'pt' | 'nl' | 'pl' | 'sv' | 'da' | 'other';

const SMALL_WORDS: Record<Language, string> = {
  en: "the and is it it's i'm i am you my for with this that not was are have your very does doesn't don't we works thanks hello please what still me now on",
  de: 'der die das und ist ich nicht es mit ein eine einen für sie wir mir auf zu sehr auch noch hat habe bitte danke wie aber mein meine von den dem bin leider kann kein keine hallo immer jetzt alles',
  es: 'el la los las y es no que de un una con para por muy está estoy estamos mi se lo gracias hola todo pero ya me al del nos ha sigue funciona',
  fr: "le la les et est je ne pas un une de des avec pour très nous vous mon ma merci bonjour tout mais c'est ce il elle du au j'ai suis ça sur que qui en",
  it: 'il che non sono è per con una della molto grazie ma mi lo di è gli sta più questo funziona ciao',
  pt: 'o que não uma com muito está estou obrigado obrigada mas meu minha para em do da ainda é já olá',
  nl: 'het een niet ik van en maar met is wij voor op zeer goed dank bedankt mijn deze nog wel heb',
  pl: 'nie jest się na to jestem bardzo dziękuję ale mam mi do i z że już działa',
  sv: 'och är inte jag det en med på mycket tack men för den har att',
  da: 'og er ikke jeg det en med på meget tak men til den har at',
  other: 'nem igen és a je není se som nu este cu și ja ei on että ve bir çok için değil',
};

const SETS = Object.entries(SMALL_WORDS).map(
  ([language, words]) => ({ language, words: new Set(words.split(' ')) }) as const,
);

const isMoodLanguage = (language: string): language is MoodLanguage =>
  language === 'en' || language === 'de' || language === 'es' || language === 'fr';

const ALL: readonly MoodLanguage[] = ['en', 'de', 'es', 'fr'];

/** The languages a text may be read in; none when it is in one we have no words for, all when it has too few words to tell. */
export const languagesOf = (text: string): readonly MoodLanguage[] => {
  const words = text
    .slice(0, 5_000)
    .toLowerCase()
    .replaceAll('’', "'")

    .split(/[^\p{L}']+/u);
  const scores = SETS.map(({ language, words: known }) => ({
    language,
    score: words.filter((word) => known.has(word)).length,
  }));
  const best = Math.max(...scores.map(({ score }) => score));
  if (best === 0) return ALL;
  return scores
    .filter(({ score }) => score === best)
    .map(({ language }) => language)
    .filter(isMoodLanguage);
};
