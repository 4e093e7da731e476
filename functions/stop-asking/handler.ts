import type { SalePorts } from '../adapters/ports.ts';
import { ASKING, type MessageClass } from '../core/person/standing.ts';
import { stoppedClasses } from '../core/person/stops.ts';
import type { Sale } from '../core/sale.ts';
import { createPage, type Page, type Visit } from '../middleware/page.ts';
import { STAMP } from '../pages/sealed-forms.ts';
import { type Stopped, type StopView, stop, stopDone, stopStays, stopUndone } from '../pages/stop.ts';
import { signerOf } from '../steps/compose.ts';
import { stopPerson, takeBackStop } from '../steps/stop-person.ts';

/** As the header promises it, or without a body; every page of ours carries its stamp. */
const isOneClick = (form: URLSearchParams): boolean =>
  !form.has(STAMP) && !form.has('stop') && !form.has('undo');

const CLASSES: Record<Stopped, readonly MessageClass[]> = { asking: ASKING, review: ['review'] };

const choiceIn = (form: URLSearchParams): Stopped => (form.get('stop') === 'review' ? 'review' : 'asking');

/** What the journal says is stopped already. */
const stoppedOf = ({ journal }: Sale): Stopped | undefined => {
  const classes = stoppedClasses(journal);
  if (classes.has('check-in')) return 'asking';
  return classes.has('review') ? 'review' : undefined;
};

/**
 * RFC 8058: the POST acts at once, needs no cookie, and answers 200 even for a link that is long gone; GET shows the
 * choice. It reaches every sale of the person. What is owed to the customer stays owed.
 */
export const createHandler = (ports: SalePorts) => {
  const { settings } = ports;
  const shopName = settings.config.shop.name;
  const viewOf = ({ words, token }: Visit, isAgain = false): StopView => ({
    words,
    shopName,
    action: `/u/${token}`,
    isAgain,
  });

  const stopNow = async (visit: Visit, form: URLSearchParams): Promise<Page> => {
    const { sale, now, agent, site } = visit;
    /* A page of before the choice sent what mail programs send. */
    const isPage = !isOneClick(form) || site === 'same-origin';
    const method = isPage ? 'page' : 'one-click';
    const choice = choiceIn(form);
    const evidence = agent === undefined ? {} : { evidence: agent };
    await stopPerson(ports, sale, {
      suppressed: CLASSES[choice],
      suppression: { since: now, because: 'asked', method, ...evidence, saleId: sale.id },
      method,
      agent,
      now,
    });
    return { html: stopDone(viewOf(visit), choice) };
  };

  const undo = async (visit: Visit): Promise<Page> => {
    const { sale, now, words } = visit;
    const isBack = await takeBackStop(ports, sale, now);
    const { phone } = signerOf(settings, sale, now);
    return { html: isBack ? stopUndone({ words, shopName }) : stopStays({ words, shopName, phone }) };
  };

  const show = (visit: Visit, isAgain = false): Page => {
    const stopped = stoppedOf(visit.sale);
    /* Whoever has stopped the reviews alone may still stop the rest. */
    const isAll = stopped === 'asking';
    return { html: isAll ? stopDone(viewOf(visit, isAgain), stopped) : stop(viewOf(visit, isAgain)) };
  };

  return createPage(ports, {
    audience: 'customer',
    get: (visit) => show(visit),
    post: (visit, form) => (form.get('undo') === '1' ? undo(visit) : stopNow(visit, form)),
    inDoubt: 'stop',
    isAlwaysHeard: isOneClick,
    pressAgain: (visit) => show(visit, true),
    lost: () => ({ status: 200, html: '' }),
  });
};
