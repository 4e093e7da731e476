import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { registerShow } from '../../../bin/commands/show.ts';
import { cliConfig } from './cli-config.ts';
import { runCommand } from './run-command.ts';

const SALE = {
  sale: {
    id: 'shopify/1001',
    source: 'shopify',
    orderId: '1001',
    status: 'open',
    outcome: 'unhappy',
    journey: 'goods',
    item: 'Oak stool',
    owner: 'lena',
    zone: 'Europe/Berlin',
    zoneFrom: 'phone',
    checkIn: { at: '2026-10-23T08:11:00.000Z', because: '4 days after it was delivered' },
  },
  journal: [{ at: '2026-10-19T08:12:00.000Z', type: 'ordered' }],
  story: [
    { at: '2026-10-19T08:12:00.000Z', what: 'The shop announced order #1001.' },
    {
      at: '2026-10-26T09:30:00.000Z',
      what: 'Lena Alder owes the customer an answer to put it right, by 2026-10-26T14:30:00.000Z.',
    },
  ],
  promises: [
    {
      id: 'resolve-1',
      kind: 'resolve',
      status: 'taken',
      level: 1,
      strikes: 1,
      owner: 'omar',
      dueAt: '2026-10-27T10:00:00.000Z',
    },
    {
      id: 'call-1',
      kind: 'call',
      status: 'kept',
      level: 0,
      strikes: 0,
      owner: 'lena',
      dueAt: '2026-10-27T10:00:00.000Z',
      closedAt: '2026-10-26T12:00:00.000Z',
    },
  ],
  touches: [
    {
      message: 'check-in',
      state: 'sent',
      at: '2026-10-23T08:11:00.000Z',
      why: {
        rule: 'in-hours',
        inputs: { zone: 'Europe/Berlin', zoneFrom: 'phone', window: '09:30-16:30', signer: 'lena' },
      },
    },
    {
      message: 'reminder',
      state: 'dropped',
      at: '2026-10-27T08:11:00.000Z',
      because: 'the customer has answered',
    },
    {
      message: 'review-ask',
      state: 'put-off',
      at: '2026-11-03T09:00:00.000Z',
      because: '8 days after the check-in, when nothing is owed any more',
      why: {
        rule: 'days-between',
        inputs: {
          daysBetween: 7,
          last: '2026-10-27T09:00:00.000Z',
          message: 'check-in',
          sale: 'shopify/1002',
          until: '2026-11-03T09:00:00.000Z',
        },
      },
    },
  ],
  executions: [
    {
      machine: 'FollowUp',
      name: 's-1',
      status: 'RUNNING',
      state: 'Promise to put it right',
      transitions: 3,
    },
  ],
};

const serving = async (status: number, body: string) => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The stub listens on no port');
  return { url: `http://127.0.0.1:${address.port}`, asked };
};

const show = (sale: string, ...flags: string[]) =>
  runCommand(registerShow, cliConfig, ['show', sale, ...flags]);

describe('A sale', () => {
  it('is told in words', async () => {
    const { url } = await serving(200, JSON.stringify(SALE));

    const { out, err, exitCode } = await show('shopify/1001', '--url', url);

    expect({ err, exitCode }).toEqual({ err: '', exitCode: 0 });
    expect(out).toMatchInlineSnapshot(`
      "Oak stool (shopify/1001)

        Status     open
        Customer   unhappy
        Journey    goods
        Owner      Lena Alder
        Clock      their zone Europe/Berlin (from the phone number)
        Check-in   Fri 23 Oct 2026 10:11 CEST, 4 days after it was delivered

      Story (times in Europe/Zurich)
        Mon 19 Oct 2026 10:12 CEST  The shop announced order #1001.
        Mon 26 Oct 2026 10:30 CET   Lena Alder owes the customer an answer to put it right, by Mon 26 Oct
                                    2026 15:30 CET.

      Why they got it, or not
        check-in    sent Fri 23 Oct 2026 10:11 CEST (their zone Europe/Berlin (from the phone number),
                    window 09:30-16:30, Lena Alder at work)
        reminder    not sent, Tue 27 Oct 2026 09:11 CET: the customer has answered
        review-ask  waits until Tue 03 Nov 2026 10:00 CET, because they got the check-in about
                    shopify/1002 on Tue 27 Oct 2026 10:00 CET, and 7 days lie between two questions

      Owed to the customer
        resolve-1  taken, Omar Finch (manager), 1 strike, due Tue 27 Oct 2026 11:00 CET
        call-1     kept, Lena Alder (rep), closed Mon 26 Oct 2026 13:00 CET

      Executions
        FollowUp  running in “Promise to put it right”, 3 transitions"
    `);
  });

  it('without a story is told by its journal', async () => {
    const { story: _, ...rest } = SALE;
    const { url } = await serving(200, JSON.stringify(rest));

    const { out } = await show('shopify/1001', '--url', url);

    expect(out).toContain('Mon 19 Oct 2026 10:12 CEST  ordered');
  });

  it('is asked for by its encoded name, and told to programs as it came', async () => {
    const { url, asked } = await serving(200, JSON.stringify(SALE));

    const { out } = await show('shopify/#10/01', '--url', url, '--json');

    expect(asked).toEqual(['/_local/sales/shopify/%2310%2F01']);
    expect(JSON.parse(out)).toEqual(SALE);
  });
});

describe('A mistake', () => {
  it('nothing runs: says how to start it', async () => {
    const { err, exitCode } = await show('shopify/1001', '--url', 'http://127.0.0.1:9');

    expect(exitCode).toBe(1);
    expect(err).toContain('Nothing answers at http://127.0.0.1:9. Start Aftercare with `npm start`');
  });

  it('a sale that is not there', async () => {
    const { url } = await serving(404, '{"error":"There is no sale 7 from shopify."}');

    const { err, exitCode } = await show('shopify/7', '--url', url);

    expect(exitCode).toBe(1);
    expect(err).toContain(`There is no sale shopify/7 at ${url}.`);
  });

  it.each([
    [200, '<h1>Hello</h1>'],
    [404, 'Not here'],
    [200, '{"ready":true}'],
    [503, '{"error":"The runtime is still starting."}'],
  ])('something else runs there: %i %s', async (status, body) => {
    const { url } = await serving(status, body);

    const { err, exitCode } = await show('shopify/7', '--url', url);

    expect(exitCode).toBe(1);
    expect(err).toContain(`is not a running Aftercare, or not this version of it (it answered ${status}`);
  });

  it.each([
    [['1001'], 'Write its source and order id, like shopify/1001'],
    [['shopify/'], 'Write its source and order id'],
    [['shopify/1', '--url', 'nowhere'], '--url nowhere is no address'],
    [['shopify/1', '--aws', '--url', 'http://localhost:1'], 'Give one of them'],
    [['shopify/1', '--stack', 'Second'], 'Add --aws to act on it'],
    [['1001', '--aws'], 'Write its source and order id'],
    [[], "missing required argument 'source/order'"],
  ])('%j is answered with what can be written', async (args, message) => {
    const { err, exitCode } = await runCommand(registerShow, cliConfig, ['show', ...args]);

    expect(exitCode).toBe(2);
    expect(err).toContain(message);
  });
});
