/** Whether a mail says thanks and nothing else: it asks for nothing, so nothing is opened by it. */
const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** At least one of these stands in every mail of thanks. */
const THANKS = words(
  'thanks thank thankyou thx tnx cheers ty danke dankeschön merci gracias grazie bedankt dank obrigado obrigada dziękuję dzięki tack tak ' +
    'takk спасибо appreciated appreciate remercie remercions bedanke bedanken agradecido agradecida agradezco',
);

/** What stands around it: greetings, farewells, "that's perfect", "for your help". None of them asks or tells anything. */
const AROUND = words(
  "hi hello hey dear good morning afternoon evening day greetings all you your you're so much very a lot lots many million again for the " +
    "help quick fast prompt kind reply answer response message mail email note update info information support assistance service that that's " +
    "is it it's was great perfect fine nice lovely wonderful awesome excellent super cool ok okay k yes well noted got understood done too " +
    'best kind warm regards wishes sincerely yours bye cheers love take care xx x have great weekend to and i we really from me us of ' +
    'hallo guten tag morgen abend liebe lieber sehr geehrte geehrter frau herr vielen herzlichen besten schönen lieben tausend dank ihnen euch dir ' +
    'für die das der den ihre ihren deine schnelle schnellen rasche hilfe antwort rückmeldung nachricht info mühe super prima perfekt toll alles klar ' +
    'gut passt in ordnung mit freundlichen grüßen grüße gruß viele liebe schöne mfg lg vg ist ja und auch wunderbar bestens ich nochmals noch mal ' +
    "bonjour bonsoir salut cher chère madame monsieur beaucoup mille infiniment bien à vous toi vous tu pour votre ta la le les l'aide aide réponse rapide retour message c'est " +
    "parfait super génial top très bien ok d'accord noté cordialement bonne bon journée soirée belle amicalement bises merci je nous et tout " +
    'hola buenos buenas días tardes noches estimado estimada querido querida muchas muchísimas mil por su tu la el ayuda respuesta rápida rápido mensaje todo ' +
    'perfecto genial estupendo excelente vale de acuerdo un saludo saludos cordiales atentamente abrazo y muy bien está es le les os ' +
    'ciao mille tutto va bene perfetto hartelijk vriendelijke groet groeten hoi dag met beste hvala',
);

/** Behind these stands a name. */
const GREETINGS = words(
  'hi hello hey dear hallo liebe lieber frau herr bonjour bonsoir cher chère madame monsieur hola querida querido estimada estimado ciao hoi beste ' +
    'regards wishes grüße grüßen gruß cordialement saludos saludo groet groeten cheers love',
);

/** Longer ones say something. */
const MOST_CHARACTERS = 600;
const MOST_WORDS = 40;
const MOST_NAMES = 4;

type Word = { word: string; isCapital: boolean; isInLastLine: boolean };

const wordsOf = (text: string): Word[] => {
  const lines = text
    .normalize('NFC')
    .replaceAll('’', "'")
    .split('\n')
    .filter((line) => /\p{L}/u.test(line));
  return lines.flatMap((line, index) =>
    line
      .split(/[^\p{L}\p{N}']+/u)
      .map((word) => word.replace(/^'+|'+$/g, ''))
      .filter((word) => word !== '')
      .map((word) => ({
        word: word.toLowerCase(),
        isCapital: /^\p{Lu}/u.test(word),
        isInLastLine: index > 0 && index === lines.length - 1,
      })),
  );
};

/** Names of people we do not know: behind a greeting or a thank-you, or in the last line. */
const countNames = (all: readonly Word[], isKnown: (word: string) => boolean): number | undefined => {
  let names = 0;
  let isAfterGreeting = false;
  for (const { word, isCapital, isInLastLine } of all) {
    const isName = !isKnown(word);
    if (isName && !(isCapital && (isAfterGreeting || isInLastLine))) return undefined;
    names += Number(isName);
    isAfterGreeting = isName || GREETINGS.has(word) || THANKS.has(word);
  }
  return names;
};

/** `names`: of the people in this conversation, which say nothing either. */
export const isThanksOnly = (said: string, names: readonly string[] = []): boolean => {
  if (said.length > MOST_CHARACTERS || /[?？]/u.test(said)) return false;
  const all = wordsOf(said);
  if (all.length > MOST_WORDS || !all.some(({ word }) => THANKS.has(word))) return false;
  const known = new Set(names.flatMap(wordsOf).map(({ word }) => word));
  const strangers = countNames(all, (word) => THANKS.has(word) || AROUND.has(word) || known.has(word));
  return strangers !== undefined && strangers <= MOST_NAMES;
};
