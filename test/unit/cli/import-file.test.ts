import { describe, expect, it } from 'vitest';
import { amountOf, cellText, countOf, momentOf } from '../../../bin/commands/import/import-cells.ts';
import { readFileOrders } from '../../../bin/commands/import/import-file.ts';
import type { FileOrder } from '../../../bin/commands/import/import-gather.ts';
import { importFile, importOrders, NOW, NOWHERE } from './import-stub.ts';

const settings = { zone: 'Europe/Zurich', slashes: undefined, currency: 'XXX', now: NOW };

const ordersOf = async (content: string | Buffer, maps: string[] = [], name = 'orders.csv') => {
  const { notes, each } = await readFileOrders(importFile(name, content), maps, settings);
  const orders: FileOrder[] = [];
  for await (const order of each()) orders.push(order);
  return { notes, orders };
};
const onlyOrder = async (content: string | Buffer, maps: string[] = []) => {
  const { orders } = await ordersOf(content, maps);
  return orders[0]?.bodies.at(-1);
};

describe('A sheet', () => {
  const WANTED = {
    data: { orderId: '0012', customer: { firstName: 'Zoë' }, lines: [{ title: 'Stuhl, "Eiche"' }] },
  };
  const rows = (separator: string, end = '\n') =>
    [
      ['Bestellnummer', 'Bestelldatum', 'Vorname', 'Artikel'],
      ['"=""0012"""', '03.02.2031', 'Zoë', '"Stuhl, ""Eiche"""'],
    ]
      .map((cells) => cells.join(separator))
      .join(end);

  it.each([
    ['commas', rows(',')],
    ['semicolons', rows(';')],
    ['tabs', rows('\t')],
    ['lines as Windows ends them', `${rows(';', '\r\n')}\r\n`],
    ['a byte order mark', `\ufeff${rows(',')}`],
    ['a first line that names its separator', `sep=;\n${rows(';')}`],
    ['the bytes of an older Excel', Buffer.from(rows(';'), 'latin1')],
    ['the bytes of Unicode text', Buffer.from(`\ufeff${rows('\t')}`, 'utf16le')],
    ['blank lines', `${rows(',').replace('\n', '\n\n')}\n\n;;\n`],
  ])('with %s is understood', async (_, content) => {
    expect(await onlyOrder(content)).toMatchObject(WANTED);
  });

  it('keeps the lines of one order together, wherever they stand', async () => {
    const { orders } = await ordersOf(
      'id,date,product,qty,email\n7,2031-02-01,Cup,1,a@example.org\n8,2031-02-01,Jug,1,b@example.org\n7,,Lid,2.0,\n',
    );

    expect(orders.map(({ id, lines }) => [id, ...lines])).toEqual([
      ['8', 3],
      ['7', 2, 4],
    ]);
    expect(orders[1]?.bodies.at(-1)).toMatchObject({
      data: {
        lines: [
          { title: 'Cup', quantity: 1 },
          { title: 'Lid', quantity: 2 },
        ],
      },
    });
  });

  it('knows the line on which a row begins, also after cells of several lines', async () => {
    const { orders } = await ordersOf('id,date,product\n1,2031-02-01,"Cup\nblue"\n\n2,2031-02-01,Jug');

    expect(orders.map(({ lines }) => lines)).toEqual([[2], [5]]);
  });

  it('is read by the names that --map gives, whatever else a name could mean', async () => {
    const body = await onlyOrder('Ref,When,Name,Item,Date\n1,2031-02-01,Lea,Cup,soon', [
      'ref=order id',
      'When=placed at',
    ]);

    expect(body).toMatchObject({
      timestamp: '2031-02-01T11:00:00.000Z',
      data: { orderId: '1', customer: { name: 'Lea' }, lines: [{ title: 'Cup' }] },
    });
  });

  it('whose only number is the order number has it as id and as number', async () => {
    const body = await onlyOrder('Order No,Date,Product\n#1001,2031-02-01,Cup');

    expect(body).toMatchObject({ data: { orderId: '#1001', number: '#1001' } });
  });

  it('says which columns nobody looks at', async () => {
    const { notes } = await ordersOf('id,date,product,Lucky number\n1,2031-02-01,Cup,7');

    expect(notes).toContain('Columns nobody looks at: Lucky number');
  });

  it.each([
    ['two customers', '1,2031-02-01,Cup,a@example.org,\n1,2031-02-01,Jug,b@example.org,'],
    ['bad date', '1,2032-02-01,Cup,,'],
    ['bad date', '1,,Cup,,'],
    ['not understood', '1,2031-02-01,Cup,,some'],
    ['no order id', '"a b",2031-02-01,Cup,,'],
    ['no product', '1,2031-02-01,Cup,,0'],
  ])('has an order that is skipped as: %s', async (reason, rows) => {
    const { orders } = await ordersOf(`id,date,product,email,quantity\n${rows}`);

    expect(orders[0]?.problem?.reason).toBe(reason);
    expect(orders[0]?.bodies).toEqual([]);
  });
});

describe('A file that cannot be used', () => {
  it.each([
    [
      'Foo,Bar\n1,2',
      [],
      /No column is known as the order id, the placed at, the product\. The file has: Foo, Bar/,
    ],
    [
      'id,date,product\n1,2031-02-01,"Cup\n2,',
      [],
      /orders\.csv, line \d+: a quotation mark is opened and never closed/,
    ],
    ['', [], /No column is known|is empty/],
    [
      'id,date,product\n',
      ['--map', 'Nr=order id'],
      /the file has no column "Nr"\. It has: id, date, product/,
    ],
    ['id,date,product\n', ['--map', 'id=order'], /--map id=order is not understood.*there are: order id, /],
    ['id,date,product\n', ['--max-age', 'old'], /Expected days above 0/],
    ['id,date,product\n', ['--rate', '0'], /Expected a number above 0/],
    ['id,date,product\n', ['--limit', '1.5'], /Expected a whole number from 1/],
    ['id,date,product\n', ['--before', '1.2.2031'], /Write a day as/],
    ['id,date,product\n', ['--currency', 'Franken'], /Write a currency as EUR/],
    ['id,date,product\n', ['--source', 'shopify'], /no source "shopify" of kind standard\. Use one of: web/],
    ['id,date,product\n', ['--url', 'ftp://x'], /is no address/],
  ])('%j %j is refused as wrong use', async (content, flags, message) => {
    const { err, exitCode } = await importOrders(importFile('orders.csv', content), [...NOWHERE, ...flags]);

    expect(exitCode).toBe(2);
    expect(err).toMatch(message);
  });

  it('is named when it is not there', async () => {
    const { err, exitCode } = await importOrders('/nowhere/orders.csv', NOWHERE);

    expect({ err, exitCode }).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('There is no file orders.csv'),
    });
  });
});

describe('A date', () => {
  it.each([
    ['2031-02-03T10:00:00Z', '2031-02-03T10:00:00.000Z'],
    ['2031-02-03 10:00:00 +0100', '2031-02-03T09:00:00.000Z'],
    ['2031-02-03 10:00:00 UTC', '2031-02-03T10:00:00.000Z'],
    ['2031-02-03T10:00:00.123+01:00', '2031-02-03T09:00:00.000Z'],
    ['2031-02-03 10:00', '2031-02-03T09:00:00.000Z'],
    ['2031-07-03', '2031-07-03T10:00:00.000Z'],
    ['2031/2/3', '2031-02-03T11:00:00.000Z'],
    ['3.2.2031, 14:05', '2031-02-03T13:05:00.000Z'],
    ['25/02/2031', '2031-02-25T11:00:00.000Z'],
    ['02/25/2031 1:05 PM', '2031-02-25T12:05:00.000Z'],
    ['02/25/2031 12:05 AM', '2031-02-24T23:05:00.000Z'],
    ['03/03/2031', '2031-03-03T11:00:00.000Z'],
    /* The hour that summer time leaves out. */
    ['30.03.2031 02:30', '2031-03-30T01:00:00.000Z'],
  ])('%s is understood', (text, at) => {
    expect(momentOf(text, 'Europe/Zurich', undefined)).toEqual({ value: at });
  });

  it('that may be day or month first is guessed only when told how', () => {
    expect(momentOf('03/04/2031', 'UTC', undefined)).toMatchObject({
      problem: expect.stringContaining('--dates'),
    });
    expect(momentOf('03/04/2031', 'UTC', 'dmy')).toEqual({ value: '2031-04-03T12:00:00.000Z' });
    expect(momentOf('03/04/2031', 'UTC', 'mdy')).toEqual({ value: '2031-03-04T12:00:00.000Z' });
  });

  it.each(['', 'soon', '47882', '2031-02-30', '31.04.2031', '2031-02-03 25:00', '00/00/2031'])(
    '"%s" is none',
    (text) => {
      expect(momentOf(text, 'UTC', undefined)).toHaveProperty('problem');
    },
  );
});

describe('A cell', () => {
  it.each([
    ['="00123"', '00123'],
    ["'+41 79 555 04 04", '+41 79 555 04 04'],
    ["'=1+1", '=1+1'],
    ["  'tis the season ", "'tis the season"],
    ['="say ""hi"""', 'say "hi"'],
  ])('%s holds %s', (raw, text) => {
    expect(cellText(raw)).toBe(text);
  });

  it.each([
    ['129.90', '129.90'],
    ['1.299,90 €', '1299.90'],
    ["CHF 1'299.90", '1299.90'],
    ['$1,299', '1299'],
    ['12,5', '12.5'],
    ['1.234.567', '1234567'],
    ['1 299,00', '1299.00'],
  ])('%s is an amount of %s', (text, value) => {
    expect(amountOf(text)).toEqual({ value });
  });

  it.each(['-5', 'free', '1.2.3,4,5', ''])('"%s" is no amount', (text) => {
    expect(amountOf(text)).toHaveProperty('problem');
  });

  it('counts one when it is blank, and only whole things', () => {
    expect([countOf(''), countOf('2.00'), countOf('3')]).toEqual([{ value: 1 }, { value: 2 }, { value: 3 }]);
    expect(countOf('1.5')).toHaveProperty('problem');
  });
});
