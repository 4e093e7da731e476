import { type MergeData, type MessageName, variantsOf } from './catalog.ts';
import { formatDay, formatInstant } from './format.ts';
import { PromiseKind } from './merge-data.ts';
import { customerSamples } from './sample-promises.ts';
import { staffSamples } from './sample-staff.ts';
import { ASKED, CLOSES, DUE } from './sample-times.ts';
import { sampleWorld } from './sample-world.ts';

type Samples = { [N in MessageName]: MergeData<N> };

const samplesFor = (locale: string, variant: string): Samples => {
  const world = sampleWorld(locale);
  const { shop, rep, manager, customer, words } = world;
  const item = world.items[variant] ?? world.items['goods'] ?? world.anyItem;
  const kind = PromiseKind.safeParse(variant).data ?? 'resolve';
  const at = formatInstant(world.locale, world.zone);
  const day = formatDay(world.locale, world.zone);

  const page = { page: `${world.site}/s/5rw9c3kz7q` };
  const links = { form: `${world.site}/r/3kq7m2pt9w`, ...page, stop: `${world.site}/u/8hd4n6xv1c` };
  const greeted = { firstName: customer.firstName, name: customer.name };
  const ask = { shop, signer: rep, customer: greeted, item, links };
  const { form: _, ...pageAndStop } = links;
  const after = { shop, signer: rep, customer: greeted, item, subject: null, links: pageAndStop };
  const kept = {
    shop,
    owner: rep,
    customer: greeted,
    item,
    promise: { dueText: at(DUE), done: words.done, closesText: at(CLOSES) },
    links: page,
  };
  const theirs = { shop, owner: rep, customer: greeted, item, links: page };
  const about = {
    shop,
    owner: rep,
    customer,
    item,
    story: {
      order: '1001',
      boughtText: day('2026-11-08T10:00:00.000Z'),
      said: words.said,
      rating: 2,
      wish: 'fix',
      tried: words.tried.map((line) => `${day(ASKED)}: ${line}`),
    },
    links: { task: `${world.site}/p/2vb8f5yj4n` },
  } satisfies Partial<MergeData<'staff-promise'>>;
  const promised = {
    ...about,
    manager,
    promise: { kind, dueText: at(DUE), level: 0, strikes: 0 },
  } satisfies MergeData<'staff-promise'>;
  const oneUp = {
    ...promised,
    owner: manager,
    manager: world.head,
    promise: { ...promised.promise, level: 1, strikes: 1 },
  } satisfies MergeData<'staff-promise'>;

  return {
    'check-in': ask,
    reminder: { ...ask, asked: { dayText: day(ASKED) }, mayCall: true },
    'review-ask': { ...ask, links: { ...page, review: world.review, stop: links.stop } },
    'thank-you': after,
    'made-it-great': after,
    'we-are-on-it': {
      shop,
      owner: rep,
      manager,
      customer: greeted,
      promise: { contact: 'call', dueText: at(DUE) },
      links: page,
    },
    'was-it-put-right': kept,
    'was-it-put-right-again': { ...kept, asked: { dayText: day(ASKED) } },
    told: { ...theirs, theirs: words.done },
    answer: { ...theirs, theirs: words.done, subject: null, promise: { closesText: at(CLOSES) } },
    'staff-promise': promised,
    'staff-promise-escalated': { ...oneUp, before: { name: rep.name, dueText: at(ASKED) } },
    'staff-promise-back': {
      ...oneUp,
      before: { name: rep.name, done: words.done },
      notYet: words.notYet,
    },
    'staff-handed-over': { ...promised, before: { name: manager.name }, note: words.note },
    'staff-unclear-send': { ...about, mail: { subject: item.title, atText: at(ASKED) } },
    'staff-cannot-write': { ...about, reason: 'missing-data', missing: ['signer.phone'] },
    ...customerSamples(world, kind, { shop, owner: rep, customer: greeted, item, links: page }),
    ...staffSamples(world, promised, oneUp),
  };
};

/** Made-up merge data good enough to look at: for `preview`, and for the test that holds every message to the rules. */
export const sampleData = <N extends MessageName>(
  name: N,
  variant: string | undefined,
  locale: string,
): Samples[N] => samplesFor(locale, variant ?? variantsOf(name)[0] ?? 'goods')[name];
