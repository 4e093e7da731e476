/** The calls of the one-machine contract (docs: GET and POST under /_local). */

const explain = async (response) => {
  const text = await response.text();
  try {
    return JSON.parse(text).error ?? text;
  } catch {
    return text;
  }
};

const call = async (path, options) => {
  const response = await fetch(path, options);
  if (!response.ok) throw new Error((await explain(response)) || `${path} answered ${response.status}`);
  const text = await response.text();
  return text === '' ? {} : JSON.parse(text);
};

const post = (path, body) =>
  call(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

const salePath = ({ source, orderId }) => `${encodeURIComponent(source)}/${encodeURIComponent(orderId)}`;

export const api = {
  health: () => call('/_local/health'),
  emails: () => call('/_local/emails'),
  sales: () => call('/_local/sales'),
  sale: (sale) => call(`/_local/sales/${salePath(sale)}`),
  meter: () => call('/_local/meter'),
  pages: () => call('/_local/pages'),
  pauses: () => call('/_local/pauses'),
  alarms: () => call('/_local/alarms'),
  dashboards: () => call('/_local/dashboards'),
  dashboard: (name, range) => call(`/_local/dashboards/${encodeURIComponent(name)}?range=${range}`),
  /** A whole mail arrives, as if by the mail service. */
  receiveMail: (mime) =>
    call('/_local/emails', { method: 'POST', headers: { 'content-type': 'message/rfc822' }, body: mime }),
  moveClock: (move) => post('/_local/clock', move),
  placeOrder: (order) => post('/_local/console/orders', order),
  tellShopEvent: (event) => post('/_local/console/events', event),
};
