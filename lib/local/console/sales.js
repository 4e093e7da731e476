/** Sales: where each stands, its story, what is owed, and what else the shop could tell about it. */
import { api } from './api.js';
import { announce, byId, element, fill, shortTime } from './dom.js';
import { isWorthTelling, promiseWords, standing, tell, toneOf } from './story.js';

export const saleKey = ({ source, orderId }) =>
  `${encodeURIComponent(source)}/${encodeURIComponent(orderId)}`;

const emptySales = () =>
  element(
    'div',
    { class: 'empty' },
    element('h2', {}, 'No sales yet'),
    element(
      'p',
      {},
      'Each sale that a shop announces appears here, once, with everything that was promised and said. Place a sample order to see one.',
    ),
  );

const saleLink = (sale, openKey) =>
  element(
    'li',
    {},
    element(
      'a',
      {
        href: `#sale/${saleKey(sale)}`,
        id: `sale-${saleKey(sale)}`,
        'aria-current': saleKey(sale) === openKey ? 'true' : undefined,
      },
      element('span', { class: 'line' }, element('strong', {}, sale.item || `Order ${sale.orderId}`)),
      element(
        'span',
        { class: 'line small' },
        `${sale.source} ${sale.orderId}${sale.journey ? `, ${sale.journey}` : ''}`,
      ),
      element(
        'span',
        { class: 'line' },
        element('span', { class: 'badge' }, standing(sale)),
        element('time', { class: 'small', datetime: sale.startedAt }, shortTime(sale.startedAt)),
      ),
    ),
  );

export const showSales = (sales, openKey) => {
  byId('sale-count').textContent = String(sales.length);
  if (sales.length === 0) {
    fill(byId('sale-list'), emptySales());
    return;
  }
  fill(
    byId('sale-list'),
    element('ul', { class: 'list' }, ...sales.toReversed().map((sale) => saleLink(sale, openKey))),
  );
};

const EVENTS = [
  ['delivered', 'It was delivered', 'The shop said that it was delivered.'],
  ['refunded', 'It was refunded', 'The shop said that it was refunded: no question goes out any more.'],
  ['cancelled', 'It was cancelled', 'The shop said that it was cancelled: no question goes out any more.'],
];

const eventButtons = ({ source, orderId }, console) =>
  element(
    'div',
    { class: 'buttons', role: 'group', 'aria-label': 'The shop says' },
    ...EVENTS.map(([type, label, said]) =>
      element(
        'button',
        {
          type: 'button',
          id: `event-${type}`,
          onclick: () =>
            console.run(async () => {
              await api.tellShopEvent({ source, orderId, type });
              announce(said);
            }),
        },
        label,
      ),
    ),
  );

const storyOf = (journal) =>
  element(
    'ol',
    { class: 'story' },
    ...journal
      .filter(isWorthTelling)
      .map((entry) =>
        element(
          'li',
          { class: toneOf(entry) },
          element('time', { datetime: entry.at }, shortTime(entry.at)),
          tell(entry),
        ),
      ),
  );

const promiseItem = (promise) => {
  const { what, status, rest } = promiseWords(promise);
  return element(
    'li',
    {},
    element('strong', {}, what),
    ' ',
    element('span', { class: 'badge' }, status),
    element('span', { class: 'line small' }, rest),
  );
};

const executionRow = ({ machine, status, state, transitions }) =>
  element(
    'tr',
    {},
    element('th', { scope: 'row' }, machine),
    element('td', {}, String(status ?? '').toLowerCase()),
    element('td', {}, state ?? ''),
    element('td', { class: 'number' }, String(transitions ?? '')),
  );

const executionTable = (executions) =>
  element(
    'div',
    { class: 'wide', tabindex: '0', role: 'region', 'aria-label': 'State machines' },
    element(
      'table',
      {},
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          ...['Machine', 'Status', 'Waits at', 'Steps'].map((name) => element('th', { scope: 'col' }, name)),
        ),
      ),
      element('tbody', {}, ...executions.map(executionRow)),
    ),
  );

const part = (title, ...content) => [element('h3', {}, title), ...content];

export const showSale = (listed, detail, console) => {
  const parent = byId('sale');
  if (!(listed && detail)) {
    fill(parent, element('p', { class: 'hint' }, 'Choose a sale to read its story.'));
    parent.hidden = byId('sale-list').querySelector('.empty') !== null;
    return;
  }
  const { sale = {}, journal = [], promises = [], executions = [] } = detail;
  parent.hidden = false;
  fill(
    parent,
    element('h2', {}, listed.item || `Order ${listed.orderId}`),
    element(
      'p',
      { class: 'hint' },
      `${listed.source} ${listed.orderId}, journey ${sale.journey ?? listed.journey ?? 'not chosen'}, `,
      element('span', { class: 'badge' }, standing({ ...listed, ...sale })),
    ),
    ...part(
      'What is owed',
      promises.length === 0
        ? element('p', {}, 'Nothing, so far.')
        : element('ul', { class: 'promises' }, ...promises.map(promiseItem)),
    ),
    ...part('The story', journal.length === 0 ? element('p', {}, 'Nothing yet.') : storyOf(journal)),
    ...part('What else the shop could say', eventButtons(listed, console)),
    ...(executions.length === 0 ? [] : part('Under the bonnet', executionTable(executions))),
  );
};
