import { type SampleWorld, samplePerson } from './sample-shop.ts';

const kettle = { title: 'Hervidor Alondra', more: 2, days: 6 };

export const spanish: SampleWorld = {
  locale: 'es',
  zone: 'Europe/Madrid',
  site: 'https://cuidados.olmo-y-centeno.example',
  review: 'https://olmo-y-centeno.example/voces',
  shop: {
    name: 'Olmo y Centeno',
    address: 'Calle del Canal 14, 28012 Madrid',
    website: 'https://olmo-y-centeno.example',
  },
  rep: samplePerson('Nora Blanco', 'Nora', '910 496 123', 'olmo-y-centeno.example', 'cocina'),
  manager: samplePerson('Samir Okoye', 'Samir', '910 496 145', 'olmo-y-centeno.example'),
  head: samplePerson('Rut Olmo', 'Rut', '910 496 100', 'olmo-y-centeno.example'),
  customer: {
    firstName: 'Maya',
    name: 'Maya Linares',
    phone: '910 496 321',
    email: 'maya@linares.example',
  },
  items: {
    goods: kettle,
    service: { title: 'Grifo nuevo en la cocina', more: 0, days: 2 },
    class: { title: 'Pan desde cero', more: 0, days: 2 },
    saas: { title: 'Libro de caja', more: 0, days: 3 },
  },
  anyItem: kettle,
  words: {
    done: 'El martes salió una tapa nueva, y puede quedarse con la vieja.',
    said: 'La tapa *nunca* ha encajado bien y gotea.\nMe he <quemado> la mano dos veces.',
    notYet: 'La tapa nueva es igual que la vieja.',
    note: 'Desde el jueves no estoy. Mejor llamar después de las cinco.',
    tried: ['preguntamos por correo, contestó el mismo día', 'Nora llamó, no contestó nadie'],
  },
  visit: { place: 'Calle del Molino 7, 28005 Madrid', bring: 'la llave de paso del agua cerrada' },
  promised: {
    call: 'En la semana siguiente a su pedido le llama alguien del curso.',
    visit: 'El primer mes vamos una vez y lo dejamos montado con usted.',
    answer: '¿Puede ir la tapa al lavavajillas?',
    resolve: 'Le mandamos una tapa nueva, y no hace falta que devuelva la vieja.',
  },
  meanwhile: {
    reason: 'La pieza viene de Milán y está parada en la aduana.',
    wish: 'Cualquier día después de las cuatro, o el sábado.',
    lines: [
      'Maya Linares: el martes no fue nadie, llamar antes de las 16:00',
      'Tomás Abad: arreglarlo antes de las 17:30, ya ha subido un nivel',
      'Inés Duarte: sin noticias desde el viernes 13 de noviembre, llamar hoy',
    ],
  },
};
