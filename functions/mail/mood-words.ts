/** Words by which a mood is plain, in the languages we can tell it in. Small lists: who says it otherwise is read by a person. */

export type MoodWords = {
  happy: string;
  /** Of these each is enough for five. */
  delighted: string;
  unhappy: string;
  /** They hold their own negation. */
  failing: string;
  /** Of these each is enough for one. */
  furious: string;
  /** It cannot be used at all. */
  stuck: string;
  very: string;
  negation: string;
  /** Words a negation may stand behind the word it turns round. */
  negationAfter: number;
  /** Wishes, conditions, other things: the sentence tells nothing of how it is now. */
  unsure: string;
  /** After these the good word before counts no more. */
  contrast: string;
};

const en: MoodWords = {
  happy:
    "happy(?! (?:to (?!say|report|tell)|birthday|new|holiday))|glad|pleased|satisfied|great|good(?! (?:morning|afternoon|evening|day|night|luck|question|idea|will))|beautiful(?:ly)?|lovely|super|works (?:fine|well|nicely|now)|working (?:fine|well|nicely)|(?:all|everything|it|that)(?: is|'s) (?:fine|well|ok|okay)|like (?:it|them)|likes it|enjoy(?:ing|ed)? (?:it|them)|no complaints|can't complain",
  delighted:
    "delighted|love (?:it|them|this|my|the|our)|loves (?:it|them)|perfect(?:ly)?|excellent|wonderful(?:ly)?|fantastic|awesome|amazing|brilliant|superb|thrilled|works like a charm|(?:couldn't|could not) be happier|(?:couldn't|could not) be better|exceeded",
  unhappy:
    'unhappy|disappoint(?:ed|ing|ment)|dissatisfied|unsatisfied|frustrat(?:ed|ing)|annoy(?:ed|ing)|bad|poor|broken?|broke|damaged|defective|faulty|cracked|scratched|dented|leak(?:s|ing|ed)?|wobbl(?:y|es)|missing|problems?(?! solved)|issues?|trouble|complaint|regret|wrong|fell (?:apart|off)|came off|too (?:small|big|large|loud|short|long|tight|heavy)|torn|stuck|rusty',
  failing:
    "(?:doesn't|does not|don't|do not|didn't|did not|won't|will not|isn't|is not|not|never|stopped|stops) (?:really |properly |even |fully )?(?:work(?:s|ed|ing)?|start(?:s|ed|ing)?|turn(?:ing)? on|fit(?:s|ting)?|arrive|come|function(?:ing)?|switch on|charge|charging|close|open)(?! out)|(?:has not|hasn't|have not|haven't|never) (?:been )?(?:arrived|come|received|delivered|heard)|not (?:as described|what i (?:expected|ordered|wanted))|no longer works?|gave up",
  furious:
    'terrible|horrible|awful|dreadful|useless|rubbish|garbage|worst|unacceptable|furious|disgusted|disgusting|appalling|waste of (?:money|time)|thanks for nothing|want my money back|ripped off|scam',
  stuck:
    "(?:can't|cannot|can not|unable to) use (?:it|them|this)(?: at all| any ?more| anymore)?|(?:can't|cannot|can not) be used|unusable|not usable|impossible to use",
  very: 'very|really|so|extremely|absolutely|totally|completely|incredibly|truly|most|super',
  negation:
    "not|n't|never|no|without|neither|nor|hardly|cannot|isn't|wasn't|aren't|don't|doesn't|didn't|can't|won't|haven't|hasn't|nothing|none|less than|far from|ain't",
  negationAfter: 0,
  unsure:
    "if|would|could|should|i'd|we'd|it'd|hope|hoping|hopefully|whether|unless|might|may be|maybe|old one|previous|last one|hers|theirs|other (?:one|shop|brand)|used to|was happy|were happy|not sure|worried|afraid|in case|wish|unlike|instead of",
  contrast:
    'but|however|although|though|except|unfortunately|sadly|until|at first|initially|only thing|otherwise|apart from|still|yet|just that',
};

const de: MoodWords = {
  happy:
    'zufrieden|glücklich|froh|super|toll(?:e[rsn]?)?|prima|klasse|sehr schön|sehr gut|alles (?:gut|in ordnung|ok|okay|klar|paletti)|(?:ist|sind|geht|passt|läuft|funktioniert|klappt|sitzt) (?:alles |jetzt |wieder |sehr |richtig |echt |so )?gut|gut angekommen|gefällt|gefallen (?:mir|uns)|funktioniert (?:jetzt|wieder)|freue mich|freuen uns|nichts zu meckern',
  delighted:
    'begeistert|perfekt|hervorragend|ausgezeichnet|wunderbar|einwandfrei|tadellos|bestens|fantastisch|großartig|wunderschön|genial|spitze|(?:ich|wir) lieben? (?:es|sie|ihn|den|die|das)',
  unhappy:
    'unzufrieden|enttäuscht|enttäuschend|enttäuschung|verärgert|ärgerlich|ärgere|sauer|frustriert|frustrierend|schlecht(?:e[rsnm]?)?|mangelhaft|kaputt(?:e[rsnm]?)?|defekt(?:e[rsnm]?)?|beschädigt|zerbrochen|gebrochen|zerkratzt|verkratzt|undicht|tropft|leckt|wackelt|gerissen|fehlt|fehlen|falsche?[rsnm]?|reklamier\\p{L}*|reklamation|problem(?:e[n]?)?|ärger|mängel|mangel|zu (?:klein|groß|laut|kurz|lang|eng|schwer)|verrostet',
  failing:
    '(?:funktioniert|funktionieren|geht|läuft|klappt|passt|hält|schließt|öffnet|lädt|startet|tut)(?: \\p{L}+){0,3} (?:nicht|nichts|nie)(?! um)|nicht (?:mehr )?(?:richtig |ganz )?(?:funktioniert|angekommen|geliefert|gekommen|erhalten|bekommen|da)|nie (?:angekommen|funktioniert|erhalten|bekommen)|nicht (?:wie|was) (?:beschrieben|bestellt|erwartet)',
  furious:
    'furchtbar|schrecklich|miserabel|katastrophe|katastrophal|unverschämt(?:heit)?|frechheit|unmöglich|wütend|stinksauer|schrott|müll|nie wieder|geld zurück|unzumutbar|eine zumutung|grauenhaft|abzocke',
  stuck:
    '(?:kann|können)(?: ich| wir| man)?(?: \\p{L}+){0,3} (?:nicht|gar nicht|überhaupt nicht)(?: mehr)? (?:benutzen|verwenden|nutzen|gebrauchen)|unbrauchbar|nicht (?:benutzbar|nutzbar|verwendbar|zu gebrauchen)',
  very: 'sehr|wirklich|echt|total|absolut|extrem|äußerst|völlig|richtig|maßlos|mega',
  negation:
    'nicht|kein|keine|keinen|keinem|keiner|keines|nie|niemals|ohne|kaum|weder|nichts|alles andere als|wenig',
  negationAfter: 4,
  unsure:
    'wenn|würde|würden|wäre|wären|könnte|könnten|könnten sie|hoffe|hoffen|hoffentlich|falls|ob|sollte|sollten|vielleicht|früher|alte[rsn]?|vorherige[rsn]?|vorige[rsn]?|andere[rsn]?|war zufrieden|waren zufrieden|sobald|befürchte|angst|möchte|wünsche|wünschen|statt',
  contrast:
    'aber|jedoch|allerdings|obwohl|leider|trotzdem|dennoch|nur|bis auf|außer|anfangs|zuerst|sonst|ansonsten|doch|einzig|noch',
};

const es: MoodWords = {
  happy:
    'feliz|felices|content[oa]s?|satisfech[oa]s?|genial|estupend[oa]s?|me gustan?|nos gustan?|muy bien|muy buen[oa]s?|todo (?:está )?(?:bien|en orden|correcto|ok)|(?:funciona|va|funcionan|van|queda|quedó) bien|ya funciona|sin quejas|súper|super|bonit[oa]s?|precios[oa]s?',
  delighted:
    'encantad[oa]s?|me encantan?|nos encantan?|excelentes?|perfect[oa]s?|perfectamente|fantástic[oa]s?|maravillos[oa]s?|de maravilla|increíbles?|fenomenal|insuperable',
  unhappy:
    'descontent[oa]s?|insatisfech[oa]s?|decepcionad[oa]s?|decepción|decepcionantes?|molest[oa]s?|enfadad[oa]s?|enojad[oa]s?|frustrad[oa]s?|mal|mal[oa]s?|rot[oa]s?|defectuos[oa]s?|dañad[oa]s?|estropead[oa]s?|averiad[oa]s?|rayad[oa]s?|gotea|pierde agua|fuga|faltan?|equivocad[oa]s?|problemas?|demasiado (?:pequeñ[oa]|grande|cort[oa]|larg[oa])|queja|reclamación|reclamo|se (?:ha )?(?:rompió|roto|cayó)',
  failing:
    'no (?:me |nos |se |lo |la |le )?(?:funciona(?:n|ba)?|va|anda|sirven?|enciende|arranca|cierra|abre|carga|encaja|cabe)|(?:dejó|ha dejado) de funcionar|no (?:me |nos )?(?:ha |han )?(?:llegado|llegó|llega)|no (?:lo |la )?(?:he|hemos) recibido|no es lo que (?:pedí|pedimos|esperaba)|nunca (?:llegó|funcionó)',
  furious:
    'pésim[oa]s?|horribles?|terribles?|fatal|inaceptable|vergüenza|furios[oa]s?|indignad[oa]s?|basura|porquería|estafa|desastre|devuélvanme|nunca más',
  stuck:
    'no (?:lo |la |los |las )?(?:puedo|podemos|se puede) (?:usar|utilizar)(?:l[oa]s?)?|inutilizables?|imposible (?:de )?(?:usar|utilizar)(?:l[oa])?',
  very: 'muy|realmente|tan|súper|super|totalmente|absolutamente|extremadamente|completamente|sumamente|bastante más',
  negation: 'no|nunca|jamás|sin|ni|tampoco|nada|ningún|ninguna|ninguno|apenas|poco',
  negationAfter: 0,
  unsure:
    'si|quisiera|gustaría|sería|estaría|ojalá|espero|esperamos|podría|podrían|quizás?|tal vez|anterior|viej[oa]|otr[oa]s?|estaba content[oa]|en caso de|temo|en vez de',
  contrast:
    'pero|sin embargo|aunque|lamentablemente|por desgracia|desgraciadamente|excepto|salvo|al principio|hasta que|solo que|sólo que|todavía|aún|no obstante',
};

const fr: MoodWords = {
  happy:
    'contente?s?|heureux|heureuses?|satisfaite?s?|super|génial(?:e|es)?|très (?:bien|bon|bonne|beau|belle)|tout (?:va|est|se passe) (?:très )?(?:bien|bon|ok|en ordre)|(?:fonctionne|marche|va) (?:très |bien )?(?:bien|mieux)|(?:fonctionne|marche) (?:maintenant|à nouveau)|(?:me|nous) pla(?:î|i)t|rien à redire|nickel|top',
  delighted:
    "ravie?s?|enchantée?s?|(?:j'|nous |on )adore(?:ns)?|parfaite?s?|parfaitement|excellente?s?|magnifiques?|impeccables?|formidables?|merveilleux|merveilleuse|à merveille|fantastiques?|extraordinaires?",
  unhappy:
    'mécontente?s?|déçue?s?|décevante?s?|déception|insatisfaite?s?|fâchée?s?|énervée?s?|frustrée?s?|mauvaise?s?|mal|nul(?:le)?s?|cassée?s?|défectueux|défectueuses?|abîmée?s?|endommagée?s?|rayée?s?|en panne|fuit|fuites?|goutte|manque|manquante?s?|problèmes?|soucis?|trop (?:petite?|grande?|courte?|longue?|serrée?|bruyante?)|réclamation|erreur|déchirée?s?|bloquée?s?',
  failing:
    "(?:ne |n'|ça |il |elle |cela )(?:me |nous |se |s')?(?:fonctionne|fonctionnent|marche|marchent|va|allume|démarre|ferme|ouvre|charge|tient|rentre)(?: \\p{L}+){0,2} (?:pas|plus)|(?:pas|jamais|toujours rien|rien) (?:encore )?(?:reçu|arrivée?|livrée?)|pas ce que (?:j'ai|nous avons|j'avais) commandé",
  furious:
    'horribles?|catastrophiques?|catastrophe|inadmissible|inacceptable|scandaleux|furieux|furieuse|honteux|déplorables?|lamentables?|arnaque|plus jamais|une honte|poubelle|exécrable',
  stuck:
    "(?:ne |n')?(?:peux|peut|pouvons|pouvez) (?:plus |pas |même pas |absolument pas |pas du tout )(?:du tout )?(?:l'|les? |la |m'en )?(?:utiliser|servir)|inutilisables?|impossible (?:de (?:l'|les? |la )|à )utiliser",
  very: 'très|vraiment|tellement|si|extrêmement|totalement|absolument|complètement|trop|hyper|super|plus que',
  negation: "pas|jamais|aucun|aucune|sans|ni|guère|ne|n'|peu|rien|loin d'être",
  negationAfter: 2,
  unsure:
    "si|s'il|serais|serait|serions|aimerais|voudrais|pourriez|pourrait|pourrais|espère|espérons|peut-être|au cas où|ancien(?:ne)?|précédente?|autres?|étais contente?|crains|auriez|souhaite(?:rais)?|au lieu",
  contrast:
    "mais|cependant|pourtant|toutefois|par contre|malheureusement|hélas|en revanche|sauf|hormis|au début|jusqu'à ce|dommage|sinon|encore|toujours",
};

export const MOOD_WORDS = { en, de, es, fr } as const;

export type MoodLanguage = keyof typeof MOOD_WORDS;
