/** Made-up sales: who buys what. All of a sale can be told from its order id, so that nothing has to be remembered. */

/** The journeys of the sample configuration that can be bought from the console. */
export const SAMPLE_JOURNEYS = ['goods', 'service', 'class', 'saas'] as const;
export type SampleJourney = (typeof SAMPLE_JOURNEYS)[number];

export type SampleLine = { title: string; sku: string; quantity: number; cents: number };

export type SamplePerson = {
  firstName: string;
  lastName: string;
  email: string;
  phone: string;
  locale: string;
  country: string;
  city: string;
};

export type SampleSale = {
  /** 14 digits: the instant in epoch milliseconds and which journey. */
  serial: string;
  /** Epoch milliseconds. */
  placedAt: number;
  journey: SampleJourney;
  person: SamplePerson;
  lines: readonly SampleLine[];
  /** As the customer knows it, without the #. */
  number: string;
  totalCents: number;
};

/* Names under example domains, numbers from the ranges that regulators keep for fiction. */
const PEOPLE: readonly SamplePerson[] = [
  {
    firstName: 'Ines',
    lastName: 'Falkner',
    email: 'ines.falkner@example.com',
    phone: '+44 20 7946 0117',
    locale: 'en-GB',
    country: 'GB',
    city: 'London',
  },
  {
    firstName: 'Tomas',
    lastName: 'Reyes',
    email: 'tomas.reyes@example.org',
    phone: '+1 202 555 0143',
    locale: 'en-US',
    country: 'US',
    city: 'Portland',
  },
  {
    firstName: 'Hanna',
    lastName: 'Brandt',
    email: 'hanna.brandt@example.net',
    phone: '+49 30 23125 014',
    locale: 'de-DE',
    country: 'DE',
    city: 'Berlin',
  },
  {
    firstName: 'Amara',
    lastName: 'Nwosu',
    email: 'amara.nwosu@example.com',
    phone: '+44 161 496 0152',
    locale: 'en-GB',
    country: 'GB',
    city: 'Manchester',
  },
  {
    firstName: 'Jonas',
    lastName: 'Lind',
    email: 'jonas.lind@example.org',
    phone: '+1 202 555 0178',
    locale: 'en',
    country: 'US',
    city: 'Duluth',
  },
];

const PRODUCTS: Record<SampleJourney, readonly (readonly SampleLine[])[]> = {
  goods: [
    [
      { title: 'Linen apron, long', sku: 'APRON-L', quantity: 1, cents: 6400 },
      { title: 'Beeswax, 200 g', sku: 'WAX-200', quantity: 2, cents: 1250 },
    ],
    [{ title: 'Cast-iron casserole, 4 litres', sku: 'CAST-4L', quantity: 1, cents: 18_900 }],
    [{ title: 'Reading lamp Halm', sku: 'HALM-1', quantity: 1, cents: 12_400 }],
  ],
  service: [
    [{ title: 'Boiler check at your home', sku: 'BOILER-CHECK', quantity: 1, cents: 22_000 }],
    [{ title: 'Parquet sanded and oiled, two rooms', sku: 'FLOOR-2', quantity: 1, cents: 94_000 }],
  ],
  class: [
    [{ title: 'Bookbinding for beginners, one Saturday', sku: 'BIND-1', quantity: 1, cents: 14_500 }],
    [{ title: 'Puppy class, six evenings', sku: 'PUPPY-6', quantity: 1, cents: 21_000 }],
  ],
  saas: [
    [{ title: 'Rota planner, team plan', sku: 'ROTA-TEAM', quantity: 1, cents: 3900 }],
    [{ title: 'Stock book, yearly', sku: 'STOCK-Y', quantity: 1, cents: 18_000 }],
  ],
};

const pick = <T>(list: readonly T[], key: number): T => {
  const one = list[key % list.length];
  if (one === undefined) throw new RangeError('Nothing to pick from');
  return one;
};

const SERIAL = /(?<placedAt>\d{13})(?<journey>\d)$/;

const saleOf = (placedAt: number, index: number): SampleSale => {
  const journey = pick(SAMPLE_JOURNEYS, index);
  /* Even a clock that stands still between two orders, as it does while it is moved, gives different people. */
  const lines = pick(PRODUCTS[journey], placedAt);
  return {
    serial: `${placedAt}${index}`,
    placedAt,
    journey,
    person: pick(PEOPLE, placedAt),
    lines,
    number: String(placedAt).slice(-6),
    totalCents: lines.reduce((sum, line) => sum + line.cents * line.quantity, 0),
  };
};

/** `placedAt`: epoch milliseconds, never the same twice. */
export const newSampleSale = (journey: SampleJourney, placedAt: number): SampleSale =>
  saleOf(placedAt, SAMPLE_JOURNEYS.indexOf(journey));

/** The sale an order id belongs to; undefined for an order that was not made here. */
export const sampleSaleOf = (orderId: string): SampleSale | undefined => {
  const { placedAt, journey } = SERIAL.exec(orderId)?.groups ?? {};
  const index = Number(journey);
  return placedAt === undefined || index >= SAMPLE_JOURNEYS.length
    ? undefined
    : saleOf(Number(placedAt), index);
};

export const nameOf = ({ firstName, lastName }: SamplePerson): string => `${firstName} ${lastName}`;

/** `129.90` from 12990. */
export const majorUnits = (cents: number): string =>
  `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
