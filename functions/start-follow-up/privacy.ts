/** What a shop asks for somebody: to be forgotten, or to be told what is kept about them. Safe to do twice. */
import type { ForgetPorts, SalePorts } from '../adapters/ports.ts';
import { type Instant, saleIdOf } from '../core/ids.ts';
import { dataRequestDraft } from '../core/privacy/data-request.ts';
import type { PrivacyRequest } from '../core/privacy/request.ts';
import type { Sale } from '../core/sale.ts';
import { pageWords } from '../pages/words.ts';
import { personDigest } from '../steps/digests.ts';
import { forgetPerson, forgetShop, peopleOfSale, salesOfPeople } from '../steps/erase-person.ts';
import { findSale } from '../steps/load.ts';
import { makeOwed } from '../steps/make-owed.ts';
import { tellWorkflow } from '../steps/tell-workflow.ts';
import type { Applied } from './apply-event.ts';

type Ports = SalePorts & ForgetPorts;
type TellPerson = Extract<PrivacyRequest, { kind: 'tell-person' }>;

const emailsOf = ({ email }: { email?: string | undefined }) => (email === undefined ? [] : [email]);

/** The newest sale of theirs that is kept: the promise stands there, and its page shows all of them. */
const newestSale = async (ports: Ports, request: TellPerson): Promise<Sale | undefined> => {
  const named = await Promise.all(
    request.orders.map((order) => ports.sales.resolve(saleIdOf(request.source, order))),
  );
  const people = new Set(emailsOf(request).map((email) => personDigest(ports.ids, email)));
  for (const id of named) {
    const { person } = await peopleOfSale(ports, id);
    if (person !== undefined) people.add(person);
  }
  let newest: Sale | undefined;
  for (const id of new Set([...named, ...(await salesOfPeople(ports, [...people]))])) {
    const sale = (await findSale(ports, id))?.sale;
    if (sale === undefined || sale.isErased) continue;
    if (newest === undefined || sale.record.createdAt > newest.record.createdAt) newest = sale;
  }
  return newest;
};

const tellPerson = async (ports: Ports, request: TellPerson, now: Instant): Promise<Applied> => {
  const { config, contentDir } = ports.settings;
  const sale = await newestSale(ports, request);
  if (sale === undefined)
    return {
      kind: 'parked',
      reason: 'Somebody asks what is kept about them, and nothing is. A person answers within 30 days.',
    };
  const words = pageWords(sale.record.locale, contentDir).say('privacy.request.words');
  const asked = ports.ids.digest(`data-request ${request.source} ${request.eventId}`);
  const made = await makeOwed(ports, sale, dataRequestDraft(config, sale, words, asked, now), now);
  if ('refusal' in made)
    return { kind: 'parked', reason: `Somebody asks what is kept about them: ${made.refusal}.` };
  await tellWorkflow(ports, sale.id, now);
  return { kind: 'told' };
};

export const createPrivacy =
  (ports: Ports) =>
  async (request: PrivacyRequest, now: Instant): Promise<Applied> => {
    switch (request.kind) {
      case 'forget-person': {
        const sales = request.orders.map((order) => saleIdOf(request.source, order));
        const { source, eventId } = request;
        const asked = {
          sales,
          emails: emailsOf(request),
          by: 'shop',
          eventId: `${source}:${eventId}`,
        } as const;
        await forgetPerson(ports, asked, now);
        return { kind: 'told' };
      }
      case 'forget-shop':
        await forgetShop(ports, request, now);
        return { kind: 'told' };
      case 'tell-person':
        return tellPerson(ports, request, now);
    }
  };
