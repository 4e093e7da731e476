import type { PromiseKind } from './merge-data.ts';

type SamplePerson = { name: string; firstName: string; phone: string; email: string; title: string | null };

type SampleItem = { title: string; more: number; days: number | null };

export type SampleWorld = {
  locale: string;
  zone: string;
  site: string;
  review: string;
  shop: { name: string; address: string; website: string };
  rep: SamplePerson;
  manager: SamplePerson;
  head: SamplePerson;
  customer: { firstName: string; name: string; phone: string; email: string };
  items: Record<string, SampleItem>;
  anyItem: SampleItem;
  words: { done: string; said: string; notYet: string; note: string; tried: string[] };
  visit: { place: string; bring: string };
  promised: Record<PromiseKind, string>;
  meanwhile: { reason: string; wish: string; lines: string[] };
};

const person = (
  name: string,
  firstName: string,
  phone: string,
  domain: string,
  title: string | null = null,
): SamplePerson => ({ name, firstName, phone, email: `${firstName.toLowerCase()}@${domain}`, title });

const kettle = { title: 'Larkspur pour-over kettle', more: 2, days: 6 };

const english: SampleWorld = {
  locale: 'en',
  zone: 'Europe/London',
  site: 'https://care.hollins-and-rye.example',
  review: 'https://hollins-and-rye.example/reviews',
  shop: {
    name: 'Hollins & Rye',
    address: '14 Canal Row, Leeds LS1 4AB',
    website: 'https://hollins-and-rye.example',
  },
  rep: person('Nora Whitlock', 'Nora', '0113 496 0123', 'hollins-and-rye.example', 'kitchen counter'),
  manager: person('Sam Okafor', 'Sam', '0113 496 0145', 'hollins-and-rye.example'),
  head: person('Ruth Hollins', 'Ruth', '0113 496 0100', 'hollins-and-rye.example'),
  customer: {
    firstName: 'Maya',
    name: 'Maya Lindqvist',
    phone: '020 7946 0321',
    email: 'maya@lindqvist.example',
  },
  items: {
    goods: kettle,
    service: { title: 'New tap in the kitchen', more: 0, days: 2 },
    class: { title: 'Bread for beginners', more: 0, days: 2 },
    saas: { title: 'Tillbook', more: 0, days: 3 },
  },
  anyItem: kettle,
  words: {
    done: 'A new lid went out on Tuesday, and you can keep the old one.',
    said: 'The lid *never* sat right and it drips.\nI have <burnt> my hand on it twice.',
    notYet: 'The new lid is the same as the old one.',
    note: 'I am away from Thursday. She would rather be rung after five.',
    tried: ['we asked by mail, she answered the same day', 'Nora rang, nobody picked up'],
  },
  visit: { place: '7 Mill Rise, Leeds LS6 2PT', bring: 'the water turned off at the main tap' },
  promised: {
    call: 'A trainer rings you within a week of your order.',
    visit: 'We come once in the first month and set it up with you.',
    answer: 'Does the lid go in the dishwasher?',
    resolve: 'You get a new lid from us, and the old one need not come back.',
  },
  meanwhile: {
    reason: 'The part comes from Milan and is stuck at customs.',
    wish: 'Any day after four would be good, or Saturday.',
    lines: [
      'Maya Lindqvist: nobody came on Tuesday, ring by 16:00',
      'Tom Abara: put it right by 17:30, gone up one level',
      'Ines Duarte: silent since Friday 13 November, ring today',
    ],
  },
};

const kessel = { title: 'Wasserkessel Lerche', more: 2, days: 6 };

const german: SampleWorld = {
  locale: 'de',
  zone: 'Europe/Berlin',
  site: 'https://danach.holm-und-roggen.example',
  review: 'https://holm-und-roggen.example/stimmen',
  shop: {
    name: 'Holm & Roggen',
    address: 'Kanalzeile 14, 10999 Berlin',
    website: 'https://holm-und-roggen.example',
  },
  rep: person('Nora Weiß', 'Nora', '030 23125 123', 'holm-und-roggen.example', 'Küche'),
  manager: person('Samir Okoye', 'Samir', '030 23125 145', 'holm-und-roggen.example'),
  head: person('Ruth Holm', 'Ruth', '030 23125 100', 'holm-und-roggen.example'),
  customer: {
    firstName: 'Maja',
    name: 'Maja Lindner',
    phone: '030 23125 321',
    email: 'maja@lindner.example',
  },
  items: {
    goods: kessel,
    service: { title: 'Neuer Hahn in der Küche', more: 0, days: 2 },
    class: { title: 'Brot von Anfang an', more: 0, days: 2 },
    saas: { title: 'Kassenbuch', more: 0, days: 3 },
  },
  anyItem: kessel,
  words: {
    done: 'Ein neuer Deckel ging am Dienstag raus, den alten können Sie behalten.',
    said: 'Der Deckel saß *nie* richtig und es tropft.\nIch habe mir zweimal die Hand <verbrannt>.',
    notYet: 'Der neue Deckel ist genau wie der alte.',
    note: 'Ich bin ab Donnerstag weg. Am besten nach fünf anrufen.',
    tried: ['wir fragten per Mail, die Antwort kam am selben Tag', 'Nora rief an, niemand nahm ab'],
  },
  visit: { place: 'Mühlgasse 7, 10437 Berlin', bring: 'der Haupthahn muss zugedreht sein' },
  promised: {
    call: 'In der Woche nach Ihrer Bestellung ruft Sie jemand vom Kurs an.',
    visit: 'Im ersten Monat kommen wir einmal und richten es mit Ihnen ein.',
    answer: 'Darf der Deckel in die Spülmaschine?',
    resolve: 'Sie bekommen von uns einen neuen Deckel, der alte muss nicht zurück.',
  },
  meanwhile: {
    reason: 'Das Teil kommt aus Mailand und hängt beim Zoll.',
    wish: 'Gern an jedem Tag nach vier oder am Samstag.',
    lines: [
      'Maja Lindner: am Dienstag kam niemand, anrufen bis 16:00 Uhr',
      'Tom Abt: in Ordnung bringen bis 17:30 Uhr, schon eine Stufe oben',
      'Ines Duarte: still seit Freitag, 13. November, heute anrufen',
    ],
  },
};

/** A small made-up shop with its people, in the nearest language there is. */
export const sampleWorld = (locale: string): SampleWorld => (/^de\b/i.test(locale) ? german : english);
