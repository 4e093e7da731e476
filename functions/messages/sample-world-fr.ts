import { type SampleWorld, samplePerson } from './sample-shop.ts';

const bouilloire = { title: 'Bouilloire Alouette', more: 2, days: 6 };

export const french: SampleWorld = {
  locale: 'fr',
  zone: 'Europe/Paris',
  site: 'https://suivi.houx-et-seigle.example',
  review: 'https://houx-et-seigle.example/avis',
  shop: {
    name: 'Houx & Seigle',
    address: '14 quai du Canal, 69001 Lyon',
    website: 'https://houx-et-seigle.example',
  },
  rep: samplePerson('Nora Chevalier', 'Nora', '01 99 00 12 23', 'houx-et-seigle.example', 'rayon cuisine'),
  manager: samplePerson('Samir Okoye', 'Samir', '01 99 00 12 45', 'houx-et-seigle.example'),
  head: samplePerson('Ruth Houssaye', 'Ruth', '01 99 00 12 00', 'houx-et-seigle.example'),
  customer: {
    firstName: 'Maïa',
    name: 'Maïa Lindqvist',
    phone: '06 39 98 03 21',
    email: 'maia@lindqvist.example',
  },
  items: {
    goods: bouilloire,
    service: { title: 'Nouveau robinet de cuisine', more: 0, days: 2 },
    class: { title: 'Le pain pour débuter', more: 0, days: 2 },
    saas: { title: 'Caissette', more: 0, days: 3 },
  },
  anyItem: bouilloire,
  words: {
    done: 'Un nouveau couvercle est parti mardi, et vous pouvez garder l’ancien.',
    said: 'Le couvercle n’a *jamais* fermé et ça goutte.\nJe me suis <brûlé> la main deux fois.',
    notYet: 'Le nouveau couvercle est le même que l’ancien.',
    note: 'Je suis en congé dès jeudi. Le mieux est d’appeler après 17h.',
    tried: ['question par mail, réponse le jour même', 'Nora a appelé, personne n’a décroché'],
  },
  visit: { place: '7 montée du Moulin, 69005 Lyon', bring: 'l’eau coupée au robinet d’arrêt' },
  promised: {
    call: 'Dans la semaine, quelqu’un du cours vous appelle.',
    visit: 'Le premier mois, nous passons une fois tout régler avec vous.',
    answer: 'Le couvercle va-t-il au lave-vaisselle ?',
    resolve: 'Vous recevez un nouveau couvercle, et vous pouvez garder l’ancien.',
  },
  meanwhile: {
    reason: 'La pièce vient de Milan et reste bloquée à la douane.',
    wish: 'N’importe quel jour après 16h, ou samedi.',
    lines: [
      'Maïa Lindqvist : personne n’est venu mardi, appeler avant 16h',
      'Tom Abadie : régler le problème avant 17h30, déjà un échelon plus haut',
      'Inès Duarte : sans nouvelles depuis le vendredi 13 novembre, appeler aujourd’hui',
    ],
  },
};
