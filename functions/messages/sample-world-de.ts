import { type SampleWorld, samplePerson } from './sample-shop.ts';

const kessel = { title: 'Wasserkessel Lerche', more: 2, days: 6 };

export const german: SampleWorld = {
  locale: 'de',
  zone: 'Europe/Berlin',
  site: 'https://danach.holm-und-roggen.example',
  review: 'https://holm-und-roggen.example/stimmen',
  shop: {
    name: 'Holm & Roggen',
    address: 'Kanalzeile 14, 10999 Berlin',
    website: 'https://holm-und-roggen.example',
  },
  rep: samplePerson('Nora Weiß', 'Nora', '030 23125 123', 'holm-und-roggen.example', 'Küche'),
  manager: samplePerson('Samir Okoye', 'Samir', '030 23125 145', 'holm-und-roggen.example'),
  head: samplePerson('Ruth Holm', 'Ruth', '030 23125 100', 'holm-und-roggen.example'),
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
