import { type SampleWorld, samplePerson } from './sample-shop.ts';

const kettle = { title: 'Larkspur pour-over kettle', more: 2, days: 6 };

export const english: SampleWorld = {
  locale: 'en',
  zone: 'Europe/London',
  site: 'https://care.hollins-and-rye.example',
  review: 'https://hollins-and-rye.example/reviews',
  shop: {
    name: 'Hollins & Rye',
    address: '14 Canal Row, Leeds LS1 4AB',
    website: 'https://hollins-and-rye.example',
  },
  rep: samplePerson('Nora Whitlock', 'Nora', '0113 496 0123', 'hollins-and-rye.example', 'kitchen counter'),
  manager: samplePerson('Sam Okafor', 'Sam', '0113 496 0145', 'hollins-and-rye.example'),
  head: samplePerson('Ruth Hollins', 'Ruth', '0113 496 0100', 'hollins-and-rye.example'),
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
