import { afterEach, describe, expect, it } from 'vitest';
import { registerPromise } from '../../../bin/commands/promise.ts';
import { cliConfig } from './cli-config.ts';
import { problem, promiseStub } from './promise-stub.ts';
import { runCommand } from './run-command.ts';

const promise = (...args: string[]) => runCommand(registerPromise, cliConfig, ['promise', ...args]);

const owed = (with_: object = {}) => ({
  promise: 'call-1',
  order: { source: 'web', id: '7' },
  status: 'open',
  dueAt: '2031-03-04T14:00:00.000Z',
  owner: 'lena',
  ...with_,
});

afterEach(() => {
  delete process.env['AFTERCARE_SECRET_WEB'];
});

describe('A promise made from the command line', () => {
  it('is signed at the time of the runtime, asked for as written, and told in a sentence', async () => {
    const { url, asked } = await promiseStub([[201, owed()]]);

    const ran = await promise(
      ...[
        'make',
        'web/7',
        '--kind',
        'call',
        '--due',
        '2031-03-04T15:00',
        '--says',
        'Lena rings.',
        '--url',
        url,
      ],
    );

    expect(ran).toEqual({
      out: 'Lena Alder owes the customer of web/7 a call by Tue 04 Mar 2031 15:00 CET (call-1).',
      err: '',
      exitCode: 0,
    });
    expect(asked).toMatchObject([
      {
        isSigned: true,
        body: {
          type: 'promise.create',
          order: 'web/7',
          kind: 'call',
          due: '2031-03-04T14:00:00.000Z',
          says: 'Lena rings.',
        },
      },
    ]);
  });

  it('as a visit has a window and somebody who goes there', async () => {
    const visit = { from: '2031-03-04T08:00:00.000Z', to: '2031-03-04T10:00:00.000Z', provider: 'omar' };
    const { url, asked } = await promiseStub([[201, owed({ promise: 'visit-1', visit })]]);

    const { out } = await promise(
      ...[
        'make',
        'web/7',
        '--kind',
        'visit',
        '--from',
        '2031-03-04T09:00',
        '--to',
        '2031-03-04T11:00:00+01:00',
      ],
      ...['--provider', 'omar', '--place', 'Mill Lane 3', '--bring', 'a ladder', '--url', url],
    );

    expect(out).toBe(
      'Lena Alder owes the customer of web/7 a visit from Tue 04 Mar 2031 09:00 CET to Tue 04 Mar 2031 11:00 CET, with Omar Finch (visit-1).',
    );
    expect(asked[0]?.body).toMatchObject({
      visit: {
        from: '2031-03-04T08:00:00.000Z',
        to: '2031-03-04T11:00:00+01:00',
        provider: 'omar',
        place: 'Mill Lane 3',
        bring: 'a ladder',
      },
    });
  });

  it('is moved, handed over and taken back', async () => {
    const { url, asked } = await promiseStub([
      [200, owed({ dueAt: '2031-03-06T14:00:00.000Z' })],
      [200, owed({ owner: 'omar' })],
      [200, owed({ status: 'withdrawn' })],
    ]);

    const moved = await promise(
      ...['reschedule', 'web/7', 'call-1', '--due', '2031-03-06T15:00', '--reason', 'Ill.', '--url', url],
    );
    const passed = await promise(
      'hand-over',
      'web/7',
      'call-1',
      '--to',
      'omar',
      '--note',
      'Hi',
      '--url',
      url,
    );
    const taken = await promise('cancel', 'web/7', 'call-1', '--reason', 'Sold.', '--url', url);

    expect([moved.out, passed.out, taken.out]).toEqual([
      'Lena Alder owes the customer of web/7 a call by Thu 06 Mar 2031 15:00 CET (call-1).',
      'Omar Finch owes the customer of web/7 a call by Tue 04 Mar 2031 15:00 CET (call-1).',
      'call-1 of web/7 is owed no more.',
    ]);
    expect(asked.map(({ body }) => body)).toEqual([
      {
        type: 'promise.reschedule',
        order: 'web/7',
        promise: 'call-1',
        due: '2031-03-06T14:00:00.000Z',
        reason: 'Ill.',
      },
      { type: 'promise.hand-over', order: 'web/7', promise: 'call-1', to: 'omar', note: 'Hi' },
      { type: 'promise.cancel', order: 'web/7', promise: 'call-1', reason: 'Sold.' },
    ]);
  });

  it('that nobody answers for yet says so', async () => {
    const { url } = await promiseStub([[202, owed({ promise: 'visit-1', status: 'needs-acceptance' })]]);

    const { out } = await promise(
      ...[
        'reschedule',
        'web/7',
        'visit-1',
        '--from',
        '2031-03-04T09:00',
        '--to',
        '2031-03-04T11:00',
        '--url',
        url,
      ],
    );

    expect(out).toContain('It stands once somebody answers for it by name: two visits were missed.');
  });

  it('is sent again under the same id when the other side has trouble, three times at most', async () => {
    const trouble = problem(500, 'Send it again.');
    const mended = await promiseStub([trouble, [201, owed()]]);
    const broken = await promiseStub([trouble, trouble, trouble, [201, owed()]]);

    const well = await promise('make', 'web/7', '--kind', 'call', '--url', mended.url);
    const ill = await promise('make', 'web/7', '--kind', 'call', '--url', broken.url);

    expect(well.exitCode).toBe(0);
    expect(new Set(mended.asked.map(({ id }) => id)).size).toBe(1);
    expect(ill.exitCode).toBe(1);
    expect(ill.err).toContain('Refused: Send it again.\n');
    expect(broken.asked).toHaveLength(3);
  });

  it('is signed with the secret of the environment, under the id that is given', async () => {
    process.env['AFTERCARE_SECRET_WEB'] = 'whsec_b3du';
    const { url, asked } = await promiseStub([[201, owed()]], 'whsec_b3du');

    await promise('make', 'web/7', '--kind', 'call', '--id', 'crm-77', '--url', url);

    expect(asked).toMatchObject([{ id: 'crm-77', isSigned: true }]);
  });
});

describe('A promise that is refused', () => {
  it('says why, and each field that is wrong', async () => {
    const { url } = await promiseStub([
      problem(400, 'One field is wrong.', [{ path: 'visit.to', detail: 'expected a time' }]),
    ]);

    const ran = await promise('make', 'web/7', '--kind', 'visit', '--from', '2031-03-04T09:00', '--url', url);

    expect(ran).toMatchObject({ out: '', exitCode: 1 });
    expect(ran.err).toContain('Refused: One field is wrong.\n  visit.to: expected a time\n');
  });

  it('by something else that runs there says so', async () => {
    const { url } = await promiseStub([[404, '<h1>']]);

    const { err, exitCode } = await promise('make', 'web/7', '--kind', 'call', '--url', url);

    expect(exitCode).toBe(1);
    expect(err).toContain('is not a running Aftercare, or not this version of it (it answered 404).');
  });

  it.each([
    [
      1,
      ['make', 'web/7', '--kind', 'call', '--url', 'http://127.0.0.1:9'],
      'Nothing answers at http://127.0.0.1:9.',
    ],
    [2, ['make', 'web/7', '--kind', 'call', '--url', 'nowhere'], '--url nowhere is no address'],
    [
      2,
      ['make', 'web/7', '--kind', 'call', '--due', 'friday'],
      '--due friday is no time. Write 2026-11-27T15:00',
    ],
    [2, ['make', 'web/7', '--kind', 'call', '--source', 'stripe'], 'Use one of: web.'],
    [2, ['make', 'web/7'], "required option '--kind <kind>' not specified"],
    [2, ['make', 'web/7', '--kind', 'letter'], 'Allowed choices are call, visit, answer, resolve'],
    [2, ['cancel', 'web/7', 'call-1'], "required option '--reason <text>' not specified"],
  ])('ends with %i: %j', async (code, args, message) => {
    const { err, exitCode } = await promise(...args);

    expect(exitCode).toBe(code);
    expect(err).toContain(message);
  });
});
