import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cliConfig } from './cli-config.ts';
import {
  importFile,
  importOrders,
  NOW,
  NOWHERE,
  reportOf,
  stillMachine,
  webhookStub,
} from './import-stub.ts';

const HEADER =
  'order id,placed at,email,first name,phone,product,type,quantity,total,currency,delivered at,status';
const sheet = (...rows: string[]) => importFile('orders.csv', [HEADER, ...rows].join('\n'));
const plan = (file: string, ...flags: string[]) => importOrders(file, [...NOWHERE, ...flags]);

describe('A dry run', () => {
  it('tells what would be sent, when its customers would be asked, and why the rest is left out', async () => {
    const file = sheet(
      '1001,2031-02-24,lea@example.org,Lea,,Oak stool,furniture,1,129.90,CHF,2031-02-27,paid',
      '1001,,,,,Wax,,2,,,,',
      '1002,2031-02-03,jo@example.org,Jo,,Bench,,1,80,CHF,,paid',
      '1003,2031-02-03,,Kim,+41 79 555 04 04,Gutter cleaning,service,1,300,CHF,,paid',
      '1004,2030-11-03,old@example.org,Old,,Bench,,1,80,CHF,,paid',
      '1005,2031-02-30,x@example.org,X,,Bench,,1,80,CHF,,paid',
      '1006,2031-02-20,x@example.org,X,,,,1,80,CHF,,paid',
      '1007,2031-02-20,x@example.org,X,,Bench,,1,80,CHF,,Refunded',
      ',2031-02-20,x@example.org,X,,Bench,,1,80,CHF,,paid',
      '1008,2031-02-20,nobody,X,call me,Bench,,1,80,CHF,,paid',
      '1002,2031-02-03,jo@example.org,Jo,,Bench,,1,80,CHF,,paid',
    );

    const { out, err, exitCode } = await plan(file);

    expect({ err, exitCode }).toEqual({ err: '', exitCode: 0 });
    expect(out).toMatchInlineSnapshot(`
      "orders.csv: separated by commas, utf-8.

      To be sent: 3 orders to web at http://HERE
        2  goods
        1  service
        1 without an address we can write to: nobody is mailed, somebody is asked to call.

      Check-ins that would go out, on the clock of Europe/Zurich, if all were sent now:
        2  Mon 03 Mar 2031

      Skipped: 7
        1  too old (line 6)
        1  bad date (line 7)
        1  no product (line 8)
        1  cancelled or refunded (line 9)
        1  no order id (line 10)
        1  nobody to reach (line 11)
        1  twice in the file (line 12)

      Nothing was sent. With --send, all 3 would be, which takes about 1 s. Each order stands in orders.csv.report.csv."
    `);
    expect(reportOf(file)).toMatchInlineSnapshot(`
      [
        "2 3,1001,would be sent,,,goods,2031-03-03",
        "5,1003,would be sent,,no address: somebody is asked to call,service,2031-03-03",
        "6,1004,skipped,too old,119 days; at most 60 (--max-age),,",
        "7,1005,skipped,bad date,"placed at ""2031-02-30"" is no date, as 2026-11-03 or 2026-11-03 14:30 is one",,",
        "8,1006,skipped,no product,no row of it names a product,,",
        "9,1007,skipped,cancelled or refunded,Refunded,,",
        "10,,skipped,no order id,the cell of the order id is blank,,",
        "11,1008,skipped,nobody to reach,neither an address nor a phone number can be used,,",
        "12,1002,skipped,twice in the file,,,",
        "4,1002,would be sent,,,goods,2031-03-03",
      ]
    `);
    expect(existsSync(`${file}.progress`)).toBe(false);
  });

  it('counts from the clock of the Aftercare it would be sent to, and sends nothing there', async () => {
    const { url, told } = await webhookStub();
    const { ports } = stillMachine();
    const file = sheet('1,2031-03-02,lea@example.org,Lea,,Stool,,1,1,CHF,,');

    const { out } = await importOrders(file, ['--url', url], {
      ...ports,
      now: () => Date.parse('2026-01-01'),
    });

    expect(out).toContain('1  Thu 13 Mar 2031');
    expect(told).toEqual([]);
  });

  it('warns when more would be asked on a day than people can answer', async () => {
    const rows = Array.from(
      { length: 60 },
      (_, n) => `${n},2031-02-03,a${n}@example.org,A,,Stool,,1,1,CHF,,`,
    );

    const { out } = await plan(sheet(...rows));

    expect(out).toContain(
      '60 on one day bring many answers on one day, and 60 are due already. --limit 50 sends fifty',
    );
  });

  it('names three weeks of days one by one, and sums up those after them', async () => {
    const days = Array.from({ length: 44 }, (_, n) =>
      new Date(Date.UTC(2031, 0, 20 + n)).toISOString().slice(0, 10),
    );
    const rows = days.map((day, n) => `${n},2031-01-20,a@example.org,A,,Stool,,1,1,CHF,${day},`);
    const slow = {
      ...cliConfig.journeys.goods,
      checkIn: [
        { after: 'delivered', wait: { days: 45 } },
        { after: 'paid', wait: { days: 60 } },
      ],
    };
    const hours = { ...cliConfig.hours, customers: allWeek };
    const config = { ...cliConfig, hours, journeys: { ...cliConfig.journeys, goods: slow } };

    const { out } = await importOrders(sheet(...rows), NOWHERE, stillMachine().ports, config);

    expect(out.match(/^ +\d+ {2}[A-Z][a-z]{2} \d\d [A-Z][a-z]{2} 2031$/gm)).toHaveLength(21);
    expect(out).toMatch(/\n {2}and \d+ more until [A-Z][a-z]{2} \d\d Apr 2031\n/);
  });

  it('leaves out what comes by webhook anyway, and what is older than asked for', async () => {
    const file = sheet(
      '1,2031-02-28,a@example.org,A,,Stool,,1,1,CHF,,',
      '2,2031-02-27,b@example.org,B,,Stool,,1,1,CHF,,',
      '3,2031-02-10,c@example.org,C,,Stool,,1,1,CHF,,',
      '4,2031-02-10,d@example.org,D,,Stool,,1,1,CHF,2031-02-27,',
    );

    const { out } = await plan(file, '--before', '2031-02-28', '--max-age', '10');

    expect(out).toContain('To be sent: 2 orders');
    expect(out).toContain('1  comes by webhook (line 2)');
    expect(out).toContain('1  too old (line 4)');
  });

  it('says that no journey fits where the configuration has none for the rest', async () => {
    const { otherwise: _, ...config } = cliConfig;
    const file = sheet('1,2031-02-28,a@example.org,A,,Stool,,1,1,CHF,,');

    const { out } = await importOrders(file, NOWHERE, stillMachine().ports, config);

    expect(out).toContain('1  no journey (line 2)');
    expect(out).toContain('There is nothing to send.');
  });
});

const allWeek = Object.fromEntries(
  ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [['09:00', '17:00']]]),
);

describe('A file of order events', () => {
  const event = (
    type: string,
    orderId: string | number,
    data: object = {},
    timestamp = '2031-02-20T10:00:00Z',
  ) => JSON.stringify({ type, timestamp, data: { orderId, ...data } });
  const order = (orderId: string | number, more: object = {}) =>
    event('order.created', orderId, {
      ...{ customer: { email: 'a@example.org' }, lines: [{ title: 'Stool' }] },
      ...{ total: { amount: '1', currency: 'CHF' }, ...more },
    });
  const events = (...lines: string[]) => importFile('orders.ndjson', `${lines.join('\n')}\n`);

  it('puts together what belongs to one order, wherever it stands', async () => {
    const file = events(
      order('1'),
      order('2'),
      order(3),
      order('4'),
      event('order.delivered', '1', {}, '2031-02-27T10:00:00Z'),
      event('order.cancelled', '2'),
      event('order.refunded', 3),
      event('order.refunded', '4', { lines: [{ id: '1' }], full: false }),
      order('1'),
    );

    const { out } = await plan(file);

    expect(out).toMatchInlineSnapshot(`
      "orders.ndjson: order events, one a line.

      To be sent: 2 orders to web at http://HERE
        2  goods

      Check-ins that would go out, on the clock of Europe/Zurich, if all were sent now:
        2  Mon 03 Mar 2031

      Skipped: 3
        2  cancelled or refunded (line 2, 3)
        1  twice in the file (line 9)

      Nothing was sent. With --send, all 2 would be, which takes about 1 s. Each order stands in orders.ndjson.report.csv."
    `);
  });

  it('names the line that is no order event, without quoting it', async () => {
    const file = events(
      '{"email":"secret@example.org"',
      '{"type":"order.created","data":{"orderId":"1","lines":[]}}',
    );

    await plan(file);

    expect(reportOf(file)).toMatchInlineSnapshot(`
      [
        "1,,skipped,no order id,the body is not JSON,,",
        "2,1,skipped,bad date,the order says nowhere when it was placed,,",
      ]
    `);
    expect(readFileSync(`${file}.report.csv`, 'utf8')).not.toContain('secret');
  });

  it('is not taken for ordered today when it tells no date', async () => {
    const file = events('{"type":"order.created","data":{"orderId":"1"}}');

    await plan(file);

    expect(reportOf(file)).toEqual(['1,1,skipped,bad date,the order says nowhere when it was placed,,']);
  });

  it('leaves a forgotten customer forgotten, and a test order alone', async () => {
    const test = JSON.stringify({ ...JSON.parse(order('2')), test: true });
    const config = { ...cliConfig, sources: { web: { kind: 'standard' } } };

    const { out } = await importOrders(
      events(order('1'), event('customer.erased', '1'), test),
      NOWHERE,
      stillMachine().ports,
      config,
    );

    expect(out).toMatch(/1 {2}forgotten \(line 1\)\n {2}1 {2}not followed up \(line 3\)/);
  });
});

describe('A report', () => {
  it('computes nothing where it is opened', async () => {
    const file = sheet('"=cmd|calc",2031-02-20,a@example.org,A,,Stool,,1,1,CHF,,');

    await plan(file);

    expect(reportOf(file)[0]).toMatch(/^2,'=cmd\|calc,skipped,no order id/);
  });

  it('goes where it is told to, or says that it cannot', async () => {
    const file = sheet('1,2031-02-20,a@example.org,A,,Stool,,1,1,CHF,,');
    const elsewhere = `${file}.elsewhere`;

    const there = await plan(file, '--report', elsewhere);
    const nowhere = await plan(file, '--report', `${file}/no/such/folder.csv`);

    expect(there.exitCode).toBe(0);
    expect(readFileSync(elsewhere, 'utf8')).toContain('would be sent');
    expect(nowhere).toMatchObject({ exitCode: 2 });
    expect(nowhere.err).toContain('Cannot write the report');
  });
});

it('the clock of these tests stands on a Monday', () => {
  expect(new Date(NOW).getUTCDay()).toBe(1);
});
