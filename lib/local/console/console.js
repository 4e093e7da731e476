/** The console: asks the runtime every two seconds while somebody looks, and draws only what has changed. */
import { alarmLink } from './alarms.js';
import { api } from './api.js';
import { keepContact } from './contact.js';
import { announce, byId, fill, longTime } from './dom.js';
import { showGuide } from './guide.js';
import { showMail, showMails } from './mailbox.js';
import { showMeter } from './meter.js';
import { showPages } from './pages.js';
import { showPauses } from './pauses.js';
import { saleKey, showSale, showSales } from './sales.js';
import { nodeOf } from './shape.js';
import { setUpTryIt } from './try-it.js';

const EVERY = 2000;
const DASHBOARDS = '/_local/console/dashboards';

const state = { now: new Date().toISOString(), emails: [], sales: [], detail: undefined, hasAnswered: false };
const drawn = new Map();

/** Draws a part anew only if what it shows is not what it showed. */
const draw = (name, value, paint) => {
  const text = JSON.stringify(value) ?? '';
  if (drawn.get(name) === text) return;
  drawn.set(name, text);
  paint();
};

/** `#mail/<id>` and `#sale/<source>/<order id>` open one; `#sales` and everything else show the lists. */
const route = () => {
  const [kind, ...rest] = location.hash.slice(1).split('/');
  return {
    isSales: kind === 'sales' || kind === 'sale',
    mailId: kind === 'mail' ? decodeURIComponent(rest.join('/')) : '',
    key: kind === 'sale' ? rest.join('/') : '',
  };
};

const openSale = () => state.sales.find((sale) => saleKey(sale) === route().key);
const openMail = () => state.emails.find(({ id }) => String(id) === route().mailId);

const paint = () => {
  const { isSales, mailId, key } = route();
  byId('now').textContent = longTime(state.now);
  byId('now').dateTime = state.now;
  byId('mailbox').hidden = isSales;
  byId('sales').hidden = !isSales;
  byId('to-mailbox').setAttribute('aria-current', String(!isSales));
  byId('to-sales').setAttribute('aria-current', String(isSales));
  draw('guide', [state.sales, state.emails.length, state.hasAnswered], () => showGuide(byId('guide'), state));
  draw('mails', [state.emails, mailId], () => showMails(state.emails, mailId));
  draw('mail', openMail() ?? [state.emails.length === 0], () => showMail(openMail(), actions));
  draw('sales', [state.sales, key], () => showSales(state.sales, key));
  draw('sale', [openSale() ?? state.sales.length === 0, state.detail], () =>
    showSale(openSale(), state.detail, actions),
  );
};

const load = async () => {
  const [{ now }, emails, sales, meter, pages, pauses, alarms] = await Promise.all([
    api.health(),
    api.emails(),
    api.sales(),
    api.meter(),
    api.pages(),
    api.pauses().catch(() => []),
    // Mails and sales are shown even where nobody can tell the alarms.
    api.alarms().catch(() => []),
  ]);
  Object.assign(state, { now, emails, sales });
  const open = openSale();
  state.detail = open ? await api.sale(open) : undefined;
  state.hasAnswered ||= state.detail?.journal?.some(({ type }) => type === 'replied') ?? false;
  draw('meter', meter, () => showMeter(byId('meter'), meter));
  draw('pauses', pauses, () => showPauses(pauses));
  draw('pages', pages, () => showPages(pages));
  draw('alarms', alarms, () => fill(byId('alarms'), nodeOf(alarmLink(alarms, DASHBOARDS))));
};

const refresh = async () => {
  await keepContact(load);
  paint();
};

const actions = {
  now: () => state.now,
  /** Runs what a button does, shows what came of it at once, and says so when it failed. */
  run: async (action) => {
    document.body.setAttribute('aria-busy', 'true');
    try {
      await action();
      await refresh();
    } catch (error) {
      announce(`That did not work: ${error.message}`);
    } finally {
      document.body.removeAttribute('aria-busy');
    }
  },
};

const moveTo = async () => {
  await refresh();
  const { isSales, mailId, key } = route();
  if (mailId || key) byId(isSales ? 'sale' : 'mail').focus();
};

setUpTryIt(actions);
globalThis.addEventListener('hashchange', () => void moveTo());
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) void refresh();
});
setInterval(() => {
  if (!document.hidden && !document.body.hasAttribute('aria-busy')) void refresh();
}, EVERY);
await refresh();
