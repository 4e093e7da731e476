import { appendFileSync, readFileSync, truncateSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { importFile, importOrders, NOWHERE, reportOf, stillMachine, webhookStub } from './import-stub.ts';

const HEADER = 'order id,placed at,email,name,product,total,currency,delivered at';
const rowOf = (id: string, deliveredAt = '') =>
  `${id},2031-02-20 14:30,${id}@example.org,Lea,Stool,129.90,CHF,${deliveredAt}`;
const sheet = (...rows: string[]) => importFile('orders.csv', [HEADER, ...rows].join('\n'));

describe('Orders that are sent', () => {
  it('are signed, carry their real dates, and begin with what is known of them', async () => {
    const { url, told } = await webhookStub();
    const file = sheet(rowOf('1001', '2031-02-27T10:00:00+01:00'));

    const { out, exitCode } = await importOrders(file, ['--url', url, '--send']);

    expect(exitCode).toBe(0);
    expect(out).toMatch(/1 of 1 sent\.$/);
    expect(told.every(({ isSigned, path }) => isSigned && path === '/webhooks/web')).toBe(true);
    expect(told.map(({ body }) => body)).toEqual([
      { type: 'order.delivered', timestamp: '2031-02-27T09:00:00.000Z', data: { orderId: '1001' } },
      {
        type: 'order.created',
        timestamp: '2031-02-20T13:30:00.000Z',
        data: {
          orderId: '1001',
          placedAt: '2031-02-20T13:30:00.000Z',
          customer: { name: 'Lea', email: '1001@example.org' },
          lines: [{ title: 'Stool', quantity: 1 }],
          total: { amount: '129.90', currency: 'CHF' },
          tags: [],
        },
      },
    ]);
    expect(reportOf(file)[0]).toMatch(/^2,1001,sent,/);
  });

  it('are the very same webhooks when everything is sent again', async () => {
    const { url, told } = await webhookStub();
    const send = () => importOrders(sheet(rowOf('1'), rowOf('2')), ['--url', url, '--send']);

    await send();
    await send();

    const ids = told.map(({ id }) => id);
    expect(ids).toHaveLength(4);
    expect(ids.slice(2)).toEqual(ids.slice(0, 2));
    expect(new Set(ids).size).toBe(2);
  });

  it('are sent once: a second run finds them in the progress file', async () => {
    const { url, told } = await webhookStub();
    const file = sheet(rowOf('1'), rowOf('2'));
    await importOrders(file, ['--url', url, '--send']);

    const { out, exitCode } = await importOrders(file, ['--url', url, '--send']);

    expect(told).toHaveLength(2);
    expect(exitCode).toBe(0);
    expect(out).toContain('2  imported already (line 2, 3)');
    expect(out).toMatch(/There is nothing to send\.$/);
  });

  it('have not come to another Aftercare', async () => {
    const [one, other] = [await webhookStub(), await webhookStub()];
    const file = sheet(rowOf('1'));

    await importOrders(file, ['--url', one.url, '--send']);
    await importOrders(file, ['--url', other.url, '--send']);

    expect([one.orders(), other.orders()]).toEqual([['order.created 1'], ['order.created 1']]);
  });

  it('keep the pace that is asked for', async () => {
    const { url } = await webhookStub();
    const { ports, waits } = stillMachine();

    await importOrders(
      sheet(rowOf('1'), rowOf('2'), rowOf('3')),
      ['--url', url, '--send', '--rate', '2'],
      ports,
    );

    expect(waits).toEqual([500, 500]);
  });

  it('are as many as the limit says; the next run sends the next', async () => {
    const { url, orders } = await webhookStub();
    const file = sheet(rowOf('1'), rowOf('2'), rowOf('3'));

    const first = await importOrders(file, ['--url', url, '--send', '--limit', '2']);
    const second = await importOrders(file, ['--url', url, '--send', '--limit', '2']);

    expect(first.out).toMatch(/2 of 2 sent\. 1 are left: the same command sends the next\.$/);
    expect(second.out).toMatch(/1 of 1 sent\.$/);
    expect(orders()).toEqual(['order.created 1', 'order.created 2', 'order.created 3']);
  });
});

describe('An Aftercare that cannot take more now', () => {
  it('is tried again later, as late as it asks for', async () => {
    const replies = [{ status: 429, retryAfter: '7' }, { status: 503 }, { status: 500 }, { status: 200 }];
    const { url, told } = await webhookStub((index) => replies[index] ?? { status: 200 });
    const { ports, waits } = stillMachine();

    const { exitCode } = await importOrders(sheet(rowOf('1')), ['--url', url, '--send'], ports);

    expect(exitCode).toBe(0);
    expect(waits).toEqual([7000, 4000, 8000]);
    expect(new Set(told.map(({ id }) => id)).size).toBe(1);
  });

  it('ends the run when it stays so, and the next one goes on', async () => {
    let isDown = true;
    const { url, orders } = await webhookStub((index) => ({ status: isDown && index > 0 ? 503 : 200 }));
    const file = sheet(rowOf('1'), rowOf('2'));

    const stopped = await importOrders(file, ['--url', url, '--send']);
    isDown = false;
    const resumed = await importOrders(file, ['--url', url, '--send']);

    expect(stopped.exitCode).toBe(1);
    expect(stopped.err).toBe(
      'http://HERE cannot take anything for now (it answered 503).\n1 of 2 sent. Run the same command again and it goes on with the next.\n',
    );
    expect(resumed).toMatchObject({ exitCode: 0 });
    expect(orders().at(-1)).toBe('order.created 2');
  });

  it('is waited for when nothing answers at all', async () => {
    const { ports, waits } = stillMachine();
    const file = sheet(rowOf('1'));

    const { err, exitCode } = await importOrders(file, [...NOWHERE, '--send'], ports);

    expect(exitCode).toBe(1);
    expect(err).toContain('Nothing answers at http://HERE. Start Aftercare with `npm start`');
    expect(waits).toEqual([2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000, 60_000, 60_000]);
    expect(reportOf(file)[0]).toMatch(/^2,1,not sent yet,/);
  });

  it('that knows another secret, or no such source, is not asked again for each order', async () => {
    const closed = await webhookStub(() => ({ status: 401 }));
    const other = await webhookStub(() => ({ status: 404 }));
    const file = sheet(rowOf('1'), rowOf('2'), rowOf('3'));

    const unsigned = await importOrders(file, ['--url', closed.url, '--send']);
    const lost = await importOrders(file, ['--url', other.url, '--send']);

    expect(unsigned.err).toContain('Set AFTERCARE_SECRET_WEB to the secret it knows');
    expect(lost.err).toContain('has no source "web"');
    expect([closed.told.length, other.told.length]).toEqual([2, 1]);
  });
});

it('one order that is refused keeps no other from being sent', async () => {
  const { url, orders } = await webhookStub((index) => ({
    status: index === 0 ? 413 : 200,
    text: 'too long',
  }));
  const file = sheet(rowOf('1'), rowOf('2'));

  const { err, exitCode } = await importOrders(file, ['--url', url, '--send']);

  expect(exitCode).toBe(1);
  expect(err).toBe('1 of 2 sent. 1 could not be: orders.csv.report.csv says why.\n');
  expect(reportOf(file)[0]).toMatch(/^2,1,failed,refused,answered 413 too long,/);
  expect(orders()).toEqual(['order.created 1', 'order.created 2']);
});

describe('Ctrl-C', () => {
  it('stops after the order under way, and the same command goes on', async () => {
    const { ports, interrupt, stops } = stillMachine();
    const { url, orders } = await webhookStub((index) => {
      if (index === 1) interrupt();
      return { status: 200 };
    });
    const file = sheet(rowOf('1'), rowOf('2'), rowOf('3'));

    const stopped = await importOrders(file, ['--url', url, '--send'], ports);
    const soFar = [...orders()];
    await importOrders(file, ['--url', url, '--send']);

    expect(stopped).toMatchObject({
      exitCode: 1,
      err: 'Stopped, as you asked.\n2 of 3 sent. Run the same command again and it goes on with the next.\n',
    });
    expect(soFar).toEqual(['order.created 1', 'order.created 2']);
    expect(orders()).toEqual([...soFar, 'order.created 3']);
    expect(stops.size).toBe(0);
  });
});

describe('The progress file', () => {
  it('holds ids and no names', async () => {
    const { url } = await webhookStub();
    const file = sheet(rowOf('1'));

    await importOrders(file, ['--url', url, '--send']);

    expect(readFileSync(`${file}.progress`, 'utf8')).toBe(`${url}/webhooks/web\t1\t.\n`);
  });

  it('of a run that died while writing it sends that order again, and goes on in a line of its own', async () => {
    const { url, orders } = await webhookStub();
    const file = sheet(rowOf('1'), rowOf('20'), rowOf('2'));
    await importOrders(file, ['--url', url, '--send', '--limit', '2']);
    truncateSync(`${file}.progress`, readFileSync(`${file}.progress`).length - 3);

    await importOrders(file, ['--url', url, '--send']);

    expect(orders().slice(2)).toEqual(['order.created 20', 'order.created 2']);
    const lines = readFileSync(`${file}.progress`, 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => line.split('\t').slice(1).join(' '))).toEqual(['1 .', '20', '20 .', '2 .']);
  });

  it('with something else in it is read past', async () => {
    const { url, told } = await webhookStub();
    const file = sheet(rowOf('1'));
    appendFileSync(`${file}.progress`, 'notes of mine\n\n');

    await importOrders(file, ['--url', url, '--send']);

    expect(told).toHaveLength(1);
  });
});

describe('While it runs', () => {
  it('a terminal shows a bar and the time that is left', async () => {
    const { url } = await webhookStub();
    const { ports, drawn } = stillMachine(true);

    await importOrders(
      sheet(rowOf('1'), rowOf('2'), rowOf('3')),
      ['--url', url, '--send', '--rate', '1'],
      ports,
    );

    expect(drawn).toEqual([
      '██████████░░░░░░░░░░░░░░░░░░░░ 1 of 3, 0 s left',
      '████████████████████░░░░░░░░░░ 2 of 3, 1 s left',
      '██████████████████████████████ 3 of 3, 0 s left',
      '',
    ]);
  });

  it('a log has a line for every tenth of the way', async () => {
    const { url } = await webhookStub();
    const rows = Array.from({ length: 40 }, (_, n) => rowOf(`${n}`));

    const { out } = await importOrders(sheet(...rows), ['--url', url, '--send']);

    expect(out.split('\n').filter((line) => /^\d+ of 40 sent$/.test(line))).toEqual(
      [4, 8, 12, 16, 20, 24, 28, 32, 36, 40].map((done) => `${done} of 40 sent`),
    );
  });
});
